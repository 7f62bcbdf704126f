/**
 * Sorts texts by their UTF-16 units, as `<` compares them, without looking at them as texts: the first units of each make a
 * number, numbers are put in order by counting, and what they have in common is sorted by the units behind.
 */

import type { JoinedTexts } from '../indicators/joined-texts.ts';
import { inOrder } from './number-order.ts';

/** Bits of a number that is sorted by counting. */
const BITS = 32;
/** So few texts are sorted by comparing. */
const FEW = 48;

/** The numbers of texts, in the order of the texts. */
export function sortedByText(texts: JoinedTexts): Uint32Array {
  const numbers = new Uint32Array(texts.starts.length - 1);
  for (let number = 0; number < numbers.length; number++) numbers[number] = number;
  if (numbers.length <= FEW) compareAll(texts, numbers);
  else new TextSorter(texts).sort(numbers, 0);
  return numbers;
}

class TextSorter {
  readonly #texts: JoinedTexts;
  /** The rank of each unit that occurs, from 1; 0 stands for the end of a text. */
  readonly #ranks: Uint32Array;
  /** Ranks are digits of this base, and so many of them make a number. */
  readonly #base: number;
  readonly #digits: number;

  constructor(texts: JoinedTexts) {
    this.#texts = texts;
    const { ranks, base } = ranksOf(texts.units);
    this.#ranks = ranks;
    this.#base = base;
    this.#digits = Math.max(1, Math.floor(BITS / Math.log2(this.#base)));
  }

  /** Sorts texts that agree before the unit `depth`. */
  sort(numbers: Uint32Array, depth: number): void {
    if (numbers.length <= FEW) {
      compareAll(this.#texts, numbers);
      return;
    }
    const sorted = inOrder({ numbers: this.#keys(numbers, depth), beside: numbers.slice() });
    numbers.set(sorted.beside);
    this.#sortTies(numbers, sorted.numbers, depth);
  }

  /** The next units as digits. */
  #keys(numbers: Uint32Array, depth: number): Uint32Array {
    const { units, starts } = this.#texts;
    const keys = new Uint32Array(numbers.length);
    for (let at = 0; at < numbers.length; at++) {
      const number = numbers[at] as number;
      const from = (starts[number] as number) + depth;
      const end = starts[number + 1] as number;
      let key = 0;
      for (let place = from; place < from + this.#digits; place++)
        key = key * this.#base + (place < end ? (this.#ranks[units[place] as number] as number) : 0);
      keys[at] = key;
    }
    return keys;
  }

  /** Sorts what has the same units so far by those behind them. */
  #sortTies(numbers: Uint32Array, keys: Uint32Array, depth: number): void {
    for (let from = 0; from < numbers.length; ) {
      const key = keys[from] as number;
      let to = from + 1;
      while (to < numbers.length && keys[to] === key) to++;
      // A number whose last digit is 0 is a whole text: there is no other like it.
      if (to - from > 1 && key % this.#base !== 0)
        this.sort(numbers.subarray(from, to), depth + this.#digits);
      from = to;
    }
  }
}

/** Sorts by insertion. */
function compareAll(texts: JoinedTexts, numbers: Uint32Array): void {
  for (let at = 1; at < numbers.length; at++) {
    const number = numbers[at] as number;
    let to = at;
    for (; to > 0 && isBefore(texts, number, numbers[to - 1] as number); to--)
      numbers[to] = numbers[to - 1] as number;
    numbers[to] = number;
  }
}

function isBefore({ units, starts }: JoinedTexts, one: number, other: number): boolean {
  const [end, otherEnd] = [starts[one + 1] as number, starts[other + 1] as number];
  let at = starts[one] as number;
  let otherAt = starts[other] as number;
  while (at < end && otherAt < otherEnd && units[at] === units[otherAt]) {
    at++;
    otherAt++;
  }
  if (at === end || otherAt === otherEnd) return otherAt < otherEnd;
  return (units[at] as number) < (units[otherAt] as number);
}

/** The ranks of units that occur, and one more than the highest. */
function ranksOf(units: JoinedTexts['units']): { ranks: Uint32Array; base: number } {
  const occurs = new Uint8Array(2 ** (8 * units.BYTES_PER_ELEMENT));
  for (let at = 0; at < units.length; at++) occurs[units[at] as number] = 1;
  const ranks = new Uint32Array(occurs.length);
  let base = 1;
  for (let unit = 0; unit < occurs.length; unit++) if (occurs[unit] === 1) ranks[unit] = base++;
  return { ranks, base };
}
