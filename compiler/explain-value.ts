/** Explains an indicator: where it is defined, what is known of it, and what becomes of it in every target, and why. */

import type { Span } from './diagnostics/diagnostic.ts';
import { type Carrier, carriersOf } from './explain-carriers.ts';
import type { GuardHit } from './guard/guard.ts';
import type { Allow, Context } from './indicators/context.ts';
import { KINDS, type Kind } from './indicators/kind.ts';
import { KIND_MODULES } from './indicators/kinds.ts';
import type { IndicatorSet } from './indicators/set.ts';
import { expiryOf } from './plan/expiry.ts';
import type { Fate } from './plan/fate.ts';
import { type Progress, toldTargets } from './progress.ts';
import type { Session } from './session.ts';

/** What becomes of an indicator in one target. */
export interface ExplainedFate {
  target: string;
  fate: Fate;
  tier?: string;
  /** The reason in the manifest's words, or a sentence. */
  reason?: string;
  /** The last day on which it is valid in that target, by its own word or by the lifetime of its kind. */
  expires?: string;
  /**
   * For `covered`: the indicator whose entry matches it already, and where that is defined; for `withheld` one that
   * matches it all the same.
   */
  by?: string;
  by_defined?: string;
  /** The entries that say it; for `covered` those of the other. */
  carriers?: readonly Carrier[];
}

/** What a guard says of an indicator. */
export interface ExplainedGuard extends Pick<GuardHit, 'guard' | 'list' | 'relation' | 'entry' | 'about'> {
  /** The override that accepts it, or that ended. */
  allowed?: Allow;
  ended?: Allow;
}

/** All that is known of one indicator. */
export interface Explanation {
  kind: Kind;
  value: string;
  /** `file:line:column` of its first definition. */
  defined: string;
  /** Where it is listed again, as far as that is told. */
  again: readonly string[];
  context: Context;
  guards: readonly ExplainedGuard[];
  /** By target, sorted. */
  fates: readonly ExplainedFate[];
}

/** Explains a text, live or defanged, under each kind under which it is listed. */
export function explainValue(
  session: Session,
  set: IndicatorSet,
  text: string,
  progress?: Progress,
): Explanation[] {
  return indicatorsOf(set, text).map((index) => ({
    kind: set.kind(index),
    value: set.value(index),
    defined: placeOf(set.origin(index)),
    again: definedAgain(session, set, index),
    context: set.context(index),
    guards: guardsOf(session.hits ?? [], index),
    fates: fatesOf(session, set, index, progress),
  }));
}

/** The listed indicators that a text can mean: one for each kind that reads it. */
function indicatorsOf(set: IndicatorSet, text: string): number[] {
  const found = new Set<number>();
  for (const kind of KINDS) {
    const parsed = KIND_MODULES[kind].parse(text.trim());
    if (parsed.ok) found.add(set.find(parsed.kind, parsed.value));
  }
  found.delete(-1);
  return [...found].sort((a, b) => a - b);
}

/** `file:line:column`. */
export function placeOf({ file, start }: Span): string {
  const { line, column } = file.position(start);
  return `${file.path}:${line}:${column}`;
}

/** The set knows the first definition; the warnings tell the others. */
function definedAgain({ diagnostics }: Session, set: IndicatorSet, index: number): string[] {
  const { file, start } = set.origin(index);
  return diagnostics.flatMap(({ code, span, related }) => {
    const first = code === 'RF350' && related?.[0]?.span;
    return first && span && first.file === file && first.start === start ? [placeOf(span)] : [];
  });
}

function guardsOf(hits: readonly GuardHit[], of: number): ExplainedGuard[] {
  return hits
    .filter(({ index }) => index === of)
    .map(({ guard, list, relation, entry, about, allowed, ended }) => ({
      guard,
      list,
      relation,
      entry,
      about,
      ...(allowed && { allowed }),
      ...(ended && { ended }),
    }));
}

function fatesOf(
  { compiled, project, collection }: Session,
  set: IndicatorSet,
  index: number,
  progress: Progress | undefined,
): ExplainedFate[] {
  const targets = toldTargets('looking into', compiled?.targets ?? [], progress);
  return Array.from(targets, (target): ExplainedFate => {
    const { fate, tier, reason, by: cover } = target.plan.verdicts.at(index);
    const by = fate === 'withheld' ? target.plan.stillMatched().get(index) : cover;
    const expires = collection && expiryOf(collection, target.policy.lifetimes)(index);
    const written = fate === 'emitted' || fate === 'approximated' ? index : cover;
    const sought = new Set(written === undefined ? [] : [written]);
    const carriers = carriersOf(project?.settings.out ?? 'out', set, target, sought).get(written ?? -1);
    return {
      target: target.name,
      fate,
      ...(tier && { tier }),
      ...(reason !== undefined && { reason }),
      ...(expires !== undefined && { expires }),
      ...(by !== undefined && { by: set.value(by), by_defined: placeOf(set.origin(by)) }),
      ...(carriers && { carriers }),
    };
  });
}
