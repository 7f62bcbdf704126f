/** What a build leaves to the next one in the same process: what was worked out once need not be worked out again. */

import { contextsIn, sameIn } from './indicators/same.ts';
import type { IndicatorSet } from './indicators/set.ts';
import { inheritHashes } from './plan/pack.ts';
import { type Ancestry, RuleMemory } from './render/rule-memory.ts';

/** Kept by whoever builds again and again, and given to each build. */
export class BuildMemory {
  readonly #rules = new Map<string, RuleMemory>();
  #last: IndicatorSet | undefined;
  #ancestry: Ancestry | undefined;

  /** The rules of a target. */
  rulesOf(target: string): RuleMemory {
    const rules = this.#rules.get(target) ?? new RuleMemory();
    this.#rules.set(target, rules);
    return rules;
  }

  /** What the set that was received last has in common with the one before it. */
  get ancestry(): Ancestry | undefined {
    return this.#ancestry;
  }

  /** Gives a set what is known of the values of the set before it. */
  receive(set: IndicatorSet): void {
    const before = this.#last;
    this.#last = set;
    this.#ancestry = before && { before, indexes: sameIn(before, set) };
    if (!before || !this.#ancestry) return;
    const { indexes } = this.#ancestry;
    inheritHashes(before, set, indexes);
    const contexts = contextsIn(before, set);
    for (let index = 0; index < indexes.length; index++) {
      const own = indexes[index] as number;
      if (own >= 0 && contexts[set.contextId(index)] !== before.contextId(own)) indexes[index] = -1;
    }
  }
}
