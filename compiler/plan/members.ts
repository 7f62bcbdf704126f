/** Which indicators each pass of a target renders, in the order of outputs. */

import type { IndicatorSet } from '../indicators/set.ts';
import type { Pass } from '../targets/definition.ts';
import { allInOrder } from './order.ts';
import type { Standings } from './standing.ts';
import { countFor, isUsedFor, type Sizes, usedPasses } from './switch.ts';

/** The members of all passes: counted at once, listed when they are asked for. */
export class PassMembers {
  readonly #set: IndicatorSet;
  readonly #standings: Standings;
  readonly #sizes = new Map<Pass, number>();

  constructor(set: IndicatorSet, standings: Standings) {
    this.#set = set;
    this.#standings = standings;
    const counts = new Uint32Array(standings.all.length);
    for (let index = 0; index < standings.size; index++) (counts[standings.number(index)] as number)++;
    for (const [number, { candidate }] of standings.all.entries())
      for (const pass of (counts[number] as number) > 0 ? (candidate?.passes ?? []) : [])
        this.#sizes.set(pass, (this.#sizes.get(pass) ?? 0) + (counts[number] as number));
    for (const pass of this.#sizes.keys()) if (pass.refers !== undefined) this.#count(pass);
  }

  /** Of passes that have members. */
  get sizes(): Sizes {
    return this.#sizes;
  }

  /** Those of them that are used for so many. */
  get used(): ReadonlySet<Pass> {
    return usedPasses(this.#sizes);
  }

  /** Sorted. A group names only members that have an entry in the pass it refers to. */
  of(pass: Pass): Uint32Array {
    const own = this.#listed(pass);
    if (pass.refers === undefined) return own;
    const referred = [...this.#sizes].find(([{ name, group }]) => name === pass.refers && !group)?.[0];
    const used =
      referred && isUsedFor(referred, countFor(referred, this.#sizes)) ? this.#listed(referred) : [];
    const known = new Set(used);
    return own.filter((index) => known.has(index));
  }

  #count(pass: Pass): void {
    this.#sizes.set(pass, this.of(pass).length);
  }

  #listed(pass: Pass): Uint32Array {
    const takes = this.#standings.all.map(({ candidate }) => candidate?.passes.includes(pass) ?? false);
    return allInOrder(this.#set).filter((index) => takes[this.#standings.number(index)]);
  }
}
