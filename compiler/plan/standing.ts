/**
 * How every indicator stands in one target while it is planned: as a candidate, or with a verdict. Those that stand
 * alike share one standing.
 */

import { NarrowColumn } from '../indicators/narrow-column.ts';
import type { Pass, Tier } from '../targets/definition.ts';
import type { Verdict } from './fate.ts';

/** An indicator that the target can say and policy lets in. */
export interface Candidacy {
  passes: readonly Pass[];
  tier: Tier | undefined;
  /** Why it is only watched, where it is. */
  demoted: string | undefined;
  /** What is taken back neither covers nor is covered: it has to be told. */
  revoked: boolean;
}

/** One of the two. */
export type Standing =
  | { candidate: Candidacy; verdict?: undefined }
  | { candidate?: undefined; verdict: Verdict };

/** The standings of all indicators of a set. */
export class Standings {
  readonly #of: NarrowColumn;
  readonly #all: Standing[] = [];
  readonly #ids = new Map<string, number>();
  readonly #passIds = new Map<Pass, number>();

  constructor(size: number) {
    this.#of = new NarrowColumn(size);
  }

  get size(): number {
    return this.#of.size;
  }

  /** All standings that were given, by number. */
  get all(): readonly Standing[] {
    return this.#all;
  }

  of(index: number): Standing {
    return this.#all[this.#of.at(index)] as Standing;
  }

  /** The numbers of all indicators' standings. */
  get numbers(): NarrowColumn {
    return this.#of;
  }

  /** The number of an indicator's standing: its place in `all`. */
  number(index: number): number {
    return this.#of.at(index);
  }

  give(index: number, number: number): void {
    this.#of.set(index, number);
  }

  /** The number of a verdict. */
  ofVerdict(verdict: Verdict): number {
    const { fate, reason = '', tier = '' } = verdict;
    return this.#intern(`${fate}\t${tier}\t${reason}`, { verdict });
  }

  /** The number of a candidacy. */
  ofCandidate(candidate: Candidacy): number {
    const { passes, tier = '', demoted = '', revoked } = candidate;
    const ids = passes.map((pass) => this.#idOf(pass)).join(',');
    return this.#intern(`${ids}\t${tier}\t${demoted}\t${revoked}`, { candidate });
  }

  #intern(key: string, standing: Standing): number {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const number = this.#all.length;
    this.#all.push(standing);
    this.#ids.set(key, number);
    return number;
  }

  #idOf(pass: Pass): number {
    const known = this.#passIds.get(pass);
    if (known !== undefined) return known;
    this.#passIds.set(pass, this.#passIds.size);
    return this.#passIds.size - 1;
  }
}
