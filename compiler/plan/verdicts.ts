/** The fates of all indicators in one target, as columns: a number each for one of a few verdicts, and who covers whom. */

import type { Tier } from '../targets/definition.ts';
import type { FateCounts, Verdict } from './fate.ts';

/** One verdict for each indicator, by index. */
export class Verdicts {
  /** Places in the table. */
  readonly #of: Uint16Array | Uint32Array;
  readonly #table: readonly Verdict[];
  /** By covered indicator, the one that covers it. */
  readonly #covering: ReadonlyMap<number, number>;

  /** `of` gives the place of an indicator's verdict in `table`; the covering one is not in the table. */
  constructor(
    size: number,
    of: (index: number) => number,
    table: readonly Verdict[],
    covering: ReadonlyMap<number, number>,
  ) {
    this.#of = table.length <= 0x10000 ? new Uint16Array(size) : new Uint32Array(size);
    for (let index = 0; index < size; index++) this.#of[index] = of(index);
    this.#table = table;
    this.#covering = covering;
  }

  /** Those of a list. */
  static from(verdicts: readonly Verdict[]): Verdicts {
    const covering = verdicts.flatMap(({ by }, index) => (by === undefined ? [] : [[index, by] as const]));
    return new Verdicts(verdicts.length, (index) => index, verdicts, new Map(covering));
  }

  get length(): number {
    return this.#of.length;
  }

  at(index: number): Verdict {
    const verdict = this.#shared(index);
    const by = verdict.fate === 'covered' ? this.#covering.get(index) : undefined;
    return by === undefined ? verdict : { ...verdict, by };
  }

  /** The tier in which an indicator has an entry. */
  tier(index: number): Tier | undefined {
    return this.#shared(index).tier;
  }

  /** Whether an indicator has an entry of its own. */
  isSaid(index: number): boolean {
    const { fate } = this.#shared(index);
    return fate === 'emitted' || fate === 'approximated';
  }

  /** How many indicators have each fate. */
  count(): FateCounts {
    const counts: FateCounts = { emitted: 0, covered: 0, approximated: 0, withheld: 0, unsupported: 0 };
    for (const { verdict, size } of this.tally()) counts[verdict.fate] += size;
    return counts;
  }

  /** How many indicators have each verdict, whoever covers them; none of these counts is 0. */
  tally(): { verdict: Verdict; size: number }[] {
    const sizes = new Uint32Array(this.#table.length);
    for (let index = 0; index < this.#of.length; index++) (sizes[this.#of[index] as number] as number)++;
    return this.#table.flatMap((verdict, place) => {
      const size = sizes[place] as number;
      return size > 0 ? [{ verdict, size }] : [];
    });
  }

  *[Symbol.iterator](): Generator<Verdict> {
    for (let index = 0; index < this.length; index++) yield this.at(index);
  }

  #shared(index: number): Verdict {
    return this.#table[this.#of[index] as number] as Verdict;
  }
}
