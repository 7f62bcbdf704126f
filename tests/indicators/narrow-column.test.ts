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

test('is the same array when it is packed, and then for good', () => {
  const numbers = fc
    .constantFrom(1, 3, 15, 16, 255, 256)
    .chain((most) => fc.array(fc.nat(most), { maxLength: 40 }));
  fc.assert(
    fc.property(numbers, (array) => {
      const column = new NarrowColumn(array.length);
      for (const [at, value] of array.entries()) column.set(at, value);
      column.pack();
      column.pack();
      expect(array.map((_, at) => column.at(at))).toEqual(array);
      const counts = Array.from({ length: 257 }, (_, value) => array.filter((one) => one === value).length);
      expect([...column.counts(257)]).toEqual(counts);
    }),
    { seed: 20240320 },
  );
  const packed = new NarrowColumn(2);
  packed.pack();
  expect(() => packed.set(0, 0)).toThrow('no number can be set among others in a byte');
});
