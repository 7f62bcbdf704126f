/** What a build leaves to the next one in the same process: what was worked out once need not be worked out again. */

import type { IndicatorSet } from './indicators/set.ts';
import { inheritHashes } from './plan/pack.ts';
import { RuleMemory } from './render/rule-memory.ts';

/** Kept by whoever builds again and again, and given to each build. */
export class BuildMemory {
  readonly #rules = new Map<string, RuleMemory>();
  #last: IndicatorSet | undefined;

  /** The rules of a target. */
  rulesOf(target: string): RuleMemory {
    const rules = this.#rules.get(target) ?? new RuleMemory();
    this.#rules.set(target, rules);
    return rules;
  }

  /** Gives a set what is known of the values of the set before it. */
  receive(set: IndicatorSet): void {
    if (this.#last) inheritHashes(this.#last, set);
    this.#last = set;
  }
}
