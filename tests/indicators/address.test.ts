import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AddressRange,
  cidrsOf,
  formatIpv6,
  formatRange,
  formatRange4,
  mergeRanges,
  prefixOf,
  range4Of,
  rangeOf,
  readIpv4,
  readIpv6,
} from '../../compiler/indicators/address.ts';
import {
  formatIpv4,
  formatNetwork4,
  lastOf4,
  network4End,
  writeNetwork4,
} from '../../compiler/indicators/network4.ts';
import { dataLines, hasData } from './tables.ts';

const four = fc.nat({ max: 0xffff_ffff });
/** With many zero groups, so that every place for `::` comes up. */
const six = fc
  .array(fc.oneof(fc.constant(0), fc.nat({ max: 0xffff })), { minLength: 8, maxLength: 8 })
  .map((groups) => groups.reduce((number, group) => (number << 16n) | BigInt(group), 0n));

test('IPv4 reads back', () => {
  fc.assert(
    fc.property(four, (number) => {
      expect(readIpv4(formatIpv4(number))).toBe(number);
    }),
  );
});

test('IPv6 reads back, in the spelling that URL gives', () => {
  fc.assert(
    fc.property(six, (number) => {
      const text = formatIpv6(number);
      expect(readIpv6(text)).toBe(number);
      expect(`[${text}]`).toBe(new URL(`http://[${text}]/`).hostname);
    }),
  );
});

test('what is an address is what node:net says, without zones', () => {
  const group = fc.oneof(
    fc.constantFrom('', '0', '00', 'ffff', 'FFFFF', 'g', '192.0.2.1', '192.0.02.1'),
    fc.nat({ max: 300 }).map(String),
  );
  const text = fc
    .tuple(fc.array(group, { maxLength: 10 }), fc.constantFrom(':', '.'))
    .map(([groups, glue]) => groups.join(glue));
  fc.assert(
    fc.property(text, (written) => {
      expect(readIpv6(written) !== undefined).toBe(isIPv6(written));
      expect(readIpv4(written) !== undefined).toBe(isIPv4(written));
    }),
    { numRuns: 2000 },
  );
});

const bound = fc.nat({ max: 80 });
const base = { 4: BigInt(readIpv4('192.0.2.0') as number), 6: readIpv6('2001:db8::ffe0') as bigint } as const;
const smallRange = fc.tuple(fc.constantFrom(4 as const, 6 as const), bound, bound).map(
  ([family, a, b]): AddressRange => ({
    family,
    first: base[family] + BigInt(Math.min(a, b)),
    last: base[family] + BigInt(Math.max(a, b)),
  }),
);
const addresses = (ranges: readonly AddressRange[]): string[] => {
  const all = new Set<string>();
  for (const { family, first, last } of ranges)
    for (let at = first; at <= last; at++) all.add(`${family} ${at}`);
  return [...all].sort();
};

test('cidrsOf covers exactly, without overlap, with as few networks as can be', () => {
  fc.assert(
    fc.property(smallRange, (range) => {
      const parts = cidrsOf(range).map(rangeOf);
      expect(addresses(parts)).toEqual(addresses([range]));
      expect(parts.reduce((sum, { first, last }) => sum + (last - first) + 1n, 0n)).toBe(
        range.last - range.first + 1n,
      );
      // Two neighbours that make one network would mean that the cover is not minimal.
      parts.slice(1).forEach((part, index) => {
        const joined = { family: part.family, first: (parts[index] as AddressRange).first, last: part.last };
        expect(prefixOf(joined)).toBeUndefined();
      });
    }),
  );
});

test('mergeRanges holds the same addresses, apart and in order', () => {
  fc.assert(
    fc.property(fc.array(smallRange, { maxLength: 12 }), (ranges) => {
      const merged = mergeRanges(ranges);
      expect(addresses(merged)).toEqual(addresses(ranges));
      merged.slice(1).forEach((range, index) => {
        const before = merged[index] as AddressRange;
        expect(range.family > before.family || range.first > before.last + 1n).toBe(true);
      });
    }),
  );
});

