/** Finds indicators by kind and value: a hash table of numbers, beside the columns. */

import type { ValueBatch } from './value-batch.ts';
import { finished, hashBegun, step } from './value-hash.ts';

/** What is looked into: the values that the table's numbers stand for. */
interface Values {
  /** Whether the value of an index is that at a place of a batch. */
  is(index: number, batch: ValueBatch, at: number): boolean;
  hash(index: number): number;
}

const FIRST_CAPACITY = 512;
const DOT = 0x2e;

/** A table of open addressing; of its places at most two thirds are taken. */
export class ValueIndex {
  readonly #values: Values;
  /**
   * By place, 0 where it is free; else an index plus one in the lower bits, as many as tell places apart, and in the
   * others those of its hash: memory that is not near is read for hardly any other value than the one that is looked
   * for.
   */
  #table = new Uint32Array(FIRST_CAPACITY);
  /** What `bringNear` read: kept, since nothing is read whose value nobody takes. */
  read = 0;

  constructor(values: Values) {
    this.#values = values;
  }

  /** Notes a value that is not there yet, by the index that it has. */
  add(index: number): void {
    this.reserve(index + 1);
    this.#place(this.#values.hash(index), index);
  }

  /** The index of the value at a place of a batch, or -1. */
  find(batch: ValueBatch, at: number): number {
    const table = this.#table;
    const hash = batch.hashes[at] as number;
    const mask = table.length - 1;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const entry = table[place] as number;
      if (entry === 0) return -1;
      if (((entry ^ hash) & ~mask) !== 0) continue;
      const index = (entry & mask) - 1;
      if (this.#values.is(index, batch, at)) return index;
    }
  }

  /** The same, or -1 after noting the value under an index. */
  findOrAdd(batch: ValueBatch, at: number, index: number): number {
    const found = this.find(batch, at);
    if (found >= 0) return found;
    this.reserve(index + 1);
    this.#place(batch.hashes[at] as number, index);
    return -1;
  }

  /**
   * Reads the places of the values of a batch, and puts the index of what is likely found there into its `before`, or
   * -1: memory answers questions that do not wait for one another at once.
   */
  bringNear({ count, hashes, before }: ValueBatch): void {
    const table = this.#table;
    const mask = table.length - 1;
    let read = 0;
    for (let at = 0; at < count; at++) read |= table[(hashes[at] as number) & mask] as number;
    this.read = read;
    for (let at = 0; at < count; at++) {
      const hash = hashes[at] as number;
      const entry = table[hash & mask] as number;
      before[at] = ((entry ^ hash) & ~mask) === 0 ? (entry & mask) - 1 : -1;
    }
  }

  /**
   * The index of the longest name above a domain that is in the set as well, or -1. The domain is the first of a
   * batch, and is lost.
   */
  findParent(batch: ValueBatch): number {
    const bytes = batch.bytes;
    const [code, from, to] = [batch.codes[0] as number, batch.starts[0] as number, batch.ends[0] as number];
    let nearest = -1;
    let hash = hashBegun(code);
    for (let at = to - 1; at > from; at--) {
      const byte = bytes[at] as number;
      if (byte === DOT) {
        batch.starts[0] = at + 1;
        batch.hashes[0] = finished(hash);
        const found = this.find(batch, 0);
        if (found >= 0) nearest = found;
      }
      hash = step(hash, byte, to - 1 - at);
    }
    return nearest;
  }

  /** Makes room for so many values in all. */
  reserve(size: number): void {
    let length = this.#table.length;
    while (size * 3 > length * 2) length *= 2;
    if (length > this.#table.length) this.#resize(length);
  }

  /** Follows values that were put into another order: `places` has by their former indexes where they are now. */
  arrange(places: Uint32Array): void {
    const table = this.#table;
    const mask = table.length - 1;
    for (let at = 0; at < table.length; at++) {
      const entry = table[at] as number;
      if (entry !== 0) table[at] = (entry & ~mask) | ((places[(entry & mask) - 1] as number) + 1);
    }
  }

  #place(hash: number, index: number): void {
    const table = this.#table;
    const mask = table.length - 1;
    let place = hash & mask;
    while (table[place] !== 0) place = (place + 1) & mask;
    table[place] = (hash & ~mask) | (index + 1);
  }

  /** Not all of a hash is in the table: they are made anew, which is seldom. */
  #resize(length: number): void {
    const before = this.#table;
    const mask = before.length - 1;
    this.#table = new Uint32Array(length);
    for (let at = 0; at < before.length; at++) {
      const index = ((before[at] as number) & mask) - 1;
      if (index >= 0) this.#place(this.#values.hash(index), index);
    }
  }
}
