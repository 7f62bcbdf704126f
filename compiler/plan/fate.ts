/** What becomes of an indicator in a target. Every indicator has exactly one fate in every target. */

import type { Tier } from '../targets/definition.ts';

/** In the order of tables. */
export const FATES = ['emitted', 'covered', 'approximated', 'withheld', 'unsupported'] as const;
export type Fate = (typeof FATES)[number];

/** The fate of one indicator in one target, and why. */
export interface Verdict {
  fate: Fate;
  /**
   * Why: a policy word (`status`, `expired`, `guard:…`, `limit`), also for what is emitted into the tier `watch` and
   * not `block`; or a sentence for `unsupported` and `approximated`.
   */
  reason?: string;
  /** The tier of a target that has tiers, when the indicator has an entry there. */
  tier?: Tier;
  /** For `covered`: the indicator whose entry matches it already. */
  by?: number;
}

/** How many indicators of a target have each fate. */
export type FateCounts = Record<Fate, number>;

/** How many indicators a target does not say exactly. */
export function countLosses({ approximated, withheld, unsupported }: FateCounts): number {
  return approximated + withheld + unsupported;
}
