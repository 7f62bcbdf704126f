import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PairTable } from '../../compiler/indicators/pair-table.ts';

const number = fc.oneof(fc.nat(20), fc.nat(2 ** 31 - 2));

test('remembers like a map', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number, number), { maxLength: 2000 }), (entries) => {
      const table = new PairTable();
      const map = new Map<string, number>();
      for (const [first, second, value] of entries) {
        expect(table.get(first, second)).toBe(map.get(`${first} ${second}`) ?? -1);
        if (map.has(`${first} ${second}`)) continue;
        table.add(first, second, value);
        map.set(`${first} ${second}`, value);
      }
      for (const [first, second] of entries)
        expect(table.get(first, second)).toBe(map.get(`${first} ${second}`));
    }),
  );
});

test('forgets everything when it is full', () => {
  const table = new PairTable(3);
  for (const at of [0, 1, 2]) table.add(at, at, at);
  expect([0, 1, 2].map((at) => table.get(at, at))).toEqual([0, 1, 2]);
  table.add(3, 3, 3);
  expect([0, 1, 2, 3].map((at) => table.get(at, at))).toEqual([-1, -1, -1, 3]);
});
