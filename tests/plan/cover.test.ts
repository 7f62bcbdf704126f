import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AddressRange, rangeOf } from '../../compiler/indicators/address.ts';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';
import { ACTS, findCovered, NO_PART, WATCHED } from '../../compiler/plan/cover.ts';
import { fatesOf, type Given, planOf, setOf, targetOf } from './help.ts';

const names = targetOf({ dns: { takes: ['domain'], subdomains: true } });
const addresses = targetOf({ net: { takes: ['ip', 'cidr'], networks: true } });
const hashes = targetOf({ files: { takes: ['hash'] } });
const MD5 = '0f0e0d0c0b0a09080706050403020100';
const SHA1 = '000102030405060708090a0b0c0d0e0f10111213';
const SHA256 = `${SHA1}1415161718191a1b1c1d1e1f`;

const cases: [about: string, given: Given[], target: typeof names, fates: string[]][] = [
  [
    'a name below a listed one',
    [
      ['domain', 'a.host.example'],
      ['domain', 'host.example'],
    ],
    names,
    ['a.host.example covered by host.example', 'host.example emitted'],
  ],
  [
    'a chain: the shortest, which is the one with an entry',
    [
      ['domain', 'x.a.host.example'],
      ['domain', 'a.host.example'],
      ['domain', 'host.example'],
    ],
    names,
    [
      'x.a.host.example covered by host.example',
      'a.host.example covered by host.example',
      'host.example emitted',
    ],
  ],
  [
    'a name that only ends alike',
    [
      ['domain', 'host.example'],
      ['domain', 'evilhost.example'],
    ],
    names,
    ['host.example emitted', 'evilhost.example emitted'],
  ],
  [
    'an exact name covers nothing',
    [
      ['domain', 'host.example', { match: 'exact' }],
      ['domain', 'a.host.example'],
    ],
    names,
    ['host.example emitted', 'a.host.example emitted'],
  ],
  [
    'an exact name is covered, past another exact one',
    [
      ['domain', 'x.a.host.example', { match: 'exact' }],
      ['domain', 'a.host.example', { match: 'exact' }],
      ['domain', 'host.example'],
    ],
    names,
    [
      'x.a.host.example covered by host.example',
      'a.host.example covered by host.example',
      'host.example emitted',
    ],
  ],
  [
    'a parent that policy withholds covers nothing',
    [
      ['domain', 'host.example', { expires: '2025-01-01' }],
      ['domain', 'a.host.example'],
    ],
    names,
    ['host.example withheld expired', 'a.host.example emitted'],
  ],
  [
    'a target that matches the name alone',
    [
      ['domain', 'host.example'],
      ['domain', 'a.host.example'],
    ],
    targetOf({ hosts: { takes: ['domain'] } }),
    ['host.example emitted', 'a.host.example emitted'],
  ],
  [
    'one of two passes matches the name alone',
    [
      ['domain', 'host.example'],
      ['domain', 'a.host.example'],
    ],
    targetOf({ dns: { takes: ['domain'], subdomains: true }, hosts: { takes: ['domain'] } }),
    ['host.example emitted', 'a.host.example emitted'],
  ],
  [
    'what is shared is shared whole',
    [
      ['domain', 'host.example'],
      ['domain', 'a.host.example'],
      ['hash', MD5, { file: 0 }],
      ['hash', SHA1, { file: 0 }],
    ],
    targetOf({ all: { takes: ['domain', 'hash'], subdomains: true } }, { effect: 'share' }),
    ['host.example emitted', 'a.host.example emitted', `${MD5} emitted`, `${SHA1} emitted`],
  ],
  [
    'addresses and networks, both families, by the widest',
    [
      ['ip', '192.0.2.1'],
      ['cidr', '192.0.2.0/28'],
      ['cidr', '192.0.2.0/24'],
      ['ip', '198.51.100.1'],
      ['cidr', '2001:db8::/32'],
      ['ip', '2001:db8::1'],
      ['cidr', '2001:db8:1::/48'],
      ['ip', '2001:db9::1'],
    ],
    addresses,
    [
      '192.0.2.1 covered by 192.0.2.0/24',
      '192.0.2.0/28 covered by 192.0.2.0/24',
      '192.0.2.0/24 emitted',
      '198.51.100.1 emitted',
      '2001:db8::/32 emitted',
      '2001:db8::1 covered by 2001:db8::/32',
      '2001:db8:1::/48 covered by 2001:db8::/32',
      '2001:db9::1 emitted',
    ],
  ],
  [
    'ranges: both ends in, one past the end out, an overlap covers neither',
    [
      ['cidr', '192.0.2.10-192.0.2.20'],
      ['ip', '192.0.2.10'],
      ['ip', '192.0.2.20'],
      ['ip', '192.0.2.21'],
      ['cidr', '192.0.2.15-192.0.2.25'],
    ],
    addresses,
    [
      '192.0.2.10-192.0.2.20 emitted',
      '192.0.2.10 covered by 192.0.2.10-192.0.2.20',
      '192.0.2.20 covered by 192.0.2.15-192.0.2.25',
      '192.0.2.21 covered by 192.0.2.15-192.0.2.25',
      '192.0.2.15-192.0.2.25 emitted',
    ],
  ],
  [
    'an IPv4 number is no IPv6 number',
    [
      ['cidr', '::/96'],
      ['ip', '192.0.2.1'],
    ],
    addresses,
    ['::/96 emitted', '192.0.2.1 emitted'],
  ],
  [
    'a target that matches no networks',
    [
      ['cidr', '192.0.2.0/24'],
      ['ip', '192.0.2.1'],
    ],
    targetOf({ list: { takes: ['ip', 'cidr'] } }),
    ['192.0.2.0/24 emitted', '192.0.2.1 emitted'],
  ],
  [
    'hashes of one file by the strongest; other files and hashes of no file are for themselves',
    [
      ['hash', MD5, { file: 0 }],
      ['hash', SHA256, { file: 0 }],
      ['hash', SHA1, { file: 0 }],
      ['hash', SHA1.replace('00', '11'), { file: 1 }],
      ['hash', MD5.replace('0f', '1f')],
    ],
    hashes,
    [
      `${MD5} covered by ${SHA256}`,
      `${SHA256} emitted`,
      `${SHA1} covered by ${SHA256}`,
      `${SHA1.replace('00', '11')} emitted`,
      `${MD5.replace('0f', '1f')} emitted`,
    ],
  ],
  [
    'the strongest that the target takes',
    [
      ['hash', MD5, { file: 0 }],
      ['hash', SHA256, { file: 0 }],
      ['hash', SHA1, { file: 0 }],
    ],
    targetOf({
      files: { takes: { hash: { where: { algorithm: ['md5', 'sha1'] }, otherwise: 'only short ones' } } },
    }),
    [`${MD5} covered by ${SHA1}`, `${SHA256} unsupported only short ones`, `${SHA1} emitted`],
  ],
];

