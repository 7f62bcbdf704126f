/** What became of the rules with identity of one target. */

import type { Edit, RuleChange } from './difference.ts';
import type { EntryPair, TargetPair } from './indicators.ts';
import type { Pair } from './pair.ts';
import type { Side, SideEntry, SideRule } from './side.ts';

const ORDER: readonly RuleChange['change'][] = ['changed', 'replaced', 'retired', 'added'];

type Rule = SideEntry & { rule: SideRule };

/** Changed ones first, then those that were replaced, are gone or new; each by key. */
export function compareRules(pair: Pair, target: TargetPair, entries: EntryPair): RuleChange[] {
  const before = rulesByKey(entries.before);
  const after = rulesByKey(entries.after);
  const changes: RuleChange[] = [];
  for (const [key, is] of after) {
    const was = before.get(key);
    const told = was && changeOf(pair, target, was, is);
    if (told) changes.push(told);
  }
  const added = [...after.values()].filter(({ rule }) => !before.has(rule.key));
  const retired = [...before.values()].filter(({ rule }) => !after.has(rule.key));
  changes.push(...comeAndGone(pair, target, retired, added));
  return changes.sort(
    (a, b) => ORDER.indexOf(a.change) - ORDER.indexOf(b.change) || (a.key < b.key ? -1 : 1),
  );
}

function rulesByKey(entries: readonly SideEntry[]): Map<string, Rule> {
  const rules = new Map<string, Rule>();
  for (const entry of entries) if (entry.rule) rules.set(entry.rule.key, entry as Rule);
  return rules;
}

/** A rule that both builds have. */
function changeOf(pair: Pair, target: TargetPair, was: Rule, is: Rule): RuleChange | undefined {
  const base = { change: 'changed', key: is.rule.key, indicators: is.members.length } as const;
  const after = stateOf(is.rule);
  if (was.rule.digest !== is.rule.digest) {
    const edits = editsOf(pair, is);
    const same = matchOf(pair.before, was) === matchOf(pair.after, is);
    const made = madeWith(target);
    const reason = same ? (edits.length > 0 ? 'edited' : (made ?? 'edited')) : 'indicators';
    return { ...base, before: stateOf(was.rule), after, logic: !same || made !== undefined, reason, edits };
  }
  if (was.rule.id !== is.rule.id)
    return { ...base, before: stateOf(was.rule), after, logic: false, reason: 'id', edits: [] };
  const { locked } = was.rule;
  if (!locked || locked.digest === is.rule.digest || !pair.otherVersion) return undefined;
  const before = { id: was.rule.id, revision: locked.revision };
  return { ...base, before, after, logic: true, reason: 'refang', edits: [] };
}

/** Rules that one build has: where both have one for the same indicators, it has been replaced. */
function comeAndGone(
  pair: Pair,
  target: TargetPair,
  retired: readonly Rule[],
  added: readonly Rule[],
): RuleChange[] {
  const old = new Map(retired.map((one) => [placeOf(pair.before, one), one]));
  const changes: RuleChange[] = [];
  const replaced = new Set<Rule>();
  for (const is of added) {
    const was = old.get(placeOf(pair.after, is));
    const base = { key: is.rule.key, after: stateOf(is.rule), indicators: is.members.length };
    const edits = was ? editsOf(pair, is) : [];
    if (!was || replaced.has(was)) {
      changes.push({ change: 'added', ...base, logic: true, reason: 'indicators', edits: [] });
      continue;
    }
    replaced.add(was);
    const made = madeWith(target);
    const reason = edits.length > 0 ? 'edited' : (made ?? 'edited');
    const logic = made !== undefined;
    changes.push({ change: 'replaced', ...base, before: stateOf(was.rule), logic, reason, edits });
  }
  for (const was of retired) {
    if (replaced.has(was)) continue;
    const base = { key: was.rule.key, before: stateOf(was.rule), indicators: was.members.length };
    changes.push({ change: 'retired', ...base, logic: true, reason: 'indicators', edits: [] });
  }
  return changes;
}

function stateOf({ id, revision }: SideRule): { id: string; revision: number } {
  return { id, revision };
}

/** What a rule matches, as far as the compiler knows. */
function matchOf({ collection: { indicators } }: Side, { tier, members }: Rule): string {
  const values = members.map(
    (index) => `${indicators.kind(index)} ${indicators.context(index).match} ${indicators.value(index)}`,
  );
  return [tier ?? '', ...values.sort()].join('\n');
}

/** A rule's pass and what it matches. */
function placeOf(side: Side, rule: Rule): string {
  return `${rule.rule.key.split('/').slice(0, 2).join('/')}\n${matchOf(side, rule)}`;
}

/** What the target is made with that changed. */
function madeWith({ before, after }: TargetPair): string | undefined {
  if (before?.template !== after?.template) return 'template';
  return before?.options === after?.options && before?.policy === after?.policy ? undefined : 'policy';
}

/** What the inputs say otherwise of a rule's indicators, each key once. */
function editsOf(pair: Pair, { members }: Rule): Edit[] {
  const edits = new Map<string, Edit>();
  for (const index of members)
    for (const edit of pair.edits(index)) if (!edits.has(edit.key)) edits.set(edit.key, edit);
  return [...edits.values()];
}
