/** What holds for every policy, whatever it says: over random indicators and policies, in all shipped targets. */

import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Report, SEVERITIES, STATUSES, TLPS } from '../../compiler/indicators/context.ts';
import { KINDS, type Kind } from '../../compiler/indicators/kind.ts';
import type { IndicatorSet } from '../../compiler/indicators/set.ts';
import { listTargets } from '../../compiler/list-targets.ts';
import { expiryOf } from '../../compiler/plan/expiry.ts';
import { FATES, type Verdict } from '../../compiler/plan/fate.ts';
import { DEFAULT_POLICY, type EffectPolicy, refinePolicy } from '../../compiler/plan/policy.ts';
import { Verdicts } from '../../compiler/plan/verdicts.ts';
import type { TargetDefinition } from '../../compiler/targets/definition.ts';
import { type Given, planOf, setOf } from './help.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const HEX = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';

/** Names below names, addresses in networks: what covers each other is where a fate hangs on that of another. */
const VALUES: readonly (readonly [Kind, string])[] = [
  ...['host.example', 'a.host.example', 'x.a.host.example', 'b.example'].map(
    (one) => ['domain', one] as const,
  ),
  ...['192.0.2.1', '192.0.2.200', '2001:db8::1'].map((one) => ['ip', one] as const),
  ...['192.0.2.0/25', '192.0.2.0/24', '192.0.2.7-192.0.2.130'].map((one) => ['cidr', one] as const),
  ...['host.example:443', '192.0.2.1:8443'].map((one) => ['endpoint', one] as const),
  ...['http://host.example/a', 'https://192.0.2.1/b'].map((one) => ['url', one] as const),
  ['email', 'mail@host.example'],
  ...[32, 40, 64].map((length) => ['hash', HEX.slice(0, length)] as const),
  ['ja3', HEX.slice(0, 32)],
  ['ja3s', HEX.slice(0, 32)],
  ['ja4', 't13d1516h2_8daaf6152771_02713d6af862'],
  ['certificate', HEX.slice(0, 40)],
  ['user_agent', 'ExampleBot/1.0'],
  ['file_name', 'example.exe'],
  ['file_path', 'C:\\ProgramData\\example.exe'],
  ['registry_key', 'HKEY_CURRENT_USER\\Software\\Example'],
  ['mutex', 'Global\\example'],
];

const REPORTS = new Map<string, Report>(
  ['2025-01-15', '2025-12-20'].map((published) => [
    published,
    { id: published, title: published, author: 'A', published },
  ]),
);

const days = fc
  .integer({ min: 0, max: 120 })
  .map((day) => new Date(Date.UTC(2025, 9, 1 + day)).toISOString().slice(0, 10));

const contexts = fc.record(
  {
    status: fc.constantFrom(...STATUSES),
    confidence: fc.integer({ min: 0, max: 100 }),
    severity: fc.constantFrom(...SEVERITIES),
    tlp: fc.constantFrom(...TLPS),
    match: fc.constantFrom('suffix' as const, 'exact' as const),
    reports: fc.subarray([...REPORTS.keys()]),
    first_seen: days,
    last_seen: days,
    expires: days,
    file: fc.constantFrom(-1, 0),
  },
  { requiredKeys: [] },
);

const sets = fc
  .subarray([...VALUES])
  .chain((values) =>
    fc.tuple(...values.map(([kind, value]) => fc.tuple(fc.constant(kind), fc.constant(value), contexts))),
  )
  .map((given) => setOf(given as Given[]));

/** What refang.yaml can say. */
const sayings = fc.record(
  {
    status: fc.subarray([...STATUSES], { minLength: 1 }),
    confidence: fc.integer({ min: 0, max: 100 }),
    tlp: fc.constantFrom(...TLPS),
    lifetimes: fc.dictionary(fc.constantFrom(...KINDS), fc.integer({ min: 1, max: 400 })),
    severity: fc.dictionary(
      fc.constantFrom(...SEVERITIES, 'historical' as const),
      fc.constantFrom(...SEVERITIES),
    ),
  },
  { requiredKeys: [] },
);

const guards = fc.array(
  fc.constantFrom(
    undefined,
    undefined,
    { consequence: 'refuse' as const, reason: 'guard:special-use' },
    { consequence: 'watch' as const, reason: 'guard:well-known' },
  ),
  { minLength: VALUES.length, maxLength: VALUES.length },
);

let shipped: readonly TargetDefinition[] = [];
/** Those in which one indicator never takes the room of another. */
let roomy: readonly TargetDefinition[] = [];

beforeAll(async () => {
  const { targets } = await listTargets({ cwd: ROOT });
  shipped = targets.map(({ target }) => target.definition);
  roomy = shipped.filter(
    ({ mostIndicators, outputs }) =>
      (typeof mostIndicators === 'string' || mostIndicators >= VALUES.length) &&
      outputs.every(({ passes }) => passes.every(({ above, upto }) => above === 0 && upto >= VALUES.length)),
  );
  expect(shipped.length).toBeGreaterThanOrEqual(35);
  expect(roomy.length).toBeGreaterThan(shipped.length / 2);
});

/** A target by a number, so that what is drawn can be drawn before the targets are read. */
const numbers = fc.nat();
const pick = <T>(some: readonly T[], number: number): T => some[number % some.length] as T;

interface Case {
  set: IndicatorSet;
  definition: TargetDefinition;
  policy: EffectPolicy;
  asOf: string;
  guarded: readonly ({ consequence: 'refuse' | 'watch'; reason: string } | undefined)[];
}

