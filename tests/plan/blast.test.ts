import { expect, test } from 'vitest';
import type { Context } from '../../compiler/indicators/context.ts';
import type { Kind } from '../../compiler/indicators/kind.ts';
import { type Blast, blastOf, budgetDiagnostics, isNotable } from '../../compiler/plan/blast.ts';
import type { Verdict } from '../../compiler/plan/fate.ts';
import { Verdicts } from '../../compiler/plan/verdicts.ts';
import { guardsWith, hitsOf } from '../guard/help.ts';
import { type Given, setOf } from './help.ts';

const SAID: Verdict = { fate: 'emitted' };
const allow = [{ guard: 'public-resolver', reason: 'r', owner: 'o' }];
const CASES: readonly [kind: Kind, value: string, over: Partial<Context>, verdict: Verdict][] = [
  ['cidr', '45.1.0.0/24', {}, SAID],
  ['cidr', '45.1.0.128/25', {}, SAID],
  ['ip', '45.1.1.0', {}, SAID],
  ['ip', '45.9.9.9', {}, { fate: 'emitted', tier: 'watch', reason: 'status' }],
  ['ip', '45.9.9.8', {}, { fate: 'withheld', reason: 'status' }],
  ['cidr', '2a02:1::/63', {}, SAID],
  ['ip', '2a02:2::1', {}, { fate: 'approximated', reason: 'x' }],
  ['ip', '9.9.9.9', { allow }, SAID],
  ['domain', 'evil.github.io', {}, SAID],
];

test('addresses are counted once, in IPv6 by /64; what is watched or withheld is not', async () => {
  const given = CASES.map(([kind, value, over]): Given => [kind, value, over]);
  const verdicts = Verdicts.from(CASES.map(([, , , verdict]) => verdict));
  const hits = hitsOf(await guardsWith(), given);
  expect(blastOf(setOf(given), 'block', { verdicts }, hits)).toEqual({
    addresses: { ipv4: 257 + 1, ipv6: 2 + 1 },
    networks: [0, 1, 5],
    listed: [7],
    specialUse: [],
  });
  expect(blastOf(setOf(given), 'detect', { verdicts }, hits)).toBeUndefined();
});

test('what an `allow` accepts is told apart: special-use, wide, and listed by any guard', async () => {
  const accept = (...guards: string[]) => ({
    allow: guards.map((guard) => ({ guard, reason: 'r', owner: 'o' })),
  });
  const given: Given[] = [
    ['domain', 'low.example', accept('special-use')],
    ['cidr', '192.0.2.0/24', accept('special-use')],
    ['cidr', '6.0.0.0/8', accept('blast-radius')],
    ['domain', 'gmail.com', accept('well-known')],
    ['domain', 'github.io', accept('public-suffix', 'well-known')],
    ['email', 'a@gmail.com', {}],
  ];
  const verdicts = Verdicts.from(given.map(() => SAID));
  expect(blastOf(setOf(given), 'block', { verdicts }, hitsOf(await guardsWith(), given))).toEqual({
    addresses: { ipv4: 256 + 16_777_216, ipv6: 0 },
    networks: [1, 2],
    listed: [3, 4],
    specialUse: [0, 1],
  });
});

const NOTHING: Blast = { addresses: { ipv4: 0, ipv6: 0 }, networks: [], listed: [], specialUse: [] };

test('networks and what is listed are notable; single addresses and documentation values are not', () => {
  const told = [
    undefined,
    { ...NOTHING, addresses: { ipv4: 9, ipv6: 9 }, specialUse: [0] },
    { ...NOTHING, networks: [0] },
    { ...NOTHING, listed: [0] },
  ].map(isNotable);
  expect(told).toEqual([false, false, true, true]);
});

test('the budget is told where it is exceeded, at the widest network', () => {
  const set = setOf([
    ['ip', '45.9.9.9', {}],
    ['cidr', '45.2.0.0/24', {}],
    ['cidr', '45.1.0.0/23', {}],
    ['cidr', '2a02:1::/64', {}],
  ]);
  const blast = { ...NOTHING, addresses: { ipv4: 1000, ipv6: 1 }, networks: [1, 2, 3] };
  const finding = {
    code: 'RF413',
    severity: 'error',
    message: '`nftables` would block 1,001 addresses, more than the 1,000 addresses of `limits.addresses`',
  };
  expect(budgetDiagnostics(set, 'nftables', blast, 1001)).toEqual([]);
  expect(budgetDiagnostics(set, 'sigma', undefined, 1)).toEqual([]);
  expect(budgetDiagnostics(set, 'nftables', blast, 1000)).toEqual([
    { ...finding, span: set.origin(2), label: 'the widest: 512 addresses' },
  ]);
  expect(budgetDiagnostics(set, 'nftables', { ...blast, networks: [] }, 1000)).toEqual([finding]);
});
