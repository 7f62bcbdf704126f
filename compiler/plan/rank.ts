/** Which of two indicators is kept where a product has no room for both. */

import { type Context, SEVERITIES } from '../indicators/context.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Tier } from '../targets/definition.ts';
import type { Covering } from './cover.ts';

/** An indicator in its tier. */
interface Ranked {
  index: number;
  tier: Tier | undefined;
}

/**
 * Orders indicators from the one that is kept longest: blocked ones, then by severity times confidence, the newest, the
 * value. One that covers others stands as high as the best of them, since they go with it.
 */
export function rankOf(set: IndicatorSet, covering: Covering): (one: Ranked, other: Ranked) => number {
  const best = new Map<number, number>();
  for (let index = 0; index < covering.length; index++) {
    const by = covering[index] as number;
    if (by < 0) continue;
    const before = best.get(by) ?? by;
    if (compareContexts(set.context(index), set.context(before)) < 0) best.set(by, index);
  }
  const contextOf = ({ index }: Ranked) => set.context(best.get(index) ?? index);
  const textOf = valuesIn(set);
  return (one, other) => {
    if (one.tier !== other.tier) return one.tier === 'block' ? -1 : 1;
    return (
      compareContexts(contextOf(one), contextOf(other)) ||
      compareText(textOf(one.index), textOf(other.index)) ||
      compareText(set.kind(one.index), set.kind(other.index))
    );
  };
}

/** The values of a set as texts, each made once: sorting asks for them again and again. */
function valuesIn(set: IndicatorSet): (index: number) => string {
  const values = new Array<string | undefined>(set.size);
  return (index) => {
    const known = values[index];
    if (known !== undefined) return known;
    const value = set.value(index);
    values[index] = value;
    return value;
  };
}

function compareContexts(one: Context, other: Context): number {
  if (one === other) return 0;
  return weightOf(other) - weightOf(one) || compareText(seenOf(other), seenOf(one));
}

/** `informational` counts one, `critical` five. */
function weightOf({ severity, confidence }: Context): number {
  return (SEVERITIES.indexOf(severity) + 1) * confidence;
}

/** The last day it was seen; the empty text, which comes last, unknown. */
function seenOf({ last_seen, first_seen }: Context): string {
  return last_seen ?? first_seen ?? '';
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