test.each([
  ['0.0.0.0/0', ['0.0.0.0/0']],
  ['0.0.0.1-255.255.255.255', 32],
  ['255.255.255.255', ['255.255.255.255/32']],
  ['::/0', ['::/0']],
  ['::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 128],
])('the cover of %s', (value, expected) => {
  const cover = cidrsOf(rangeOf(value));
  expect(typeof expected === 'number' ? cover.length : cover).toEqual(expected);
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['192.0.2.0/24', '192.0.2.0/24'],
  ['192.0.2.1-192.0.2.2', '192.0.2.1-192.0.2.2'],
  ['192.0.2.2-192.0.2.5', '192.0.2.2-192.0.2.5'],
  ['2001:db8::/32', '2001:db8::/32'],
])('rangeOf and formatRange agree on %s', (value, canonical) => {
  expect(formatRange(rangeOf(value))).toBe(canonical);
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['192.0.2.129/25', '192.0.2.128/25'],
  ['255.255.255.255/32', '255.255.255.255'],
  ['192.0.2.2-192.0.2.5', '192.0.2.2-192.0.2.5'],
  ['0.0.0.0-255.255.255.255', '0.0.0.0/0'],
])('range4Of reads %s', (value, canonical) => {
  const { first, last } = range4Of(value) as { first: number; last: number };
  expect(formatRange4(first, last)).toBe(canonical);
});

test.each(['2001:db8::1', '2001:db8::/32', '2001:db8::1-2001:db8::2', '::ffff:192.0.2.1', 'host.example'])(
  'range4Of reads nothing of %s',
  (value) => {
    expect(range4Of(value)).toBeUndefined();
  },
);

test('rangeOf throws RangeError for text that is no address', () => {
  expect(() => rangeOf('host.example')).toThrow(RangeError);
});

test('the ends of both families merge', () => {
  const merged = mergeRanges(
    ['255.255.255.255', '0.0.0.0/1', '128.0.0.0/1', 'ffff::/16', '::/1', '8000::/1'].map(rangeOf),
  );
  expect(merged.map(formatRange)).toEqual(['0.0.0.0/0', '::/0']);
  expect(mergeRanges([])).toEqual([]);
});

describe.skipIf(!hasData)('published ranges (skipped: the public data is not beside the checkout)', () => {
  test.each(['github-ipv4', 'microsoft-ipv4', 'amazon-ipv6'])('%s merges to the published list', (name) => {
    const merged = mergeRanges(dataLines(`cidr-merge/${name}.txt`).map(rangeOf)).flatMap(cidrsOf);
    const published = dataLines(`cidr-merge/${name}-merged.txt`);
    const full = published.map((value) =>
      value.includes('/') ? value : `${value}/${value.includes(':') ? 128 : 32}`,
    );
    expect([...merged].sort()).toEqual([...full].sort());
  });
});

test('property: networks of IPv4 are written as bytes and read again', () => {
  const one = fc.tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 1, max: 32 }));
  fc.assert(
    fc.property(one, fc.nat(3), ([number, prefix], before) => {
      const address = number - (number % 2 ** (32 - prefix));
      const bytes = new Uint8Array(30).fill(0x2f);
      const end = writeNetwork4(address, prefix, bytes, before);
      expect(new TextDecoder().decode(bytes.subarray(before, end))).toBe(formatNetwork4(address, prefix));
      const read = { address: 0, prefix: 0 };
      expect(network4End(bytes, before, end, read)).toBe(end);
      expect(read).toEqual({ address, prefix });
      expect(lastOf4(address, prefix)).toBe(address + 2 ** (32 - prefix) - 1);
    }),
  );
});

test.each([
  '',
  '/',
  '1',
  '/24',
  '1.2.3',
  '1.2.3.4/',
  '1.2.3.4/0',
  '1.2.3.4/32',
  '1.2.3.0/024',
  '1.2.3.0/2x',
  '1.2.3.4.5',
  '01.2.3.4',
  '256.0.0.0',
])('no IPv4 network is %j', (text) => {
  const bytes = new TextEncoder().encode(text);
  expect(network4End(bytes, 0, bytes.length, { address: 0, prefix: 0 })).not.toBe(Math.max(1, text.length));
});
