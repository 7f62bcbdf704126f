/** Sets and targets for the tests of plans. */

import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import type { Context } from '../../compiler/indicators/context.ts';
import type { Kind } from '../../compiler/indicators/kind.ts';
import { IndicatorSet } from '../../compiler/indicators/set.ts';
import { type AdmissionRequest, admissionsOf } from '../../compiler/plan/admissions.ts';
import type { Guarded } from '../../compiler/plan/consequence.ts';
import { type PlanInput, planTarget } from '../../compiler/plan/plan.ts';
import { DEFAULT_POLICY, type Policy } from '../../compiler/plan/policy.ts';
import { traitsOf } from '../../compiler/plan/traits.ts';
import { definitionFrom, type TargetDefinition } from '../../compiler/targets/definition.ts';
import { TARGET_SCHEMA } from '../../compiler/targets/schema.ts';

export const CONTEXT: Context = {
  reports: [],
  actors: [],
  status: 'active',
  confidence: 80,
  severity: 'high',
  tlp: 'clear',
  attack: [],
  tags: [],
  references: [],
  match: 'suffix',
  allow: [],
  file: -1,
};

/** An indicator of a test: kind, canonical value, and what of its context is not usual. */
export type Given = readonly [kind: Kind, value: string, over?: Partial<Context>];

const FILE = new SourceFile('test.yaml', '');

export function setOf(given: Iterable<Given>): IndicatorSet {
  const set = new IndicatorSet();
  for (const [kind, value, over] of given)
    set.add(kind, value, { ...CONTEXT, ...over }, { file: FILE, start: 0, end: 0 });
  return set;
}

/** A target of one output, from its passes as target.yaml writes them. */
export function targetOf(passes: object, rest: object = {}): TargetDefinition {
  return definitionFrom(
    TARGET_SCHEMA.parse({
      title: 'Test rules',
      about: 'Rules of a test.',
      effect: 'detect',
      syntax: 'line',
      outputs: [{ file: 'rules.txt', template: 'rules.hbs', passes }],
      ...rest,
    }),
  );
}

/** What of the input of a plan is not usual, and what guards do to an indicator, if anything. */
interface Unusual extends Partial<PlanInput & AdmissionRequest> {
  guard?(index: number): Guarded | undefined;
  /** Every indicator holds nothing that any language minds. */
  allPlain?: boolean;
}

/** The plan of a target. */
export function planOf(
  set: IndicatorSet,
  definition: TargetDefinition,
  policy: Policy = DEFAULT_POLICY,
  { guard, allPlain = false, ...over }: Unusual = {},
) {
  const guarded = new Map<number, Guarded>();
  for (let index = 0; index < set.size; index++) {
    const by = guard?.(index);
    if (by) guarded.set(index, by);
  }
  const admissions = admissionsOf({
    set,
    definition,
    policy: policy[definition.effect],
    asOf: '2026-01-01',
    expires: (index) => set.context(index).expires,
    guarded,
    ...over,
  });
  const traits = traitsOf(set, [definition]);
  return planTarget({
    set,
    actors: new Map(),
    definition,
    basis: () => ({ admissions, traits, plain: new Uint8Array(set.size).fill(allPlain ? 1 : 0) }),
    options: {},
    approximate: new Set(),
    refusal: () => undefined,
    ...over,
  });
}

/** `value fate reason (tier) by value` of each indicator, without what is absent. */
export function fatesOf(set: IndicatorSet, definition: TargetDefinition, policy?: Policy): string[] {
  return Array.from(planOf(set, definition, policy).verdicts, ({ fate, reason, tier, by }, index) =>
    [set.value(index), fate, reason, tier && `(${tier})`, by !== undefined && `by ${set.value(by)}`]
      .filter(Boolean)
      .join(' '),
  );
}
