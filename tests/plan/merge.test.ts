import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeOf } from '../../compiler/indicators/address.ts';
import { formatIpv4 } from '../../compiler/indicators/network4.ts';
import { fatesOf, type Given, planOf, setOf, targetOf } from './help.ts';

const target = targetOf({ set: { takes: ['ip', 'cidr'], merge: true } });

function intervals(values: readonly string[]): string[] {
  const given = values.map((value): Given => [/[/-]/.test(value) ? 'cidr' : 'ip', value]);
  const [output] = planOf(setOf(given), target).outputs;
  return Array.from(output?.passes[0]?.entries ?? [], (entry) =>
    entry.type === 'interval' ? entry.interval.value : entry.type,
  );
}

const cases: [about: string, values: string[], merged: string[]][] = [
  ['one address', ['192.0.2.1'], ['192.0.2.1']],
  ['addresses apart', ['192.0.2.3', '192.0.2.1'], ['192.0.2.1', '192.0.2.3']],
  ['addresses by number, not by text', ['192.0.2.10', '192.0.2.7'], ['192.0.2.7', '192.0.2.10']],
  ['two that make a network', ['192.0.2.2', '192.0.2.3'], ['192.0.2.2/31']],
  ['two that touch and make none', ['192.0.2.1', '192.0.2.2'], ['192.0.2.1-192.0.2.2']],
  ['networks that touch', ['192.0.2.0/25', '192.0.2.128/25'], ['192.0.2.0/24']],
  ['a range and a network that overlap', ['192.0.2.0/28', '192.0.2.10-192.0.2.20'], ['192.0.2.0-192.0.2.20']],
  ['both families, IPv4 first', ['2001:db8::1', '2001:db8::', '192.0.2.1'], ['192.0.2.1', '2001:db8::/127']],
  ['the last address of all', ['255.255.255.255', '255.255.255.254'], ['255.255.255.254/31']],
];

test.each(cases)('%s', (_, values, merged) => {
  expect(intervals(values)).toEqual(merged);
});

test('merged addresses are emitted, not covered; those within a listed network are covered', () => {
  const set = setOf([
    ['ip', '192.0.2.2'],
    ['ip', '192.0.2.3'],
    ['cidr', '198.51.100.0/24'],
    ['ip', '198.51.100.7'],
  ]);
  expect(fatesOf(set, target)).toEqual([
    '192.0.2.2 emitted',
    '192.0.2.3 emitted',
    '198.51.100.0/24 emitted',
    '198.51.100.7 covered by 198.51.100.0/24',
  ]);
});

const address = fc.nat(80).map((host) => formatIpv4(0xc0000200 + host));

test('property: intervals hold the listed addresses and no other, and neither touch nor overlap', () => {
  fc.assert(
    fc.property(fc.uniqueArray(address, { minLength: 1 }), (values) => {
      const ranges = intervals(values).map(rangeOf);
      const held = ranges.flatMap(({ first, last }) =>
        Array.from({ length: Number(last - first) + 1 }, (_, at) => formatIpv4(Number(first) + at)),
      );
      expect(held.sort()).toEqual([...values].sort());
      ranges.slice(1).forEach(({ first }, at) => {
        expect(first).toBeGreaterThan((ranges[at]?.last as bigint) + 1n);
      });
    }),
  );
});
