/** What speaks against an indicator, whoever lists it. A guard only reports; the plan decides. */

import type { Allow } from '../indicators/context.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import { type Subject, subjectOf } from './subject.ts';
import type { Suspects } from './suspects.ts';

/**
 * How an indicator relates to what is listed: it is the same, it lies under it (a name below a listed parent, an address in
 * a listed network, a URL on a listed host), or it contains it (a network that holds a listed address).
 */
export type Relation = 'exact' | 'under' | 'contains';

/**
 * How strong a guard's word is: by rule and always right (`always`), by Refang's own list (`known`), by a warning list that
 * the user has chosen (`listed`), by the user's own list (`own`).
 */
export type Strength = 'always' | 'known' | 'listed' | 'own';

/** What a guard found of one indicator. */
export interface Finding {
  /** The guard's name, as `allow` and `withheld: guard:…` write it. */
  guard: string;
  /** Its title for people, with the version where it has one. */
  list: string;
  relation: Relation;
  /** What is listed there. */
  entry: string;
  /** Why it is listed: `documentation (RFC 5737)`. */
  about: string;
  strength: Strength;
}

/** One guard's word on one indicator. */
export interface GuardHit extends Finding {
  /** The indicator. */
  index: number;
  /** The override of the record that accepts this hit, if it has one that still holds. */
  allowed: Allow | undefined;
  /** The override that would have accepted it, had it not ended. */
  ended: Allow | undefined;
}

/** One guard, or several that are looked up at once. */
export type Guard = (subject: Subject) => readonly Finding[];

/** So few indicators are asked for one by one in less time than it takes to make ready what tells of most. */
const FEW = 5_000;

/**
 * All hits, in the order of the indicators and for each in that of the guards. `asOf` (YYYY-MM-DD) decides whether an
 * override still holds. Of a large set only those are asked for that `suspects` has, which must be all that a guard
 * speaks of.
 */
export function guardIndicators(
  set: IndicatorSet,
  guards: readonly Guard[],
  asOf: string,
  suspects?: () => Suspects,
): GuardHit[] {
  const hits: GuardHit[] = [];
  const among = set.size > FEW ? suspects?.() : undefined;
  const holds = (allow: Allow) => allow.until === undefined || asOf <= allow.until;
  for (let index = 0; index < set.size; index++) {
    if (among && !among.has(set, index)) continue;
    const subject = subjectOf(set, index);
    if (!subject) continue;
    for (const guard of guards) {
      for (const finding of guard(subject)) {
        const overrides = set.context(index).allow.filter((allow) => allow.guard === finding.guard);
        hits.push({
          index,
          ...finding,
          allowed: overrides.find(holds),
          ended: overrides.find((allow) => !holds(allow)),
        });
      }
    }
  }
  return hits;
}
