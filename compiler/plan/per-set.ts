/** What is computed of all values of a set once, for all passes of all targets. */

import type { IndicatorSet } from '../indicators/set.ts';

/**
 * The function, remembering its answer for each set until an indicator is added to it, or they are put into another order. It may look at kinds and values
 * alone: contexts can change.
 */
export function perSet<T>(compute: (set: IndicatorSet) => T): (set: IndicatorSet) => T {
  const answers = new WeakMap<IndicatorSet, { size: number; arranged: boolean; answer: T }>();
  return (set) => {
    const { size, arranged } = set;
    const known = answers.get(set);
    if (known?.size === size && known.arranged === arranged) return known.answer;
    const answer = compute(set);
    answers.set(set, { size, arranged, answer });
    return answer;
  };
}
