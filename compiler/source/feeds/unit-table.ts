/** Stretches of a text that have been met before, found by their UTF-16 units: nothing is cut out to look it up. */

import { Column } from '../../indicators/column.ts';

/** The units of a text. */
export type Units = Uint8Array | Uint16Array;

const FIRST_CAPACITY = 256;
const FIRST_UNITS = 4096;
/** Texts are hostile: nobody can prepare many of one hash. Nothing that is written depends on it. */
const SEED = (Math.random() * 2 ** 32) | 0;

/** A hash table of stretches, numbered in the order in which they were added. */
export class UnitTable {
  /** The units of all stretches, one behind another. */
  #units = new Uint16Array(FIRST_UNITS);
  #used = 0;
  #starts = new Column((size) => new Uint32Array(size));
  #hashes = new Column((size) => new Int32Array(size));
  /** Numbers plus one; 0 where a place is free. At most half are taken. */
  #table = new Int32Array(FIRST_CAPACITY);

  /** The hash of a stretch is `hashed` unit by unit, from this on. */
  static readonly start = SEED;

  /** The hash after one more unit (FNV-1a). */
  static hashed(hash: number, unit: number): number {
    return Math.imul(hash ^ unit, 0x01000193);
  }

  /** The number of a stretch, or -1. */
  find(units: Units, from: number, to: number, hash: number): number {
    const table = this.#table;
    const mask = table.length - 1;
    for (let at = placeOf(hash, mask); ; at = (at + 1) & mask) {
      const number = (table[at] as number) - 1;
      if (number < 0) return -1;
      if (this.#hashes.at(number) === hash && this.#is(number, units, from, to)) return number;
    }
  }

  /** Adds a stretch that is not there yet. */
  add(units: Units, from: number, to: number, hash: number): void {
    const number = this.#hashes.size;
    this.#hashes.push(hash);
    this.#starts.push(this.#used);
    this.#keep(units.subarray(from, to));
    if (this.#hashes.size * 2 > this.#table.length) this.#grow();
    else this.#place(hash, number);
  }

  clear(): void {
    this.#units = new Uint16Array(FIRST_UNITS);
    this.#used = 0;
    this.#starts = new Column((size) => new Uint32Array(size));
    this.#hashes = new Column((size) => new Int32Array(size));
    this.#table = new Int32Array(FIRST_CAPACITY);
  }

  #is(number: number, units: Units, from: number, to: number): boolean {
    const start = this.#starts.at(number);
    const end = number + 1 < this.#starts.size ? this.#starts.at(number + 1) : this.#used;
    if (end - start !== to - from) return false;
    const kept = this.#units;
    for (let at = from, other = start; at < to; at++, other++) if (kept[other] !== units[at]) return false;
    return true;
  }

  #keep(units: Units): void {
    const needed = this.#used + units.length;
    if (needed > this.#units.length) {
      const larger = new Uint16Array(Math.max(needed, this.#units.length * 2));
      larger.set(this.#units);
      this.#units = larger;
    }
    this.#units.set(units, this.#used);
    this.#used = needed;
  }

  #place(hash: number, number: number): void {
    const mask = this.#table.length - 1;
    let at = placeOf(hash, mask);
    while (this.#table[at] !== 0) at = (at + 1) & mask;
    this.#table[at] = number + 1;
  }

  #grow(): void {
    this.#table = new Int32Array(this.#table.length * 2);
    for (let number = 0; number < this.#hashes.size; number++) this.#place(this.#hashes.at(number), number);
  }
}

/** The low bits come to depend on all. */
function placeOf(hash: number, mask: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) & mask;
}
