/** What is computed of all values of a set once, for all passes of all targets. */

import type { IndicatorSet } from '../indicators/set.ts';

/** A function of a set that remembers its answer. */
export interface PerSet<T> {
  (set: IndicatorSet): T;
  /** Forgets the answer for a set: it is computed again if somebody asks. */
  forget(set: IndicatorSet): void;
}

/**
 * The function, remembering its answer for each set until an indicator is added to it, or they are put into another order.
 * It may look at kinds and values alone: contexts can change. `moved` makes the answer for the other order from the one before
 * (`places` has by the indexes of then those of now), where that is less work.
 */
export function perSet<T>(
  compute: (set: IndicatorSet) => T,
  moved?: (answer: T, places: Uint32Array) => T,
): PerSet<T> {
  const answers = new WeakMap<IndicatorSet, { size: number; isArranged: boolean; answer: T }>();
  const answerFor = (set: IndicatorSet): T => {
    const { size, isArranged, places } = set;
    const known = answers.get(set);
    const holds = known?.size === size;
    if (holds && known.isArranged === isArranged) return known.answer;
    const answer = holds && moved && places ? moved(known.answer, places) : compute(set);
    answers.set(set, { size, isArranged, answer });
    return answer;
  };
  const forget = (set: IndicatorSet): void => void answers.delete(set);
  return Object.assign(answerFor, { forget });
}
