/**
 * What many entries have in common is rendered once: the runs of a template that depend on an indicator's kind, tier and
 * context alone, and on the file. A million indicators have far fewer contexts.
 */

/** The texts of such runs, by their number in the template; undefined until one is asked for. */
export type Fragments = (string | undefined)[];

/** Of a template without such runs. */
export const NO_FRAGMENTS: Fragments = [];

/** How many are remembered before all are forgotten, so that memory has a limit whatever is listed. */
const MOST = 1 << 17;

/** The fragments of the entries of one pass in one file. */
export class FragmentMemo {
  readonly #count: number;
  readonly #contexts: number;
  /** By variant, then by the number of the context. */
  #byVariant: (Fragments | undefined)[][] = [];
  #made = 0;

  /** For so many fragments an entry, and about so many contexts. */
  constructor(count: number, contexts: number) {
    this.#count = count;
    this.#contexts = contexts;
  }

  /** Those of one context; a small number tells variants apart that share a context. */
  at(variant: number, context: number): Fragments {
    if (this.#count === 0) return NO_FRAGMENTS;
    return this.#byVariant[variant]?.[context] ?? this.#make(variant, context);
  }

  /** Fragments of an entry that shares them with no other. */
  alone(): Fragments {
    return this.#count === 0 ? NO_FRAGMENTS : new Array<undefined>(this.#count).fill(undefined);
  }

  #make(variant: number, context: number): Fragments {
    if (this.#made++ === MOST) {
      this.#byVariant = [];
      this.#made = 1;
    }
    const made = this.alone();
    const byContext = this.#byVariant[variant];
    if (byContext) byContext[context] = made;
    else {
      const contexts = new Array<Fragments | undefined>(this.#contexts);
      contexts[context] = made;
      this.#byVariant[variant] = contexts;
    }
    return made;
  }
}
