/** Explains one indicator: where it is defined, what is known of it, and what becomes of it in every target, and why. */

import type { Context } from './indicators/context.ts';
import { KINDS, type Kind } from './indicators/kind.ts';
import { KIND_MODULES } from './indicators/kinds.ts';
import type { IndicatorSet } from './indicators/set.ts';
import type { Fate } from './plan/fate.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';
import { nearest } from './source/words.ts';

/** What becomes of an indicator in one target. */
export interface ExplainedFate {
  target: string;
  fate: Fate;
  tier?: string;
  /** The reason in the manifest's words, or a sentence. */
  reason?: string;
  /** For `covered`: the indicator whose entry matches it already. */
  by?: string;
}

/** All that is known of one indicator. */
export interface Explanation {
  kind: Kind;
  value: string;
  /** `file:line:column` of its first definition. */
  defined: string;
  context: Context;
  /** By target, sorted. */
  fates: readonly ExplainedFate[];
}

/** What `explain` found. */
export interface ExplainReport {
  session: Session;
  /** One for each kind under which the value is listed. */
  explanations: readonly Explanation[];
  /** For a value that is not listed: the nearest that is. */
  nearest: string | undefined;
}

/** Explains a value, live or defanged. */
export async function explain(options: SessionOptions & { value: string }): Promise<ExplainReport> {
  const session = await openSession(options);
  const set = session.collection?.indicators;
  if (!set || session.failed) return { session, explanations: [], nearest: undefined };
  const found = indicatorsOf(set, options.value);
  return {
    session,
    explanations: found.map((index) => explanationOf(session, set, index)),
    nearest: found.length > 0 ? undefined : nearest(options.value, set.values),
  };
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

function explanationOf(session: Session, set: IndicatorSet, index: number): Explanation {
  const { file, start } = set.origin(index);
  const { line, column } = file.position(start);
  const fates = (session.compiled?.targets ?? []).map(({ name, plan }): ExplainedFate => {
    const { fate, tier, reason, by } = plan.verdicts[index] as (typeof plan.verdicts)[number];
    return {
      target: name,
      fate,
      ...(tier && { tier }),
      ...(reason !== undefined && { reason }),
      ...(by !== undefined && { by: set.value(by) }),
    };
  });
  return {
    kind: set.kind(index),
    value: set.value(index),
    defined: `${file.path}:${line}:${column}`,
    context: set.context(index),
    fates,
  };
}
