import { expect, test } from 'vitest';
import { KINDS, type Kind } from '../../compiler/indicators/kind.ts';
import { addressColumns } from '../../compiler/plan/address-columns.ts';
import { allInOrder, arrangeForOutputs, kindInOrder } from '../../compiler/plan/order.ts';
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
    expect(Array.from(allInOrder(set), (index) => set.value(index))).toEqual(expected);
  }
});

test('an indicator that is added later has its place as well', () => {
  const set = setOf([['domain', 'b.example']]);
  expect([...allInOrder(set)]).toEqual([0]);
  set.add('domain', 'a.example', set.context(0), set.origin(0));
  expect([...allInOrder(set)]).toEqual([1, 0]);
});

test('the indicators of a kind are that part of the order', () => {
  const set = setOf(ORDER.toReversed());
  const valuesOf = (kind: Kind) => Array.from(kindInOrder(set, kind), (index) => set.value(index));
  for (const kind of KINDS)
    expect(valuesOf(kind)).toEqual(ORDER.flatMap(([of, value]) => (of === kind ? [value] : [])));
});

test('a large set is put into that order, and what was known of the one before moves with it', () => {
  const names = Array.from(
    { length: 20_000 },
    (_, at): Given => ['domain', `n${(at * 7919) % 20_000}.example`],
  );
  const set = setOf([...ORDER.toReversed(), ...names, ['ip', '192.0.2.1']]);
  const columns = addressColumns(set);
  const valuesOf = ({ four, six }: typeof columns) =>
    [four, six].map(({ indexes }) => Array.from(indexes, (index) => set.value(index)));
  const addresses = valuesOf(columns);
  const before = Array.from(allInOrder(set), (index) => set.value(index));
  arrangeForOutputs(set);
  expect(set.values).toEqual(before);
  expect([...allInOrder(set)]).toEqual(before.map((_, index) => index));
  expect(valuesOf(addressColumns(set))).toEqual(addresses);
  // Once is enough.
  const { places } = set;
  arrangeForOutputs(set);
  expect(set.places).toBe(places);
});

test('a small set stays as it is', () => {
  const set = setOf(ORDER.toReversed());
  arrangeForOutputs(set);
  expect(set.places).toBeUndefined();
});
