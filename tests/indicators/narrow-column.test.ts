import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NarrowColumn } from '../../compiler/indicators/narrow-column.ts';

test('holds 0 until it is told otherwise', () => {
  const column = new NarrowColumn(3);
  column.set(1, 7);
  expect([column.size, column.at(0), column.at(1), column.at(2)]).toEqual([3, 0, 7, 0]);
});

test.each([0xff, 0x100, 0xffff, 0x10000, 0xffffffff])('keeps what it has when %i comes', (number) => {
  const column = new NarrowColumn(3);
  column.set(0, 255);
  column.set(2, 1);
  column.set(1, number);
  expect([column.at(0), column.at(1), column.at(2)]).toEqual([255, number, 1]);
});

test('is an array of numbers, whatever their sizes and order', () => {
  const number = fc.oneof(fc.nat(0x1ff), fc.nat(0x1ffff), fc.nat(0xffffffff));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(9), number)), (writes) => {
      const column = new NarrowColumn(10);
      const array = new Array<number>(10).fill(0);
      for (const [at, value] of writes) {
        column.set(at, value);
        array[at] = value;
      }
      expect(array.map((_, at) => column.at(at))).toEqual(array);
    }),
    { seed: 20240320 },
  );
});