test.each(cases)('%s', (_, given, target, fates) => {
  expect(fatesOf(setOf(given), target)).toEqual(fates);
});

describe('tiers', () => {
  const target = targetOf(
    {
      block: { takes: ['domain'], subdomains: true, tier: 'block' },
      watch: { takes: ['domain'], subdomains: true, tier: 'watch' },
    },
    { effect: 'block', tiers: ['block', 'watch'] },
  );

  test('cover stays within a tier', () => {
    const set = setOf([
      ['domain', 'host.example', { status: 'historical' }],
      ['domain', 'a.host.example'],
      ['domain', 'x.a.host.example'],
      ['domain', 'old.host.example', { confidence: 5 }],
    ]);
    expect(fatesOf(set, target)).toEqual([
      'host.example emitted status (watch)',
      'a.host.example emitted (block)',
      'x.a.host.example covered (block) by a.host.example',
      'old.host.example covered (watch) by host.example',
    ]);
  });

  test('what is blocked need not be watched', () => {
    const set = setOf([
      ['domain', 'example.test', { status: 'historical' }],
      ['domain', 'host.example'],
      ['domain', 'x.a.host.example', { status: 'historical' }],
      ['domain', 'a.host.example', { status: 'historical' }],
      ['domain', 'alone.example', { match: 'exact' }],
      ['domain', 'a.alone.example', { status: 'historical' }],
    ]);
    expect(fatesOf(set, target)).toEqual([
      'example.test emitted status (watch)',
      'host.example emitted (block)',
      'x.a.host.example covered (block) by host.example',
      'a.host.example covered (block) by host.example',
      'alone.example emitted (block)',
      'a.alone.example emitted status (watch)',
    ]);
  });

  test('what is in a blocked network need not be watched, and the other way round it is blocked', () => {
    const takes = ['ip', 'cidr'];
    const filter = targetOf(
      { block: { takes, merge: true, tier: 'block' }, watch: { takes, merge: true, tier: 'watch' } },
      { effect: 'block', tiers: ['block', 'watch'] },
    );
    const set = setOf([
      ['cidr', '192.0.2.0/25'],
      ['ip', '192.0.2.1', { status: 'historical' }],
      ['cidr', '192.0.2.64/26', { status: 'historical' }],
      ['cidr', '198.51.100.0/24', { status: 'historical' }],
      ['ip', '198.51.100.9'],
      ['cidr', '192.0.2.0/24', { status: 'historical' }],
    ]);
    expect(fatesOf(set, filter)).toEqual([
      '192.0.2.0/25 emitted (block)',
      '192.0.2.1 covered (block) by 192.0.2.0/25',
      '192.0.2.64/26 covered (block) by 192.0.2.0/25',
      '198.51.100.0/24 emitted status (watch)',
      '198.51.100.9 emitted (block)',
      '192.0.2.0/24 emitted status (watch)',
    ]);
  });
});

