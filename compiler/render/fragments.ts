/**
 * What many entries have in common is rendered once: the runs of a template that depend on an indicator's context alone,
 * and on nothing else of the file. A million indicators have far fewer contexts.
 */

/**
 * What is known of one context: the text of each such run, and whether such a condition holds; undefined until it is
 * asked for.
 */
export type Fragments = (string | boolean | undefined)[];

/** Of a template without such runs. */
export const NO_FRAGMENTS: Fragments = [];

/** The most contexts, and the most that is known of them together, so that memory has a limit whatever is listed. */
const MOST = 1 << 17;
const MOST_TEXTS = 1 << 21;

/** The fragments of the entries of an output, in all its files. */
export class FragmentMemo {
  readonly #count: number;
  readonly #fragments: Fragments[];
  /** The context that a place is of. */
  readonly #owners: Int32Array;

  /** For so many fragments an entry, and about so many contexts. */
  constructor(count: number, contexts: number) {
    const room = Math.min(MOST, 2 ** Math.floor(Math.log2(MOST_TEXTS / Math.max(1, count))));
    const size = count === 0 ? 1 : Math.min(room, 2 ** Math.ceil(Math.log2(contexts + 1)));
    this.#count = count;
    this.#owners = new Int32Array(size).fill(-1);
    this.#fragments = new Array<Fragments>(size).fill(NO_FRAGMENTS);
  }

  /** Those of a context. They are lost when another needs their place. */
  of(context: number): Fragments {
    if (this.#count === 0) return NO_FRAGMENTS;
    const place = context & (this.#owners.length - 1);
    if (this.#owners[place] !== context) {
      this.#owners[place] = context;
      this.#fragments[place] = new Array<undefined>(this.#count).fill(undefined);
    }
    return this.#fragments[place] as Fragments;
  }
}
