/** The lists of contexts, each once: sorted by code unit, without doubles. */

import { PairTable } from '../indicators/pair-table.ts';

const NONE: readonly string[] = [];
/** So many unions of two lists are remembered. */
const MOST_UNIONS = 1 << 16;

/** Keeps one object for equal lists, so that lists of the pool are compared and united by their numbers. */
export class ListPool {
  readonly #byText = new Map<string, readonly string[]>();
  readonly #lists: (readonly string[])[] = [NONE];
  readonly #numbers = new Map([[NONE, 0]]);
  readonly #unions = new PairTable(MOST_UNIONS);

  /** One word or several as the list of the pool. */
  of(words: string | readonly string[] | undefined): readonly string[] {
    if (words === undefined) return NONE;
    if (typeof words === 'string') return this.#intern([words]);
    if (words.length === 0) return NONE;
    return this.#numbers.has(words) ? words : this.#intern([...new Set(words)].sort());
  }

  #intern(list: readonly string[]): readonly string[] {
    const text = JSON.stringify(list);
    const known = this.#byText.get(text);
    if (known) return known;
    this.#byText.set(text, list);
    this.#numbers.set(list, this.#lists.length);
    this.#lists.push(list);
    return list;
  }

  /** The words of two lists of the pool. */
  unite(first: readonly string[], second: readonly string[]): readonly string[] {
    if (first === second || second.length === 0) return first;
    if (first.length === 0) return second;
    const [one, other] = [this.numberOf(first), this.numberOf(second)];
    const known = this.#unions.get(one, other);
    if (known >= 0) return this.#lists[known] as readonly string[];
    const union = this.of([...first, ...second]);
    this.#unions.add(one, other, this.numberOf(union));
    return union;
  }

  /** The number of a list of the pool. */
  numberOf(list: readonly string[]): number {
    return list === NONE ? 0 : (this.#numbers.get(list) as number);
  }
}
