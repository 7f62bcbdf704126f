/** Stretches of bytes that have been met before, and a number for each: nothing is cut out to look one up. */

import { randomNumbers } from '../../digest/random.ts';

const FIRST_CAPACITY = 256;
const FIRST_BYTES = 4096;
const WORD = 4;
/** Bytes are hostile: nobody can prepare many stretches of one hash. Nothing that is written depends on it. */
const [SEED = 0] = randomNumbers(1);
const [FIRST = 1, SECOND = 1] = randomNumbers(2).map((number) => number | 1);

/** Numbers of an entry: its hash, where its stretch begins and how long it is, and the number of it. */
const WIDTH = 4;

/** A hash table that holds so many stretches and bytes at most; then it forgets them all and begins anew. */
export class ByteTable {
  readonly #most: number;
  readonly #mostBytes: number;
  /** The stretches, one behind another. */
  #bytes = new Uint8Array(FIRST_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #used = 0;
  #entries = new Int32Array(FIRST_CAPACITY * WIDTH);
  #size = 0;
  /** Where entries begin, plus one; 0 where a place of the table is free. At most half are taken. */
  #table = new Int32Array(FIRST_CAPACITY * 2);

  constructor(most: number, mostBytes: number) {
    this.#most = most;
    this.#mostBytes = mostBytes;
  }

  /** The number of a stretch, or -1. */
  find(view: DataView, from: number, to: number): number {
    const hash = hashOf(view, from, to);
    const table = this.#table;
    const entries = this.#entries;
    const mask = table.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const entry = (table[at] as number) - 1;
      if (entry < 0) return -1;
      if (entries[entry] === hash && this.#is(entry, view, from, to)) return entries[entry + 3] as number;
    }
  }

  /** Adds a stretch that is not there yet, with a number of 0 or more. */
  add(view: DataView, from: number, to: number, value: number): void {
    if (this.#size >= this.#most || this.#used + to - from > this.#mostBytes) this.clear();
    if ((this.#size + 1) * WIDTH > this.#entries.length) this.#grow();
    const hash = hashOf(view, from, to);
    const entry = this.#size * WIDTH;
    this.#size += 1;
    this.#entries.set([hash, this.#used, to - from, value], entry);
    this.#keep(new Uint8Array(view.buffer, view.byteOffset + from, to - from));
    this.#place(entry);
  }

  clear(): void {
    this.#used = 0;
    this.#size = 0;
    this.#table.fill(0);
  }

  #is(entry: number, view: DataView, from: number, to: number): boolean {
    if (this.#entries[entry + 2] !== to - from) return false;
    const kept = this.#view;
    let at = from;
    let other = this.#entries[entry + 1] as number;
    for (; at + WORD <= to; at += WORD, other += WORD)
      if (view.getInt32(at, true) !== kept.getInt32(other, true)) return false;
    for (; at < to; at++, other++) if (view.getUint8(at) !== kept.getUint8(other)) return false;
    return true;
  }

  #keep(bytes: Uint8Array): void {
    const needed = this.#used + bytes.length;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    this.#bytes.set(bytes, this.#used);
    this.#used = needed;
  }

  #place(entry: number): void {
    const mask = this.#table.length - 1;
    let at = (this.#entries[entry] as number) & mask;
    while (this.#table[at] !== 0) at = (at + 1) & mask;
    this.#table[at] = entry + 1;
  }

  #grow(): void {
    const entries = new Int32Array(this.#entries.length * 2);
    entries.set(this.#entries);
    this.#entries = entries;
    this.#table = new Int32Array(this.#table.length * 2);
    for (let entry = 0; entry < this.#size * WIDTH; entry += WIDTH) this.#place(entry);
  }
}

/**
 * By words of four bytes, two at a time: the processor mixes both at once. What they are multiplied by is random too:
 * whoever knows it can prepare words that undo one another.
 */
function hashOf(view: DataView, from: number, to: number): number {
  let [one, other] = [SEED ^ (to - from), SEED];
  let at = from;
  for (; at + 2 * WORD <= to; at += 2 * WORD) {
    one = Math.imul(one ^ view.getInt32(at, true), FIRST);
    other = Math.imul(other ^ view.getInt32(at + WORD, true), SECOND);
    one ^= one >>> 15;
    other ^= other >>> 13;
  }
  for (; at < to; at++) one = Math.imul(one ^ view.getUint8(at), FIRST);
  const hash = Math.imul(one ^ (one >>> 16), SECOND) ^ Math.imul(other ^ (other >>> 16), FIRST);
  return Math.imul(hash ^ (hash >>> 15), FIRST) ^ (hash >>> 13);
}