const label = fc.constantFrom('a', 'b', 'c');
const domain = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 4 }), fc.constantFrom('suffix', 'exact'))
  .map(([labels, match]): Given => ['domain', `${labels.join('.')}.example`, { match: match as 'suffix' }]);
const network = fc
  .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 32 }))
  .map(([host, prefix]) => `192.0.2.${host}/${prefix}`);
const range = fc
  .tuple(fc.nat(255), fc.nat(255))
  .map((ends) => [...ends].sort((a, b) => a - b))
  .map(([first, last]) => `192.0.2.${first}-192.0.2.${last}`);
const address = fc.oneof(network, range).map((text): Given => {
  const parsed = KIND_MODULES.cidr.parse(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return [parsed.kind, parsed.value];
});
const distinct = (items: fc.Arbitrary<Given>) =>
  fc.uniqueArray(items, { selector: ([kind, value]) => `${kind} ${value}`, maxLength: 30 });

test('property: what is covered is matched by an emitted entry, and no emitted entry matches another', () => {
  fc.assert(
    fc.property(distinct(domain), (given) => {
      const set = setOf(given);
      const matches = (by: number, index: number) =>
        set.context(by).match === 'suffix' && set.value(index).endsWith(`.${set.value(by)}`);
      const verdicts = [...planOf(set, names).verdicts];
      const emitted = verdicts.flatMap(({ fate }, index) => (fate === 'emitted' ? [index] : []));
      verdicts.forEach(({ fate, by }, index) => {
        if (fate === 'covered') {
          expect(emitted).toContain(by);
          expect(matches(by as number, index)).toBe(true);
        } else expect(emitted.filter((other) => matches(other, index))).toEqual([]);
      });
    }),
  );
});

test('property: the same of networks', () => {
  fc.assert(
    fc.property(distinct(address), (given) => {
      const set = setOf(given);
      const within = (by: number, index: number) => {
        const outer = rangeOf(set.value(by));
        const inner = rangeOf(set.value(index));
        return by !== index && outer.first <= inner.first && inner.last <= outer.last;
      };
      const verdicts = [...planOf(set, addresses).verdicts];
      const emitted = verdicts.flatMap(({ fate }, index) => (fate === 'emitted' ? [index] : []));
      verdicts.forEach(({ fate, by }, index) => {
        if (fate === 'covered') {
          expect(emitted).toContain(by);
          expect(within(by as number, index)).toBe(true);
        } else expect(emitted.filter((other) => within(other, index))).toEqual([]);
      });
    }),
  );
});

const REACH = { subdomains: true, networks: true };
const parts = fc.array(fc.constantFrom(NO_PART, ACTS, WATCHED), { minLength: 30, maxLength: 30 });

/** By indicator those that cover it: of its own part, and those that act where it is watched. Nothing covers these themselves. */
function coverings(size: number, part: readonly number[], matches: (by: number, index: number) => boolean) {
  const all = Array.from({ length: size }, (_, index) => index);
  const byPart = (of: number) => (index: number) =>
    all.filter((by) => part[index] !== NO_PART && part[by] === of && matches(by, index));
  const topmost = (of: number) => (index: number) =>
    byPart(of)(index).filter((by) => byPart(of)(by).length === 0);
  return all.map((index) => {
    const acting = topmost(ACTS)(index);
    return acting.length > 0 || part[index] !== WATCHED ? acting : topmost(WATCHED)(index);
  });
}

test('property: a name is covered by the shortest suffix above it, of its own part or of what acts', () => {
  fc.assert(
    fc.property(distinct(domain), parts, (given, part) => {
      const set = setOf(given);
      const expected = coverings(
        set.size,
        part,
        (by, index) => set.context(by).match === 'suffix' && set.value(index).endsWith(`.${set.value(by)}`),
      );
      const covering = findCovered(set, Uint8Array.from(part.slice(0, set.size)), REACH);
      expect([...covering]).toEqual(expected.map(([by = -1]) => by));
    }),
  );
});

test('property: a range is covered exactly where one around it is, of its own part or of what acts, by one of these', () => {
  fc.assert(
    fc.property(distinct(address), parts, (given, part) => {
      const set = setOf(given);
      const ranges = set.values.map(rangeOf);
      const expected = coverings(set.size, part, (by, index) => {
        const [outer, inner] = [ranges[by], ranges[index]] as [AddressRange, AddressRange];
        return by !== index && outer.first <= inner.first && inner.last <= outer.last;
      });
      const covering = findCovered(set, Uint8Array.from(part.slice(0, set.size)), REACH);
      covering.forEach((by, index) => {
        if (expected[index]?.length) expect(expected[index]).toContain(by);
        else expect(by).toBe(-1);
      });
    }),
  );
});

describe('passes that take domains by how far they reach', () => {
  const below = { takes: { domain: { where: { subdomains: [true] } } }, subdomains: true };
  const alone = { takes: { domain: { where: { subdomains: [false] } } } };
  const given: Given[] = [
    ['domain', 'host.example'],
    ['domain', 'a.host.example'],
    ['domain', 'b.host.example', { match: 'exact' }],
    ['domain', 'alone.example', { match: 'exact' }],
  ];

  test('an exact name is another pass, and a name below a listed one is still covered', () => {
    const set = setOf(given);
    const { outputs } = planOf(set, targetOf({ below, alone }));
    const values = outputs[0]?.passes.map(({ entries }) =>
      Array.from(entries, (entry) => (entry.type === 'indicator' ? set.value(entry.index) : entry.type)),
    );
    expect(values).toEqual([['host.example'], ['alone.example']]);
  });

  test('a pass for all of them that does not reach below its names covers none', () => {
    const all = { takes: ['domain'] };
    expect(fatesOf(setOf(given), targetOf({ below, all }))).toEqual(
      given.map(([, value]) => `${value} emitted`),
    );
  });

  test('without a pass for them, exact names are not supported', () => {
    const target = targetOf({
      below: { ...below, takes: { domain: { where: { subdomains: [true] }, otherwise: 'no' } } },
    });
    expect(fatesOf(setOf(given.slice(3)), target)).toEqual(['alone.example unsupported no']);
  });
});
