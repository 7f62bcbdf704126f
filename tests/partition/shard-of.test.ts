/** Which part an indicator is in. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Kind, kindCode } from '../../compiler/indicators/kind.ts';
import { network4End } from '../../compiler/indicators/network4.ts';
import { ValueBatch } from '../../compiler/indicators/value-batch.ts';
import { shardAt, shardOf } from '../../compiler/partition/shard-of.ts';

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

test('bytes of a batch lead to the same part as the text', () => {
  const text = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6(), fc.webUrl(), fc.stringMatching(/^[!-~]{1,40}$/));
  const network = fc.tuple(fc.nat(0xffff_ffff), fc.integer({ min: 1, max: 31 })).map(([number, length]) => {
    const first = (number & (-1 << (32 - length))) >>> 0;
    return `${[24, 16, 8, 0].map((shift) => (first >>> shift) & 255).join('.')}/${length}`;
  });
  const value = fc.oneof(
    fc.tuple(fc.constantFrom<Kind>('domain', 'url', 'mutex', 'user_agent'), text),
    fc.tuple(fc.constant<Kind>('ip'), fc.oneof(fc.ipV4(), fc.ipV6())),
    fc.tuple(fc.constant<Kind>('cidr'), fc.oneof(network, fc.constant('45.1.0.0-45.1.0.2'))),
  );
  fc.assert(
    fc.property(value, fc.integer({ min: 1, max: 1000 }), ([kind, text], of) => {
      const batch = new ValueBatch();
      batch.bytes = new TextEncoder().encode(`  ${text}  `);
      fc.pre(batch.bytes.length === text.length + 4);
      const [start, end] = [2, 2 + text.length];
      const number = { address: 0, prefix: 0 };
      const isNumber =
        (kind === 'ip' || kind === 'cidr') && network4End(batch.bytes, start, end, number) === end;
      batch.push({ code: kindCode(kind), ...(isNumber ? number : { address: 0, prefix: 0 }) }, start, end, 0);
      expect(shardAt(batch, 0, of)).toBe(shardOf(kind, text, of));
    }),
    { numRuns: 500 },
  );
});

test('parts are of nearly one size', () => {
  const sizes = [0, 0, 0, 0];
  for (let at = 0; at < 20_000; at++) (sizes[shardOf('domain', `host${at}.net`, 4) - 1] as number)++;
  for (const size of sizes) expect(Math.abs(size - 5000)).toBeLessThan(250);
});
