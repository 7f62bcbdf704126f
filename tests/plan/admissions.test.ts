import { expect, test } from 'vitest';
import { type AdmissionRequest, admissionsOf, sharedAdmissions } from '../../compiler/plan/admissions.ts';
import { DEFAULT_POLICY } from '../../compiler/plan/policy.ts';
import { setOf, targetOf } from './help.ts';

const set = setOf([
  ['domain', 'a.example'],
  ['domain', 'old.example', { status: 'historical' }],
  ['domain', 'b.example'],
  ['domain', 'gone.example', { status: 'revoked' }],
]);
const PASSES = { names: { takes: ['domain'] } };

function asking(effect: keyof typeof DEFAULT_POLICY, over: object = {}): AdmissionRequest {
  return {
    set,
    definition: targetOf(PASSES, { effect, ...over }),
    policy: DEFAULT_POLICY[effect],
    asOf: '2026-01-01',
    expires: () => undefined,
    guarded: new Map([[2, { consequence: 'watch', reason: 'guard:tranco' }]]),
  };
}

test('each indicator has what policy says, or guards', () => {
  const { of, all } = admissionsOf(asking('block'));
  expect(set.values.map((_, index) => all[of.at(index)])).toEqual([
    { admission: { tier: undefined }, revoked: false },
    { admission: { withheld: 'status' }, revoked: false },
    { admission: { withheld: 'guard:tranco' }, revoked: false },
    { admission: { withheld: 'revoked' }, revoked: true },
  ]);
});

test.each<[string, AdmissionRequest, boolean]>([
  ['the same', asking('block'), true],
  ['tiers', asking('block', { tiers: ['block', 'watch'] }), false],
  ['the ceiling', asking('block', { tlp: 'green' }), false],
  ['whether revoked ones are passed on', asking('block', { revoked: true }), false],
  ['the effect', { ...asking('detect'), policy: DEFAULT_POLICY.block }, false],
  ['the policy', { ...asking('block'), policy: { ...DEFAULT_POLICY.block } }, false],
])('targets share admissions when they ask for the same: %s', (_, other, shared) => {
  const admissionsFor = sharedAdmissions();
  const first = admissionsFor(asking('block'));
  expect(admissionsFor(other) === first).toBe(shared);
  expect(admissionsFor(other)).toEqual(admissionsOf(other));
});
