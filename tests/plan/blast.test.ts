import { expect, test } from 'vitest';
import type { Context } from '../../compiler/indicators/context.ts';
import type { Kind } from '../../compiler/indicators/kind.ts';
import { blastOf, budgetDiagnostics } from '../../compiler/plan/blast.ts';
import type { Verdict } from '../../compiler/plan/fate.ts';
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
  const verdicts = CASES.map(([, , , verdict]) => verdict);
  const hits = hitsOf(await guardsWith(), given);
  expect(blastOf(setOf(given), 'block', { verdicts }, hits)).toEqual({
    addresses: 257 + 2 + 1 + 1,
    listed: [7],
  });
  expect(blastOf(setOf(given), 'detect', { verdicts }, hits)).toBeUndefined();
});

test('the budget is told where it is exceeded', () => {
  const blast = { addresses: 1001, listed: [] };
  expect(budgetDiagnostics('nftables', blast, 1001)).toEqual([]);
  expect(budgetDiagnostics('sigma', undefined, 1)).toEqual([]);
  expect(budgetDiagnostics('nftables', blast, 1000)).toEqual([
    {
      code: 'RF413',
      severity: 'error',
      message: '`nftables` would block 1,001 addresses, more than the 1,000 addresses of `limits.addresses`',
    },
  ]);
});
