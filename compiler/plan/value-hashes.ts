/** The first bits of the SHA-256 of values, by the indexes of those that were asked for: few of a large set are. */

import { hexDigest } from '../digest/digest.ts';
import type { IndicatorSet } from '../indicators/set.ts';

/** How many bits are kept. */
export const HASH_BITS = 64;

const FIRST_CAPACITY = 64;
/** Numbers of a place: an index plus one, 0 where the place is free, and the bits in two words. */
const WIDTH = 3;

/** Those of one set. */
export class ValueHashes {
  #table = new Uint32Array(FIRST_CAPACITY * WIDTH);
  #size = 0;

  /** Writes down the hash of a value, which depends on its kind as well. */
  remember(set: IndicatorSet, index: number): void {
    if (this.#table[this.#placeOf(index)] !== 0) return;
    const digest = hexDigest('sha256', `${set.kind(index)} ${set.value(index)}`);
    this.#add(index, Number.parseInt(digest.slice(0, 8), 16), Number.parseInt(digest.slice(8, 16), 16));
  }

  /** Takes over what another set knows: `same` gives the index there by that here, or -1. */
  inherit(from: ValueHashes, same: Int32Array): void {
    if (from.#size === 0) return;
    for (let index = 0; index < same.length; index++) {
      const before = same[index] as number;
      const place = before < 0 ? -1 : from.#placeOf(before);
      if (place < 0 || from.#table[place] === 0 || this.#table[this.#placeOf(index)] !== 0) continue;
      this.#add(index, from.#table[place + 1] as number, from.#table[place + 2] as number);
    }
  }

  /** A bit of the hash of a value that is remembered. */
  bit(index: number, bit: number): number {
    const word = this.#table[this.#placeOf(index) + 1 + (bit >> 5)] as number;
    return (word >>> (31 - (bit & 31))) & 1;
  }

  /** Where an index stands, or the free place for it. */
  #placeOf(index: number): number {
    const mask = this.#table.length / WIDTH - 1;
    let place = Math.imul(index, 0x9e3779b1) & mask;
    for (;;) {
      const found = this.#table[place * WIDTH];
      if (found === 0 || found === index + 1) return place * WIDTH;
      place = (place + 1) & mask;
    }
  }

  #add(index: number, first: number, second: number): void {
    this.#size += 1;
    if (this.#size * WIDTH * 2 > this.#table.length) this.#grow();
    const place = this.#placeOf(index);
    this.#table[place] = index + 1;
    this.#table[place + 1] = first;
    this.#table[place + 2] = second;
  }

  #grow(): void {
    const before = this.#table;
    this.#table = new Uint32Array(before.length * 2);
    for (let at = 0; at < before.length; at += WIDTH)
      if (before[at] !== 0)
        this.#table.set(before.subarray(at, at + WIDTH), this.#placeOf((before[at] as number) - 1));
  }
}
