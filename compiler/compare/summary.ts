/** What heads a report of differences, in words. */

import { counted, grouped } from '../source/words.ts';
import type { Difference, IndicatorChange, RuleChange, SideSummary, TargetDifference } from './difference.ts';
import { stepWords } from './sections.ts';

/** What is counted apart. What another entry matches, or matched, is no more and no less matched than before. */
const COUNTED: readonly [words: string, of: (one: IndicatorChange) => boolean][] = [
  ['added', ({ change, reason }) => change === 'added' && !/^(?:un)?covered$/.test(reason)],
  ['removed', ({ change, reason }) => change === 'removed' && reason !== 'covered'],
  ['changed', ({ change }) => change === 'changed'],
  ['withheld', ({ change, by }) => change === 'withheld' && by === undefined],
  ['kept out but still matched', ({ change, by }) => change === 'withheld' && by !== undefined],
  ['covered by others', ({ reason }) => reason === 'covered'],
  ['no longer covered', ({ reason }) => reason === 'uncovered'],
];

/** `3 indicators added, 1 removed`; what changed where no indicator did. */
export function headline({ indicators, targets, textual, differs }: Difference): string {
  if (!differs) return 'no changes';
  const counts = COUNTED.flatMap(([words, of]) => {
    const count = distinct(indicators.filter(of));
    return count > 0 ? [[count, words] as const] : [];
  });
  const [first, ...others] = counts;
  if (first) {
    const rest = others.map(([count, words]) => `, ${grouped(count)} ${words}`).join('');
    return `${counted(first[0], 'indicator')} ${first[1]}${rest}`;
  }
  const changed = targets.filter(({ state, rules }) => state !== 'same' || rules.length > 0).length;
  if (changed === 0) return 'the inputs or settings changed, the output did not';
  return `${counted(changed, 'target')} changed${textual ? ', compared as text' : ''}`;
}

function distinct(changes: Difference['indicators']): number {
  return new Set(changes.map(({ kind, value }) => `${kind} ${value}`)).size;
}

/** `HEAD~1 (3f2a1bc45d, 2026-11-20)`. */
export function sideWords({ commit, day }: SideSummary): string {
  return [...(commit ? [commit.slice(0, 10)] : []), ...(day ? [day] : [])].join(', ');
}

/** Targets whose output is another, or that are new or gone. */
export function changedTargets({ targets }: Difference): TargetDifference[] {
  return targets.filter(
    ({ state, indicators, rules }) =>
      state !== 'same' || rules.length > 0 || Object.values(indicators).some((count) => count > 0),
  );
}

/** `+2 −1 ~1 (1 logic)`, or an empty text. */
export function ruleWords(rules: readonly RuleChange[]): string {
  const of = (...changes: RuleChange['change'][]) => rules.filter(({ change }) => changes.includes(change));
  const changed = of('changed', 'replaced');
  const logic = changed.filter((rule) => rule.logic).length;
  const counts: [string, number][] = [
    ['+', of('added').length],
    ['−', of('retired').length],
    ['~', changed.length],
  ];
  const words = counts.flatMap(([sign, count]) => (count > 0 ? `${sign}${grouped(count)}` : []));
  return [...words, ...(logic > 0 ? [`(${grouped(logic)} logic)`] : [])].join(' ');
}

/** What a rule is known by, before and after: `1957276 rev 1 → 2`. */
export function identityWords({ change, before, after }: RuleChange): string {
  const now = after ?? before;
  if (!before || !after) return `${now?.id} rev ${now?.revision}`;
  if (before.id !== after.id) return `${before.id} → ${after.id}`;
  // They are equal where no lock remembers the first.
  return change === 'changed' ? `${after.id} rev ${stepWords(before.revision, after.revision)}` : after.id;
}

/** Whether a rule that was kept matches otherwise, and what made it change: `metadata: confidence`. */
export function ruleCause({ change, logic, reason, edits }: RuleChange): string {
  if (change === 'added' || change === 'retired') return '';
  const keys = edits.map(({ key }) => key).join(', ');
  return `${logic ? 'logic' : 'metadata'}: ${reason === 'edited' && keys ? keys : reason}`;
}

/** What a rule is for: its key without the target, and how many indicators share it. */
export function ruleSubject({ key, indicators }: RuleChange): string {
  const about = key.slice(key.indexOf('/') + 1);
  return indicators === 1 ? about : `${about} (${counted(indicators, 'indicator')})`;
}

/** Why a target with no change of its own has other files. */
export function targetNote({ state, files, indicators, rules, made_with, lines }: TargetDifference): string {
  if (state === 'added') return 'new';
  if (state === 'removed') return 'no longer built';
  if (lines) {
    const [more, fewer] = [
      lines.reduce((sum, { added }) => sum + added.length, 0),
      lines.reduce((sum, { removed }) => sum + removed.length, 0),
    ];
    return state === 'same' ? '' : `lines +${grouped(more)} −${grouped(fewer)}`;
  }
  if (made_with.length > 0) return `${made_with.join(', ')} changed`;
  const { withheld: _, ...inOutput } = indicators;
  const told = rules.length > 0 || Object.values(inOutput).some((count) => count > 0);
  return files.length > 0 && !told ? `${counted(files.length, 'file')}: text around the entries` : '';
}
