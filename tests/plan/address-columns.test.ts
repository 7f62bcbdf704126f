import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AddressRange, formatRange, rangeOf } from '../../compiler/indicators/address.ts';
import { addressColumns } from '../../compiler/plan/address-columns.ts';
import { type Given, setOf } from './help.ts';

/** Ranges of both families, near each other so that they nest and share ends. */
const range = fc
  .record({ six: fc.boolean(), start: fc.nat(300), length: fc.nat(40), high: fc.boolean() })
  .map(({ six, start, length, high }): AddressRange => {
    const base = six ? 0x2001_0db8n << 96n : high ? 0xf000_0000n : 0x0100_0000n;
    const first = base + BigInt(start);
    return { family: six ? 6 : 4, first, last: first + BigInt(length) };
  });

test('property: ranges stand by family, first address and width, each with what it stands for', () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 40 }), (ranges) => {
      const values = [...new Set(ranges.map(formatRange))];
      const set = setOf([
        ['domain', '192.example'],
        ...values.map((value): Given => [/[-/]/.test(value) ? 'cidr' : 'ip', value]),
      ]);
      const keyOf = (value: string) => {
        const { family, first, last } = rangeOf(value);
        const inverse = (1n << 127n) - 1n - (last - first);
        return `${family} ${first.toString(16).padStart(32, '0')} ${inverse.toString(16).padStart(32, '0')}`;
      };
      const expected = values.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
      const { four, six } = addressColumns(set);
      const found = [four, six].flatMap(({ indexes, firsts, lasts }) =>
        Array.from(indexes, (index, row) => ({
          value: set.value(index),
          first: BigInt(firsts[row] as number | bigint),
          last: BigInt(lasts[row] as number | bigint),
        })),
      );
      expect(found).toEqual(
        expected.map((value) => {
          const { first, last } = rangeOf(value);
          return { value, first, last };
        }),
      );
    }),
  );
});
