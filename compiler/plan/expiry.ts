/** Until when an indicator is valid: through the day it `expires`, or as long as policy lets its kind live. */

import type { Context, Report } from '../indicators/context.ts';
import { dayAfter } from '../indicators/day.ts';
import type { Collection } from '../indicators/set.ts';
import type { Lifetimes } from '../source/policy-setting.ts';

/**
 * Answers the last day (YYYY-MM-DD) on which an indicator is valid: the one it names, or `lifetimes` days after it was last
 * seen, else first seen, else first reported. Undefined where nothing ends it.
 */
export function expiryOf(
  { indicators, reports }: Collection,
  lifetimes: Lifetimes,
): (index: number) => string | undefined {
  // Lists of a hundred thousand know a few hundred days.
  const ends = new Map<string, string>();
  return (index) => {
    const context = indicators.context(index);
    const lifetime = lifetimes[indicators.kind(index)];
    if (context.expires !== undefined || lifetime === undefined) return context.expires;
    const from = context.last_seen ?? context.first_seen ?? firstReported(context, reports);
    if (from === undefined) return undefined;
    const key = `${lifetime} ${from}`;
    const end = ends.get(key) ?? dayAfter(from, lifetime);
    ends.set(key, end);
    return end;
  };
}

/** The day of the earliest report; undefined without a report. */
export function firstReported(context: Context, reports: ReadonlyMap<string, Report>): string | undefined {
  let first: string | undefined;
  for (const id of context.reports) {
    const day = reports.get(id)?.published;
    if (day !== undefined && (first === undefined || day < first)) first = day;
  }
  return first;
}
