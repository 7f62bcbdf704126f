/** What became of each indicator in one target, and why. */

import type { Verdict } from '../plan/fate.ts';
import type { Change, IndicatorChange } from './difference.ts';
import type { Pair } from './pair.ts';
import type { SideEntry, SideTarget } from './side.ts';

/** A change of an indicator in one target. */
export type Found = Omit<IndicatorChange, 'targets'>;

/** A target as both builds have it, or one of them. */
export interface TargetPair {
  before: SideTarget | undefined;
  after: SideTarget | undefined;
}

/** The entries of both, as far as they are asked for. */
export interface EntryPair {
  before: readonly SideEntry[];
  after: readonly SideEntry[];
}

/** An indicator that both write, and that something is said otherwise of: it has changed if its text has. */
export interface Undecided {
  /** In the earlier build and in the later one. */
  at: number;
  index: number;
  change: Found;
}

/** What no target of that name says. */
const NOWHERE: Verdict = { fate: 'unsupported' };

/** Changes of a target that both builds have; of one that is new or gone, only what is new or gone in the inputs too. */
export function compareIndicators(
  pair: Pair,
  target: TargetPair,
): { found: Found[]; undecided: Undecided[] } {
  const { indicators } = pair.after.collection;
  const found: Found[] = [];
  const undecided: Undecided[] = [];
  const shared = target.before !== undefined && target.after !== undefined;
  for (let index = 0; index < indicators.size; index++) {
    const at = pair.earlier[index] as number;
    if (at >= 0 && !shared) continue;
    const was = (at >= 0 && target.before?.verdict(at)) || NOWHERE;
    const is = target.after?.verdict(index) ?? NOWHERE;
    const change = changeOf(pair, target, { index, at, was, is });
    if (change?.change === 'changed' && !change.tiers && was.fate === is.fate)
      undecided.push({ at, index, change });
    else if (change) found.push(change);
  }
  const { indicators: old } = pair.before.collection;
  for (const index of pair.gone) {
    if (!isWritten(target.before?.verdict(index) ?? NOWHERE)) continue;
    const [kind, value, place] = [old.kind(index), old.value(index), pair.before.place(index)];
    found.push({ change: 'removed', kind, value, reason: 'removed', edits: [], place });
  }
  return { found, undecided };
}

/** The changes of which the texts differ. */
export function changedTexts(undecided: readonly Undecided[], entries: EntryPair): Found[] {
  const before = textsByIndicator(entries.before);
  const after = textsByIndicator(entries.after);
  return undecided
    .filter(({ at, index }) => !sameTexts(before.get(at), after.get(index)))
    .map(({ change }) => change);
}

interface Compared {
  index: number;
  /** In the earlier build, or -1. */
  at: number;
  was: Verdict;
  is: Verdict;
}

/** What has changed, or can have. */
function changeOf(pair: Pair, target: TargetPair, one: Compared): Found | undefined {
  const { at, was, is } = one;
  const [before, after] = [isWritten(was), isWritten(is)];
  const cause = () => causeOf(pair, target, one);
  if (after && !before) return at < 0 ? told(pair, one, 'added', 'added') : regained(pair, one, cause());
  if (before && !after) return lost(pair, target, one, cause());
  if (!after) return keptOut(pair, target, one);
  if (was.tier !== is.tier && was.tier && is.tier) {
    const reason = is.reason ?? (cause() || 'limit');
    return { ...told(pair, one, 'changed', reason), tiers: { before: was.tier, after: is.tier } };
  }
  const why = cause();
  return why ? told(pair, one, 'changed', why) : undefined;
}

function told(pair: Pair, { index }: Compared, change: Change, reason: string): Found {
  const { indicators } = pair.after.collection;
  return {
    change,
    kind: indicators.kind(index),
    value: indicators.value(index),
    reason,
    edits: pair.edits(index),
    place: pair.after.place(index),
  };
}

/** It was listed before, and is written again. */
function regained(pair: Pair, one: Compared, cause: string | undefined): Found {
  const { was } = one;
  if (was.by !== undefined)
    return { ...told(pair, one, 'added', 'uncovered'), by: pair.before.collection.indicators.value(was.by) };
  return told(pair, one, 'added', cause ?? (was.fate === 'withheld' ? (was.reason ?? 'limit') : 'template'));
}

/** It is listed still, and not written any more. */
function lost(pair: Pair, target: TargetPair, one: Compared, cause: string | undefined): Found {
  const { is } = one;
  if (is.by !== undefined)
    return { ...told(pair, one, 'removed', 'covered'), by: pair.after.collection.indicators.value(is.by) };
  const reason = is.fate === 'withheld' ? (is.reason ?? 'limit') : (cause ?? 'template');
  return { ...told(pair, one, 'removed', reason), ...stillMatchedBy(pair, target, one) };
}

/** Neither build has an entry of its own for it; an entry of another may have matched it, and may match it still. */
function keptOut(pair: Pair, target: TargetPair, one: Compared): Found | undefined {
  const { at, was, is } = one;
  if (is.fate !== 'withheld' || (at >= 0 && was.fate !== 'covered')) return undefined;
  const still = stillMatchedBy(pair, target, one);
  const change = at < 0 || still ? 'withheld' : 'removed';
  return { ...told(pair, one, change, is.reason ?? 'limit'), ...still };
}

function stillMatchedBy(
  { after }: Pair,
  target: TargetPair,
  { index }: Compared,
): { by: string } | undefined {
  const by = target.after?.stillMatchedBy(index);
  return by === undefined ? undefined : { by: after.collection.indicators.value(by) };
}

/** What changed that can have made a difference; undefined where nothing did but the other indicators, or the lists of guards. */
function causeOf(pair: Pair, target: TargetPair, { index, was, is }: Compared): string | undefined {
  const { before, after } = pair;
  if (pair.isEdited(index)) return 'edited';
  const reasons = was.reason === is.reason ? [] : [was.reason, is.reason];
  const dated = reasons.find((reason) => reason === 'expired' || reason === 'not-yet-valid');
  if (dated !== undefined && before.day !== after.day) return dated;
  const guarded = reasons.find((reason) => reason?.startsWith('guard:'));
  if (guarded !== undefined) return guarded;
  if (!target.before || !target.after) return undefined;
  if (target.before.policy !== target.after.policy || target.before.options !== target.after.options)
    return 'policy';
  if (!pair.sameSettings) return 'policy';
  return target.before.template === target.after.template ? undefined : 'template';
}

function isWritten({ fate }: Verdict): boolean {
  return fate === 'emitted' || fate === 'approximated';
}

/** The entries that say each indicator, as they are written. */
function textsByIndicator(entries: readonly SideEntry[]): Map<number, string[]> {
  const texts = new Map<number, string[]>();
  for (const { members, text } of entries) {
    for (const index of members) {
      const list = texts.get(index);
      if (list) list.push(text);
      else texts.set(index, [text]);
    }
  }
  return texts;
}

function sameTexts(before: readonly string[] = [], after: readonly string[] = []): boolean {
  return before.length === after.length && before.every((text, at) => text === after[at]);
}
