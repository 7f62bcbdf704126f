/**
 * Finds indicators by kind and value: a hash table of numbers, beside the columns. Hashes are made from the last character
 * to the first, so that the hash of every name above a domain falls out on the way.
 */

import { Column } from './column.ts';

/** What is looked into: the values that the table's numbers stand for. */
interface Values {
  is(index: number, kind: number, value: string): boolean;
}

const FIRST_CAPACITY = 256;
const DOT = 0x2e;
/** Values are hostile: nobody can prepare a million of them that fall into one place. Nothing that is written depends on it. */
const SEED = (Math.random() * 2 ** 32) >>> 0;

/** A table of open addressing; of its places at most two thirds are taken. */
export class ValueIndex {
  readonly #values: Values;
  readonly #hashes = new Column((size) => new Uint32Array(size));
  /** Indexes plus one; 0 where a place is free. */
  #table = new Uint32Array(FIRST_CAPACITY);

  constructor(values: Values) {
    this.#values = values;
  }

  /** The index of a value, or -1. */
  find(kind: number, value: string): number {
    return this.#lookUp(hashOf(kind, value), kind, value);
  }

  /** The index of a value that is in the set, or -1 after noting it as the next one. */
  findOrAdd(kind: number, value: string): number {
    const hash = hashOf(kind, value);
    const found = this.#lookUp(hash, kind, value);
    if (found >= 0) return found;
    this.#hashes.push(hash);
    if (this.#hashes.size * 3 > this.#table.length * 2) this.#grow();
    else this.#place(hash, this.#hashes.size);
    return -1;
  }

  /** The index of the longest name above a domain that is in the set as well, or -1. */
  findParent(kind: number, name: string): number {
    let nearest = -1;
    let hash = SEED;
    for (let at = name.length - 1; at > 0; at--) {
      const code = name.charCodeAt(at);
      if (code === DOT) {
        const whole = finished(hash, kind);
        if (this.#has(whole)) {
          const found = this.#lookUp(whole, kind, name.slice(at + 1));
          if (found >= 0) nearest = found;
        }
      }
      hash = step(hash, code);
    }
    return nearest;
  }

  /** Follows values that were put into another order: `order` has their former indexes, `places` by these where they are now. */
  arrange(order: Uint32Array, places: Uint32Array): void {
    this.#hashes.arrange(order);
    const table = this.#table;
    for (let at = 0; at < table.length; at++)
      if (table[at] !== 0) table[at] = (places[(table[at] as number) - 1] as number) + 1;
  }

  #lookUp(hash: number, kind: number, value: string): number {
    const table = this.#table;
    const mask = table.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const index = (table[at] as number) - 1;
      if (index < 0) return -1;
      if (this.#hashes.at(index) === hash && this.#values.is(index, kind, value)) return index;
    }
  }

  /** Whether anything in the set has this hash. */
  #has(hash: number): boolean {
    const table = this.#table;
    const mask = table.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const entry = table[at] as number;
      if (entry === 0) return false;
      if (this.#hashes.at(entry - 1) === hash) return true;
    }
  }

  #place(hash: number, entry: number): void {
    const table = this.#table;
    const mask = table.length - 1;
    let at = hash & mask;
    while (table[at] !== 0) at = (at + 1) & mask;
    table[at] = entry;
  }

  #grow(): void {
    this.#table = new Uint32Array(this.#table.length * 2);
    for (let index = 0; index < this.#hashes.size; index++) this.#place(this.#hashes.at(index), index + 1);
  }
}

function hashOf(kind: number, value: string): number {
  let hash = SEED;
  for (let at = value.length - 1; at >= 0; at--) hash = step(hash, value.charCodeAt(at));
  return finished(hash, kind);
}

/** FNV-1a over UTF-16 units. */
function step(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

/** MurmurHash3's last mix: the low bits, which choose the place, come to depend on all. */
function finished(hash: number, kind: number): number {
  let mixed = hash ^ Math.imul(kind + 1, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
