import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addNetwork } from '../../compiler/guard/networks.ts';
import { RangeIndex } from '../../compiler/guard/range-index.ts';
import { type AddressRange, formatRange, networkOf, rangeOf } from '../../compiler/indicators/address.ts';

function indexOf(networks: readonly string[]): RangeIndex {
  const index = new RangeIndex();
  for (const network of networks) if (!addNetwork(index, network)) throw new Error(network);
  return index;
}

const NESTED = [
  '10.0.0.0/8',
  '10.1.0.0/16',
  '10.1.2.3',
  '192.0.2.0/24',
  '2001:db8::/32',
  '::ffff:198.51.100.0/120',
];

test.each<[value: string, relation: string, entry: string]>([
  ['10.0.0.0/8', 'exact', '10.0.0.0/8'],
  ['10.1.0.0/16', 'exact', '10.1.0.0/16'],
  ['10.1.2.3', 'exact', '10.1.2.3'],
  ['10.255.255.255', 'under', '10.0.0.0/8'],
  ['10.1.2.4', 'under', '10.0.0.0/8'],
  ['8.0.0.0/6', 'contains', '10.0.0.0/8'],
  ['192.0.2.255-192.0.3.4', 'contains', '192.0.2.0/24'],
  ['192.0.1.0-192.0.2.0', 'contains', '192.0.2.0/24'],
  ['2001:db8::1', 'under', '2001:db8::/32'],
  ['2001::/16', 'contains', '2001:db8::/32'],
  ['198.51.100.0/24', 'exact', '198.51.100.0/24'],
])('%s: %s %s', (value, relation, entry) => {
  expect(indexOf(NESTED).find(rangeOf(value))).toEqual({ relation, entry });
});

test.each(['9.255.255.255', '11.0.0.0', '192.0.3.0/24', '2001:db9::', '0.0.0.1', '::1', '255.255.255.255'])(
  '%s is not listed',
  (value) => {
    expect(indexOf(NESTED).find(rangeOf(value))).toBeUndefined();
    expect(new RangeIndex().find(rangeOf(value))).toBeUndefined();
  },
);

test.each(['', 'x', '1.2.3', '1.2.3.4/33', '1.2.3.4/x', '::1/129', '1.2.3.4/'])(
  '%j is no network',
  (text) => {
    expect(addNetwork(new RangeIndex(), text)).toBe(false);
  },
);

/* Few bits vary, so that networks nest and touch. */
const networks = fc.tuple(fc.constantFrom(4, 6), fc.nat(255), fc.nat(8)).map(([family, byte, cut]) => {
  const [address, bits] =
    family === 4 ? [(77n << 24n) + BigInt(byte), 32] : [(1n << 100n) + BigInt(byte), 128];
  return networkOf(family as 4 | 6, address, bits - cut);
});

test('property: the same as comparing with each network', () => {
  fc.assert(
    fc.property(fc.array(networks, { maxLength: 20 }), networks, (listed, asked) => {
      const inside = (a: AddressRange, b: AddressRange) => b.first <= a.first && a.last <= b.last;
      const ofFamily = listed.filter(({ family }) => family === asked.family);
      const equal = ofFamily.some(({ first, last }) => first === asked.first && last === asked.last);
      const under = ofFamily.some((one) => inside(asked, one));
      const holds = ofFamily.some((one) => inside(one, asked));
      const expected = equal ? 'exact' : under ? 'under' : holds ? 'contains' : undefined;
      const found = indexOf(listed.map(formatRange)).find(asked);
      expect(found?.relation).toBe(expected);
      if (found) expect(listed.map(formatRange)).toContain(found.entry);
    }),
  );
});

test('the keys of an index make the same index, also by way of JSON', () => {
  const index = new RangeIndex();
  index.addKeys(JSON.parse(JSON.stringify(indexOf(NESTED).keys)));
  expect([...index.all()].map(formatRange)).toEqual([...indexOf(NESTED).all()].map(formatRange));
});