function verdictsOf({ set, definition, policy, asOf, guarded }: Case): readonly Verdict[] {
  const options = Object.fromEntries(
    Object.entries(definition.options).map(([name, option]) => [name, option.default]),
  );
  const expires = expiryOf({ indicators: set, reports: REPORTS, actors: new Map() }, policy.lifetimes);
  const guard = (index: number) => guarded[index];
  return [...planOf(set, definition, undefined, { policy, options, expires, asOf, guard }).verdicts];
}

/** A random case in some target, with its policy as a whole and another saying. */
function holds(
  targets: () => readonly TargetDefinition[],
  property: (one: Case, other: EffectPolicy, later: string) => void,
): void {
  fc.assert(
    fc.property(
      sets,
      numbers,
      sayings,
      sayings,
      fc.tuple(days, days).map((two) => two.sort() as [string, string]),
      guards,
      (set, number, said, more, [asOf, later], guarded) => {
        const definition = pick(targets(), number);
        const policy = refinePolicy(DEFAULT_POLICY[definition.effect], said);
        property({ set, definition, policy, asOf, guarded }, refinePolicy(policy, more), later);
      },
    ),
    { numRuns: 1000 },
  );
}

/** The indicators that a target speaks of, by an entry of their own or by that of another. */
function saidBy(verdicts: readonly Verdict[], enforced = false): number[] {
  return [...verdicts.entries()]
    .filter(([, { fate }]) => fate === 'emitted' || fate === 'covered' || fate === 'approximated')
    .filter(([, { tier }]) => !enforced || tier !== 'watch')
    .map(([index]) => index);
}

function expectNoMore(less: readonly number[], than: readonly number[]): void {
  const allowed = new Set(than);
  expect(less.filter((index) => !allowed.has(index))).toEqual([]);
}

test('every indicator has one of five fates, and they add up', () => {
  holds(
    () => shipped,
    (one) => {
      const verdicts = verdictsOf(one);
      expect(verdicts).toHaveLength(one.set.size);
      const counts = Verdicts.from(verdicts).count();
      expect(Object.keys(counts)).toEqual([...FATES]);
      expect(FATES.reduce((sum, fate) => sum + counts[fate], 0)).toBe(one.set.size);
      for (const { fate, reason, by } of verdicts) {
        if (fate === 'withheld' || fate === 'unsupported' || fate === 'approximated')
          expect(reason).toBeTruthy();
        if (fate === 'covered') expect(saidBy(verdicts)).toContain(by);
      }
    },
  );
});

describe('a stricter policy', () => {
  test('of confidence never says more, nor enforces more', () => {
    holds(
      () => roomy,
      (one, { confidence }) => {
        const strict = { ...one.policy, confidence: Math.max(confidence, one.policy.confidence) };
        const [was, is] = [verdictsOf(one), verdictsOf({ ...one, policy: strict })];
        expectNoMore(saidBy(is), saidBy(was));
        expectNoMore(saidBy(is, true), saidBy(was, true));
      },
    );
  });

  test('of TLP never says more, nor enforces more', () => {
    holds(
      () => roomy,
      (one, { tlp }) => {
        const tlps = TLPS.slice(0, Math.min(TLPS.indexOf(tlp), TLPS.indexOf(one.policy.tlp)) + 1);
        const strict = { ...one.policy, tlp: tlps.at(-1) as EffectPolicy['tlp'] };
        const [was, is] = [verdictsOf(one), verdictsOf({ ...one, policy: strict })];
        expectNoMore(saidBy(is), saidBy(was));
        expectNoMore(saidBy(is, true), saidBy(was, true));
      },
    );
  });

  test('of statuses never says more, nor enforces more', () => {
    holds(
      () => roomy,
      (one, { status }) => {
        const strict = { ...one.policy, status: one.policy.status.filter((word) => status.includes(word)) };
        const [was, is] = [verdictsOf(one), verdictsOf({ ...one, policy: strict })];
        expectNoMore(saidBy(is), saidBy(was));
        expectNoMore(saidBy(is, true), saidBy(was, true));
      },
    );
  });

  test('of lifetimes never says more, nor enforces more', () => {
    holds(
      () => roomy,
      (one, { lifetimes }) => {
        const shorter = Object.entries(lifetimes).map(([kind, length]) => [
          kind,
          Math.min(length, one.policy.lifetimes[kind as Kind] ?? length),
        ]);
        const strict = {
          ...one.policy,
          lifetimes: { ...one.policy.lifetimes, ...Object.fromEntries(shorter) },
        };
        const [was, is] = [verdictsOf(one), verdictsOf({ ...one, policy: strict })];
        expectNoMore(saidBy(is), saidBy(was));
        expectNoMore(saidBy(is, true), saidBy(was, true));
      },
    );
  });
});

test('what has expired stays so on all later days, and only what was not yet valid comes', () => {
  holds(
    () => roomy,
    (one, _, later) => {
      const [was, is] = [verdictsOf(one), verdictsOf({ ...one, asOf: later })];
      const waited = was.flatMap(({ reason }, index) => (reason === 'not-yet-valid' ? [index] : []));
      expectNoMore(saidBy(is), [...saidBy(was), ...waited]);
      // What is only watched can lie below a name that is blocked from then on.
      const below = is.flatMap(({ by }, index) => (by !== undefined && waited.includes(by) ? [index] : []));
      expectNoMore(saidBy(is, true), [...saidBy(was, true), ...waited, ...below]);
      for (const [index, { reason }] of was.entries())
        if (reason === 'expired') expect(is[index]?.reason).toBe('expired');
    },
  );
});

test('severities decide no fate', () => {
  holds(
    () => shipped,
    (one, { severity }) => {
      expect(verdictsOf({ ...one, policy: { ...one.policy, severity } })).toEqual(verdictsOf(one));
    },
  );
});
