/**
 * What many entries have in common is rendered once: the runs of a template that depend on an indicator's context alone,
 * and on nothing else of the file. A million indicators have far fewer contexts.
 */

/** The texts of each such run, by the slot of the context; undefined until one is asked for. */
export type Fragments = readonly (string | undefined)[][];

/** Of a template without such runs. */
export const NO_FRAGMENTS: Fragments = [];

/** The most slots, and the most texts in them, so that memory has a limit whatever is listed. */
const MOST = 1 << 17;
const MOST_TEXTS = 1 << 21;

/** The fragments of the entries of one pass, in all files of its output. */
export class FragmentMemo {
  readonly fragments: Fragments;
  /** The context whose texts a slot has. */
  readonly #owners: Int32Array;

  /** For so many fragments an entry, and about so many contexts. */
  constructor(count: number, contexts: number) {
    const room = Math.min(MOST, 2 ** Math.floor(Math.log2(MOST_TEXTS / Math.max(1, count))));
    const size = count === 0 ? 1 : Math.min(room, 2 ** Math.ceil(Math.log2(contexts + 1)));
    this.#owners = new Int32Array(size).fill(-1);
    this.fragments = Array.from({ length: count }, () => new Array<undefined>(size).fill(undefined));
  }

  /** The slot of a context. One that has the texts of another loses them. */
  slot(context: number): number {
    const slot = context & (this.#owners.length - 1);
    if (this.#owners[slot] !== context) {
      this.#owners[slot] = context;
      for (const texts of this.fragments) texts[slot] = undefined;
    }
    return slot;
  }
}
