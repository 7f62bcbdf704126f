/** Until when the same inputs mean the same: what a day decides, and the next on which it decides otherwise. */

import type { Context } from '../indicators/context.ts';
import { dayAfter, LAST_DAY } from '../indicators/day.ts';
import type { Collection } from '../indicators/set.ts';
import type { Freshness } from '../source/freshness-settings.ts';
import type { Lifetimes } from '../source/policy-setting.ts';
import { expiryOf } from './expiry.ts';
import { confirmedDays } from './freshness.ts';

/**
 * The last day (YYYY-MM-DD) on which a build of these indicators is what it is on the day `asOf`; `asOf` itself where every
 * day tells something else. Rather too early than too late. `lifetimes`: those of all targets.
 */
export function sameThrough(
  collection: Collection,
  lifetimes: Iterable<Lifetimes>,
  freshness: Freshness,
  asOf: string,
): string {
  let through = LAST_DAY;
  const narrow = (day: string | undefined) => {
    if (day !== undefined && day >= asOf && day < through) through = day;
  };
  for (const context of collection.indicators.contextTable)
    for (const day of lastDaysOf(context)) narrow(day);
  for (const one of new Set(lifetimes)) for (const day of ends(collection, one)) narrow(day);
  const limits = [freshness.warnAfter, freshness.errorAfter].filter((limit) => limit !== undefined);
  const ages = limits.length > 0 ? confirmedDays(collection) : [];
  for (const day of ages)
    for (const limit of limits) {
      const last = dayAfter(day, limit);
      // What is too old is told with its age, which is another one tomorrow.
      narrow(last < asOf ? asOf : last);
    }
  return through;
}

/** Those after which a context means something else: it expires, begins, or loses an override. */
function lastDaysOf({ expires, first_seen, allow }: Context): (string | undefined)[] {
  const before = first_seen === undefined ? undefined : dayAfter(first_seen, -1);
  return [expires, before, ...allow.map(({ until }) => until)];
}

/** The days on which lifetimes end. */
function ends(collection: Collection, lifetimes: Lifetimes): Set<string> {
  const days = new Set<string>();
  if (Object.keys(lifetimes).length === 0) return days;
  const { indicators } = collection;
  const endOf = expiryOf(collection, lifetimes);
  for (let index = 0; index < indicators.size; index++) {
    const end = endOf(index);
    if (end !== undefined) days.add(end);
  }
  return days;
}
