/** The fates of all indicators in one target, as columns: a number each for one of a few verdicts, and who covers whom. */

import { NarrowColumn } from '../indicators/narrow-column.ts';
import type { Tier } from '../targets/definition.ts';
import type { Covering } from './cover.ts';
import type { FateCounts, Verdict } from './fate.ts';

/** One verdict for each indicator, by index. */
export class Verdicts {
  /** Places in the table. */
  readonly #of: NarrowColumn;
  readonly #table: readonly Verdict[];
  readonly #cover: () => Covering;
  #covering: Covering | undefined;
  /** How many have each verdict. */
  #sizes: Uint32Array | undefined;

  /** `of` has the place of each indicator's verdict in `table`; the covering one is not in the table, and few ask for it. */
  constructor(of: NarrowColumn, table: readonly Verdict[], cover: () => Covering) {
    this.#of = of;
    this.#table = table;
    this.#cover = cover;
  }

  /** Those of a list. */
  static from(verdicts: readonly Verdict[]): Verdicts {
    const of = new NarrowColumn(verdicts.length);
    for (const index of verdicts.keys()) of.set(index, index);
    return new Verdicts(of, verdicts, () => Int32Array.from(verdicts, ({ by = -1 }) => by));
  }

  get length(): number {
    return this.#of.size;
  }

  at(index: number): Verdict {
    const verdict = this.#shared(index);
    if (verdict.fate !== 'covered') return verdict;
    this.#covering ??= this.#cover();
    const by = this.#covering[index] as number;
    return by < 0 ? verdict : { ...verdict, by };
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
    this.#sizes ??= this.#of.counts(this.#table.length);
    const sizes = this.#sizes;
    return this.#table.flatMap((verdict, place) => {
      const size = sizes[place] as number;
      return size > 0 ? [{ verdict, size }] : [];
    });
  }

  *[Symbol.iterator](): Generator<Verdict> {
    for (let index = 0; index < this.length; index++) yield this.at(index);
  }

  #shared(index: number): Verdict {
    return this.#table[this.#of.at(index)] as Verdict;
  }
}
