/**
 * The sids of rules by their keys, without the keys: of a million they would take more memory than all that is known
 * of the rules.
 */

import { AsciiBuffer } from '../indicators/ascii.ts';
import { hashOf } from '../indicators/value-hash.ts';

/** Any: all keys have the same. */
const CODE = 0;

/** Answers for the keys that it was made of, and for no others. */
export class SidTable {
  /** Two numbers a place: the hash of a key, 0 where the place is free; and its sid. Of the places at most half are taken. */
  readonly #table: Uint32Array;
  /** The keys that have a hash like another one, or none. */
  readonly #others = new Map<string, number>();
  readonly #ascii = new AsciiBuffer();

  constructor(sids: ReadonlyMap<string, number>) {
    this.#table = new Uint32Array(2 ** Math.ceil(Math.log2(sids.size * 2 + 1)) * 2);
    for (const [key, sid] of sids) {
      const hash = this.#hash(key);
      const place = this.#placeOf(hash);
      if (hash === 0 || this.#table[place] === hash) this.#others.set(key, sid);
      else {
        this.#table[place] = hash;
        this.#table[place + 1] = sid;
      }
    }
  }

  get(key: string): number {
    const other = this.#others.size > 0 ? this.#others.get(key) : undefined;
    return other ?? (this.#table[this.#placeOf(this.#hash(key)) + 1] as number);
  }

  /** Where a hash stands, or would stand. */
  #placeOf(hash: number): number {
    const mask = this.#table.length - 1;
    let place = (hash * 2) & mask;
    while (this.#table[place] !== 0 && this.#table[place] !== hash) place = (place + 2) & mask;
    return place;
  }

  /** 0 of what is not ASCII. */
  #hash(key: string): number {
    const ascii = this.#ascii;
    return ascii.take(key) ? hashOf(CODE, ascii.bytes, 0, ascii.length) : 0;
  }
}
