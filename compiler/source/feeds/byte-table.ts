/** Stretches of bytes that have been met before, and a number for each: nothing is cut out to look one up. */

import { Column } from '../../indicators/column.ts';

const FIRST_CAPACITY = 256;
const FIRST_BYTES = 4096;
const WORD = 4;
/** Bytes are hostile: nobody can prepare many stretches of one hash. Nothing that is written depends on it. */
const SEED = (Math.random() * 2 ** 32) | 0;

/** A hash table that holds so many stretches and bytes at most; then it forgets them all and begins anew. */
export class ByteTable {
  readonly #most: number;
  readonly #mostBytes: number;
  /** The stretches, one behind another. */
  #bytes = new Uint8Array(FIRST_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #used = 0;
  #starts = numbers();
  #hashes = numbers();
  #values = numbers();
  /** Places in the columns plus one; 0 where a place of the table is free. At most half are taken. */
  #table = new Int32Array(FIRST_CAPACITY);

  constructor(most: number, mostBytes: number) {
    this.#most = most;
    this.#mostBytes = mostBytes;
  }

  /** The number of a stretch, or -1. */
  find(view: DataView, from: number, to: number): number {
    const hash = hashOf(view, from, to);
    const table = this.#table;
    const mask = table.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const entry = (table[at] as number) - 1;
      if (entry < 0) return -1;
      if (this.#hashes.at(entry) === hash && this.#is(entry, view, from, to)) return this.#values.at(entry);
    }
  }

  /** Adds a stretch that is not there yet, with a number of 0 or more. */
  add(view: DataView, from: number, to: number, value: number): void {
    if (this.#hashes.size >= this.#most || this.#used + to - from > this.#mostBytes) this.clear();
    const hash = hashOf(view, from, to);
    this.#starts.push(this.#used);
    this.#hashes.push(hash);
    this.#values.push(value);
    this.#keep(new Uint8Array(view.buffer, view.byteOffset + from, to - from));
    if (this.#hashes.size * 2 > this.#table.length) this.#grow();
    else this.#place(hash, this.#hashes.size);
  }

  clear(): void {
    this.#used = 0;
    [this.#starts, this.#hashes, this.#values] = [numbers(), numbers(), numbers()];
    this.#table = new Int32Array(FIRST_CAPACITY);
  }

  #is(entry: number, view: DataView, from: number, to: number): boolean {
    const start = this.#starts.at(entry);
    const end = entry + 1 < this.#starts.size ? this.#starts.at(entry + 1) : this.#used;
    if (end - start !== to - from) return false;
    const kept = this.#view;
    let at = from;
    let other = start;
    for (; at + WORD <= to; at += WORD, other += WORD)
      if (view.getInt32(at) !== kept.getInt32(other)) return false;
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

  #place(hash: number, entry: number): void {
    const mask = this.#table.length - 1;
    let at = hash & mask;
    while (this.#table[at] !== 0) at = (at + 1) & mask;
    this.#table[at] = entry;
  }

  #grow(): void {
    this.#table = new Int32Array(this.#table.length * 2);
    for (let entry = 0; entry < this.#hashes.size; entry++) this.#place(this.#hashes.at(entry), entry + 1);
  }
}

function numbers(): Column<Int32Array> {
  return new Column((size) => new Int32Array(size));
}

/** By words of four bytes, mixed as MurmurHash3 does. */
function hashOf(view: DataView, from: number, to: number): number {
  let hash = SEED ^ (to - from);
  let at = from;
  for (; at + WORD <= to; at += WORD) {
    const word = Math.imul(view.getInt32(at), 0xcc9e2d51);
    hash = Math.imul(hash ^ Math.imul((word << 15) | (word >>> 17), 0x1b873593), 5) + 0xe6546b64;
    hash ^= hash >>> 13;
  }
  for (; at < to; at++) hash = Math.imul(hash ^ view.getUint8(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
