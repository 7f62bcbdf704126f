/** What an entry of another indicator matches although it is kept out. */

import { expect, test } from 'vitest';
import type { TargetDefinition } from '../../compiler/targets/definition.ts';
import { type Given, planOf, setOf, targetOf } from './help.ts';

const names = targetOf({ dns: { takes: ['domain'], subdomains: true } });
const addresses = targetOf({ net: { takes: ['ip', 'cidr'], merge: true } });
const tiers = targetOf(
  {
    block: { takes: ['domain', 'ip', 'cidr'], subdomains: true, networks: true, tier: 'block' },
    watch: { takes: ['domain', 'ip', 'cidr'], subdomains: true, networks: true, tier: 'watch' },
  },
  { effect: 'block', tiers: ['block', 'watch'] },
);
const revoked = { status: 'revoked' } as const;
const expired = { expires: '2025-12-31' } as const;

const CASES: [about: string, target: TargetDefinition, given: Given[], still: string[]][] = [
  [
    'a revoked and an expired name below a listed one, and one below those',
    names,
    [
      ['domain', 'host.example'],
      ['domain', 'a.host.example', revoked],
      ['domain', 'b.host.example', expired],
      ['domain', 'c.a.host.example', revoked],
      ['domain', 'evilhost.example', revoked],
    ],
    ['a.host.example by host.example', 'b.host.example by host.example', 'c.a.host.example by host.example'],
  ],
  [
    'the one above is revoked too, or stands for itself alone',
    names,
    [
      ['domain', 'host.example', revoked],
      ['domain', 'a.host.example', revoked],
      ['domain', 'other.example', { match: 'exact' }],
      ['domain', 'a.other.example', revoked],
    ],
    [],
  ],
  [
    'past one that is revoked',
    names,
    [
      ['domain', 'host.example'],
      ['domain', 'a.host.example', { ...revoked, match: 'exact' }],
      ['domain', 'b.a.host.example', expired],
    ],
    ['a.host.example by host.example', 'b.a.host.example by host.example'],
  ],
  [
    'addresses within a network, but for those of which a part is outside',
    addresses,
    [
      ['cidr', '192.0.2.0/28'],
      ['ip', '192.0.2.15', revoked],
      ['ip', '192.0.2.16', revoked],
      ['cidr', '192.0.2.8-192.0.2.11', expired],
      ['cidr', '192.0.2.0/27', revoked],
      ['cidr', '2001:db8::/64'],
      ['ip', '2001:db8::1', expired],
    ],
    ['192.0.2.15 by 192.0.2.0/28', '192.0.2.8-192.0.2.11 by 192.0.2.0/28', '2001:db8::1 by 2001:db8::/64'],
  ],
  [
    'what is taken back from those to block, and still watched by another',
    tiers,
    [
      ['domain', 'host.example', { status: 'historical' }],
      ['domain', 'a.host.example', revoked],
      ['cidr', '192.0.2.0/28', { confidence: 10 }],
      ['ip', '192.0.2.1', expired],
    ],
    ['a.host.example by host.example', '192.0.2.1 by 192.0.2.0/28'],
  ],
  [
    'a target that compares whole names',
    targetOf({ dns: { takes: ['domain'] } }),
    [
      ['domain', 'host.example'],
      ['domain', 'a.host.example', revoked],
    ],
    [],
  ],
  [
    'a target that hands on',
    targetOf({ all: { takes: ['domain'], subdomains: true } }, { effect: 'share' }),
    [
      ['domain', 'host.example'],
      ['domain', 'a.host.example', revoked],
    ],
    [],
  ],
  [
    'what is covered is not kept out',
    names,
    [
      ['domain', 'host.example'],
      ['domain', 'a.host.example'],
    ],
    [],
  ],
];

test.each(CASES)('%s', (_, target, given, still) => {
  const set = setOf(given);
  const found = [...planOf(set, target).stillMatched()].sort(([a], [b]) => a - b);
  expect(found.map(([index, by]) => `${set.value(index)} by ${set.value(by)}`)).toEqual(still);
});
