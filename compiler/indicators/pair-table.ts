/** What two numbers lead to, remembered: a hash table without objects. */

const FIRST_CAPACITY = 256;
/** Numbers of an entry: both keys and the value. */
const WIDTH = 3;

/** From two numbers, 0 or more, to a third. Where it may hold so many entries only, it forgets them all and begins anew. */
export class PairTable {
  readonly #most: number;
  /** The first key plus one, 0 where a place is free; the second key; the value. Of the places at most half are taken. */
  #table = new Int32Array(FIRST_CAPACITY * WIDTH);
  #mask = FIRST_CAPACITY - 1;
  #size = 0;

  constructor(most = Number.POSITIVE_INFINITY) {
    this.#most = most;
  }

  /** The number that is remembered, or -1. */
  get(first: number, second: number): number {
    const table = this.#table;
    const at = this.#placeOf(first, second);
    return table[at] === 0 ? -1 : (table[at + 2] as number);
  }

  /** Remembers a number, 0 or more, for a pair that has none. */
  add(first: number, second: number, value: number): void {
    if (this.#size >= this.#most) this.clear();
    if (this.#size * 2 > this.#mask) this.#grow();
    this.#put(first, second, value);
    this.#size += 1;
  }

  clear(): void {
    this.#table.fill(0);
    this.#size = 0;
  }

  #put(first: number, second: number, value: number): void {
    const at = this.#placeOf(first, second);
    this.#table[at] = first + 1;
    this.#table[at + 1] = second;
    this.#table[at + 2] = value;
  }

  /** Where a pair stands, or the free place for it. */
  #placeOf(first: number, second: number): number {
    const table = this.#table;
    const mask = this.#mask;
    let mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
    for (let place = (mixed ^ (mixed >>> 13)) & mask; ; place = (place + 1) & mask) {
      const at = place * WIDTH;
      const found = table[at] as number;
      if (found === 0 || (found === first + 1 && table[at + 1] === second)) return at;
    }
  }

  #grow(): void {
    const old = this.#table;
    this.#mask = this.#mask * 2 + 1;
    this.#table = new Int32Array((this.#mask + 1) * WIDTH);
    for (let at = 0; at < old.length; at += WIDTH)
      if (old[at] !== 0) this.#put((old[at] as number) - 1, old[at + 1] as number, old[at + 2] as number);
  }
}
