/** The rules of a target that have an identity: their keys, and the indicators that they are for. */

import { groupKey, indicatorKey } from '../identity/key.ts';
import type { Register } from '../identity/register.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Entry } from '../plan/entry.ts';
import type { TargetPlan } from '../plan/plan.ts';
import { subjectKey } from '../plan/subject.ts';
import type { Pass } from '../targets/definition.ts';

/** The keys of all rules of a target, in the order of the plan. */
export function ruleKeys(target: string, set: IndicatorSet, plan: TargetPlan): string[] {
  return plan.outputs.flatMap(({ passes }) =>
    passes
      .filter(({ pass }) => pass.identity)
      .flatMap(({ pass, entries }) => Array.from(entries, (entry) => keyOf(target, set, pass, entry))),
  );
}

/** A rule with identity: its ids, and the indicators that it is for. */
export interface CompiledRule {
  /** The sid or UUID. */
  id: string;
  members: readonly number[];
}

/** All rules of a target that have an identity, in the order of the plan. */
export function* rulesOf(
  target: string,
  set: IndicatorSet,
  plan: TargetPlan,
  register: Register,
): Generator<CompiledRule> {
  for (const { passes } of plan.outputs) {
    for (const { pass, entries } of passes) {
      if (!pass.identity) continue;
      for (const entry of entries) {
        const { uuid, sid } = register.ids(keyOf(target, set, pass, entry));
        yield { id: uuid ?? String(sid), members: membersOf(entry) };
      }
    }
  }
}

/** The indicators of an entry that are known by name: those of an interval are not. */
export function membersOf(entry: Entry): readonly number[] {
  switch (entry.type) {
    case 'indicator':
      return [entry.index];
    case 'group':
      return Array.from(entry.group.members);
    case 'subject':
      return Array.from(entry.members);
    case 'interval':
      return [];
  }
}

/** The key of the rule that an entry becomes. */
export function keyOf(target: string, set: IndicatorSet, pass: Pass, entry: Entry): string {
  switch (entry.type) {
    case 'indicator':
      return indicatorKey(target, pass.name, set.kind(entry.index), set.value(entry.index));
    case 'group':
      return groupKey(target, pass.name, entry.group.key, pass.tier);
    case 'interval':
      return indicatorKey(target, pass.name, 'interval', entry.interval.value);
    case 'subject':
      return indicatorKey(target, pass.name, entry.of, subjectKey(entry.id, entry.part));
  }
}
