import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AddressRange, formatRange, rangeOf } from '../../compiler/indicators/address.ts';
import { inOrder, rangesInOrder } from '../../compiler/plan/order.ts';
import { type Given, setOf } from './help.ts';

const ORDER: Given[] = [
  ['domain', 'Z.example'],
  ['domain', 'a-b.example'],
  ['domain', 'a.example'],
  ['domain', 'b.example'],
  ['domain', 'xn--4ca.example'],
  ['ip', '9.0.0.1'],
  ['ip', '192.0.2.7'],
  ['ip', '192.0.2.10'],
  ['ip', '2001:db8::2'],
  ['ip', '2001:db8::10'],
  ['cidr', '192.0.2.0/24'],
  ['cidr', '192.0.2.0/28'],
  ['cidr', '192.0.2.1-192.0.2.9'],
  ['cidr', '2001:db8::/32'],
  ['mutex', 'B'],
  ['mutex', 'a'],
  ['mutex', 'ä'],
];

test('by kind, then by value: addresses by number, text by code unit, whatever the input’s order', () => {
  const expected = ORDER.map(([, value]) => value);
  for (const given of [ORDER, ORDER.toReversed(), [...ORDER.slice(7), ...ORDER.slice(0, 7)]]) {
    const set = setOf(given);
    const all = set.values.map((_, index) => index);
    expect(Array.from(inOrder(set, all), (index) => set.value(index))).toEqual(expected);
  }
});

/** Ranges of both families, near each other so that they nest and share ends. */
const range = fc
  .record({ six: fc.boolean(), start: fc.nat(300), length: fc.nat(40), high: fc.boolean() })
  .map(({ six, start, length, high }): AddressRange => {
    const base = six ? 0x2001_0db8n << 96n : high ? 0xf000_0000n : 0x0100_0000n;
    const first = base + BigInt(start);
    return { family: six ? 6 : 4, first, last: first + BigInt(length) };
  });

test('property: any part of a set is in the order of the whole, ranges by family, first address and width', () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (ranges, nth) => {
      const values = [...new Set(ranges.map(formatRange))];
      const set = setOf(values.map((value): Given => [/[-/]/.test(value) ? 'cidr' : 'ip', value]));
      const some = values.map((_, index) => index).filter((index) => index % nth === 0);
      const keyOf = (index: number) => {
        const { family, first, last } = rangeOf(set.value(index));
        const inverse = (1n << 127n) - 1n - (last - first);
        return `${family} ${first.toString(16).padStart(32, '0')} ${inverse.toString(16).padStart(32, '0')}`;
      };
      const expected = some.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
      expect(rangesInOrder(set, some)).toEqual(
        expected.map((index) => ({ index, ...rangeOf(set.value(index)) })),
      );
      const byKind = ['ip', 'cidr'].flatMap((kind) => expected.filter((index) => set.kind(index) === kind));
      expect([...inOrder(set, some)]).toEqual(byKind);
    }),
  );
});

test('an indicator that is added later has its place as well', () => {
  const set = setOf([['domain', 'b.example']]);
  expect([...inOrder(set, [0])]).toEqual([0]);
  set.add('domain', 'a.example', set.context(0), set.origin(0));
  expect([...inOrder(set, [0, 1])]).toEqual([1, 0]);
});
