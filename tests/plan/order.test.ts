import { expect, test } from 'vitest';
import { inOrder } from '../../compiler/plan/order.ts';
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
    expect(inOrder(set, all).map((index) => set.value(index))).toEqual(expected);
  }
});
