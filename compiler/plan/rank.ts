/** Which of two indicators is kept where a product has no room for both. */

import { type Context, SEVERITIES } from '../indicators/context.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Candidate } from './plan.ts';

/** Ascending from the one that is kept longest: blocked ones, then by severity times confidence, the newest, the value. */
export function compareRank(set: IndicatorSet, a: Candidate, b: Candidate): number {
  if (a.tier !== b.tier) return a.tier === 'block' ? -1 : 1;
  const [one, other] = [set.context(a.index), set.context(b.index)];
  const weight = weightOf(other) - weightOf(one);
  if (weight !== 0) return weight;
  const [seen, otherSeen] = [seenOf(one), seenOf(other)];
  if (seen !== otherSeen) return seen > otherSeen ? -1 : 1;
  return (
    compareText(set.value(a.index), set.value(b.index)) || compareText(set.kind(a.index), set.kind(b.index))
  );
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
