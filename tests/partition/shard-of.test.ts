/** Which part an indicator is in. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Kind } from '../../compiler/indicators/kind.ts';
import { shardOf } from '../../compiler/partition/shard-of.ts';

/** Parts of very many: two groups are in one by chance in one of ten thousand cases. */
const MANY = 10_000;

test.each<[Kind, string, Kind, string]>([
  ['domain', 'shop.co.uk', 'domain', 'a.b.shop.co.uk'],
  ['domain', 'github.io', 'domain', 'pages.github.io'],
  ['domain', 'host.example', 'domain', 'a.host.example'],
  ['ip', '45.66.1.2', 'ip', '45.66.200.9'],
  ['ip', '45.66.1.2', 'cidr', '45.66.0.0/16'],
  ['ip', '45.66.1.2', 'cidr', '45.66.1.0-45.66.1.17'],
  ['ip', '2001:db8::1', 'cidr', '2001:db8:ffff::/48'],
])('what may cover the other is in the same part: %s %s, %s %s', (kind, value, other, otherValue) => {
  expect(shardOf(kind, value, MANY)).toBe(shardOf(other, otherValue, MANY));
});

test.each<[Kind, string, Kind, string]>([
  ['domain', 'one.co.uk', 'domain', 'two.co.uk'],
  ['domain', 'co.uk', 'domain', 'one.co.uk'],
  ['ip', '45.66.1.2', 'ip', '45.67.1.2'],
  ['cidr', '45.0.0.0/8', 'ip', '45.66.1.2'],
  ['cidr', '45.66.0.0-45.67.0.1', 'ip', '45.66.1.2'],
  ['file_name', 'one.exe', 'mutex', 'one.exe'],
])('what stands apart may be in another: %s %s, %s %s', (kind, value, other, otherValue) => {
  expect(shardOf(kind, value, MANY)).not.toBe(shardOf(other, otherValue, MANY));
});

test('every machine finds the same part', () => {
  const found = ['1ds.me', '8.218.67.52', 'http://1ds.me/a'].map((value, at) =>
    shardOf((['domain', 'ip', 'url'] as const)[at] as Kind, value, 1000),
  );
  expect(found).toEqual([316, 463, 57]);
});

test('there is always one, from 1 to the last', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<Kind>('domain', 'url', 'mutex'),
      fc.string(),
      fc.integer({ min: 1, max: 1000 }),
      (kind, value, of) => {
        const number = shardOf(kind, value, of);
        expect(Number.isInteger(number) && number >= 1 && number <= of).toBe(true);
      },
    ),
  );
});

test('parts are of nearly one size', () => {
  const sizes = [0, 0, 0, 0];
  for (let at = 0; at < 20_000; at++) (sizes[shardOf('domain', `host${at}.net`, 4) - 1] as number)++;
  for (const size of sizes) expect(Math.abs(size - 5000)).toBeLessThan(250);
});
