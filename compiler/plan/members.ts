/** Which indicators each pass of a target renders, in the order of outputs. */

import { KINDS, type Kind } from '../indicators/kind.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Pass } from '../targets/definition.ts';
import { placesOf } from './order.ts';
import type { Standings } from './standing.ts';
import { countFor, isUsedFor, type Sizes, usedPasses } from './switch.ts';

const NONE = new Uint32Array();

/** The members of all passes: counted at once, listed when they are asked for. */
export class PassMembers {
  readonly #set: IndicatorSet;
  readonly #standings: Standings;
  /** By number of a standing, how many have it. */
  readonly #counts: Uint32Array;
  readonly #sizes = new Map<Pass, number>();
  /** By the standings that they have. */
  readonly #lists = new Map<string, Uint32Array>();

  constructor(set: IndicatorSet, standings: Standings) {
    this.#set = set;
    this.#standings = standings;
    const counts = standings.numbers.counts(standings.all.length);
    this.#counts = counts;
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
      referred && isUsedFor(referred, countFor(referred, this.#sizes)) ? this.#listed(referred) : NONE;
    if (used === own) return own;
    const known = new Uint8Array(this.#set.size);
    for (const index of used) known[index] = 1;
    return own.filter((index) => known[index] === 1);
  }

  #count(pass: Pass): void {
    this.#sizes.set(pass, this.of(pass).length);
  }

  /** Many passes have the very same members, such as those of several protocols: they share one list. */
  #listed(pass: Pass): Uint32Array {
    const takes = this.#standings.all.map(({ candidate }) => (candidate?.passes.includes(pass) ? 1 : 0));
    const key = takes.join('');
    const known = this.#lists.get(key);
    if (known) return known;
    const list = this.#collect(Uint8Array.from(takes), [...pass.takes.keys()]);
    this.#lists.set(key, list);
    return list;
  }

  /** The indicators of these kinds with one of these standings. */
  #collect(takes: Uint8Array, kinds: readonly Kind[]): Uint32Array {
    const { numbers } = this.#standings;
    // No more have these standings.
    const most = this.#counts.reduce((sum, count, number) => sum + count * (takes[number] as number), 0);
    const list = new Uint32Array(most);
    let size = 0;
    for (const kind of KINDS) {
      if (!kinds.includes(kind)) continue;
      const { sorted, from, to } = placesOf(this.#set, kind);
      for (let place = from; place < to; place++) {
        const index = sorted ? (sorted[place] as number) : place;
        if (takes[numbers.at(index)] === 1) list[size++] = index;
      }
    }
    return list.subarray(0, size);
  }
}
