import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ADDRESSES } from '../../../compiler/render/helpers/addresses.ts';

function prefixes(first: string, last: string): string[] {
  return ADDRESSES.octet_prefixes?.run(first, last) as string[];
}

function address(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

it.each<[string, string, string[]]>([
  ['192.0.2.1', '192.0.2.1', ['192.0.2.1']],
  ['198.51.100.0', '198.51.100.255', ['198.51.100.']],
  ['198.51.100.0', '198.51.101.1', ['198.51.100.', '198.51.101.0', '198.51.101.1']],
  ['198.50.255.254', '198.51.0.0', ['198.50.255.254', '198.50.255.255', '198.51.0.0']],
  ['172.16.0.0', '172.17.255.255', ['172.16.', '172.17.']],
  ['10.0.0.0', '10.255.255.255', ['10.']],
  ['255.255.255.255', '255.255.255.255', ['255.255.255.255']],
])('%s to %s', (first, last, expected) => {
  expect(prefixes(first, last)).toEqual(expected);
});

it('writes all of IPv4 as 256 prefixes', () => {
  expect(prefixes('0.0.0.0', '255.255.255.255')).toHaveLength(256);
});

it('matches the addresses of an interval and those alone', () => {
  const number = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  fc.assert(
    fc.property(number, number, number, (a, b, other) => {
      const [first, last] = a < b ? [a, b] : [b, a];
      const keys = new Set(prefixes(address(first), address(last)));
      for (const at of [first, last, Math.floor((first + last) / 2), other, first - 1, last + 1]) {
        if (at < 0 || at >= 2 ** 32) continue;
        const octets = address(at).split('.');
        const beginnings = [1, 2, 3].map((count) => `${octets.slice(0, count).join('.')}.`);
        const found = [...beginnings, address(at)].some((key) => keys.has(key));
        expect(found).toBe(first <= at && at <= last);
      }
    }),
  );
});

it.each(['2001:db8::1', '192.0.2', '192.0.2.01', ''])('refuses %j', (text) => {
  expect(() => prefixes(text, '192.0.2.1')).toThrow(RangeError);
});
