/** What a guard's hit means for a target, by its effect: the one table. */

import type { GuardHit } from '../guard/guard.ts';
import type { Effect } from '../targets/definition.ts';

/**
 * `refuse`: no entry at all. `watch`: no entry that blocks; a target that can also only log does so, another blocking one
 * withholds it. `inform`: it is told, and changes nothing.
 */
export type Consequence = 'refuse' | 'watch' | 'inform';

type ByEffect = Readonly<Record<Effect, Consequence>>;
type Row = Readonly<Record<GuardHit['relation'], ByEffect>>;

const INFORM: ByEffect = { detect: 'inform', hunt: 'inform', block: 'inform', share: 'inform' };
const NOT_BLOCKED: ByEffect = { ...INFORM, block: 'watch' };
const NO_RULE: ByEffect = { detect: 'refuse', hunt: 'refuse', block: 'refuse', share: 'inform' };
const NOWHERE: ByEffect = { detect: 'refuse', hunt: 'refuse', block: 'refuse', share: 'refuse' };

/** Reserved addresses and names mean something else in every network, also to those that they are shared with. */
const SPECIAL_USE: Row = { exact: NOWHERE, under: NOWHERE, contains: NOWHERE };

const TABLE: Readonly<Record<GuardHit['strength'], Row>> = {
  always: { exact: NO_RULE, under: INFORM, contains: NOT_BLOCKED },
  known: { exact: NO_RULE, under: INFORM, contains: NOT_BLOCKED },
  listed: { exact: NOT_BLOCKED, under: INFORM, contains: NOT_BLOCKED },
  own: { exact: NO_RULE, under: NO_RULE, contains: NOT_BLOCKED },
};

/** What a hit means for targets of an effect. Overrides are not looked at. */
export function consequenceOf(
  { guard, strength, relation }: Pick<GuardHit, 'guard' | 'strength' | 'relation'>,
  effect: Effect,
): Consequence {
  const row = guard === 'special-use' ? SPECIAL_USE : TABLE[strength];
  return row[relation][effect];
}

/** What a guard does to an indicator in a target. */
export interface Guarded {
  consequence: 'refuse' | 'watch';
  /** As fates say it: `guard:well-known`. */
  reason: string;
}

/**
 * What guards do to indicators in targets of an effect, by index: the strictest of their hits, the first of equal
 * ones. Accepted hits do nothing.
 */
export function guardedBy(hits: readonly GuardHit[], effect: Effect): ReadonlyMap<number, Guarded> {
  const guarded = new Map<number, Guarded>();
  for (const hit of hits) {
    if (hit.allowed) continue;
    const consequence = consequenceOf(hit, effect);
    if (consequence === 'inform') continue;
    const before = guarded.get(hit.index);
    if (before && (before.consequence === 'refuse' || consequence === 'watch')) continue;
    guarded.set(hit.index, { consequence, reason: `guard:${hit.guard}` });
  }
  return guarded;
}
