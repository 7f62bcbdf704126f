/**
 * Finds indicators by kind and value: a hash table of numbers, beside the columns. Hashes are made from the last character
 * to the first, so that the hash of every name above a domain falls out on the way.
 */

/** What is looked into: the values that the table's numbers stand for. */
interface Values {
  is(index: number, kind: number, bytes: Uint8Array, from: number, to: number): boolean;
}

/** A value as a stretch of ASCII. */
export interface AsciiValue {
  /** That of its kind. */
  code: number;
  bytes: Uint8Array;
  from: number;
  to: number;
  /** By `hashOf`. */
  hash: number;
}

const FIRST_CAPACITY = 256;
const DOT = 0x2e;
/** Values are hostile: nobody can prepare a million of them that fall into one place. Nothing that is written depends on it. */
const SEED = (Math.random() * 2 ** 32) >>> 0;

/** A table of open addressing; of its places at most two thirds are taken. Values are stretches of ASCII. */
export class ValueIndex {
  readonly #values: Values;
  /** Two numbers a place, since memory is read by the line: an index plus one, 0 where the place is free, and its hash. */
  #table = new Uint32Array(FIRST_CAPACITY * 2);
  #taken = 0;
  /** What `bringNear` read: kept, since nothing is read whose value nobody takes. */
  read = 0;

  constructor(values: Values) {
    this.#values = values;
  }

  /** The index of a value, or -1. */
  find(kind: number, bytes: Uint8Array, from: number, to: number): number {
    return this.#lookUp(hashOf(kind, bytes, from, to), kind, bytes, from, to);
  }

  /** The index of a value that is in the set, or -1 after noting it under an index. */
  findOrAdd({ code, bytes, from, to, hash }: AsciiValue, index: number): number {
    const found = this.#lookUp(hash, code, bytes, from, to);
    if (found >= 0) return found;
    this.#taken += 1;
    if (this.#taken * 3 > this.#table.length) this.#resize(this.#table.length * 2);
    place(this.#table, hash, index + 1);
    return -1;
  }

  /** Reads the places of so many hashes: memory answers questions that do not wait for one another at once. */
  bringNear(hashes: Uint32Array, count: number): void {
    const table = this.#table;
    const mask = table.length / 2 - 1;
    let read = 0;
    for (let at = 0; at < count; at++) read |= table[((hashes[at] as number) & mask) * 2] as number;
    this.read = read;
  }

  /** The index of the longest name above a domain that is in the set as well, or -1. The bytes are the domain's up to an offset. */
  findParent(kind: number, bytes: Uint8Array, to: number): number {
    let nearest = -1;
    let hash = SEED;
    for (let at = to - 1; at > 0; at--) {
      const byte = bytes[at] as number;
      if (byte === DOT) {
        const found = this.#lookUp(finished(hash, kind), kind, bytes, at + 1, to);
        if (found >= 0) nearest = found;
      }
      hash = step(hash, byte);
    }
    return nearest;
  }

  /** Makes room for so many values in all. */
  reserve(size: number): void {
    let length = this.#table.length;
    while (size * 3 > length) length *= 2;
    if (length > this.#table.length) this.#resize(length);
  }

  /** Follows values that were put into another order: `places` has by their former indexes where they are now. */
  arrange(places: Uint32Array): void {
    const table = this.#table;
    for (let at = 0; at < table.length; at += 2)
      if (table[at] !== 0) table[at] = (places[(table[at] as number) - 1] as number) + 1;
  }

  #lookUp(hash: number, kind: number, bytes: Uint8Array, from: number, to: number): number {
    const table = this.#table;
    const mask = table.length / 2 - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const index = (table[at * 2] as number) - 1;
      if (index < 0) return -1;
      if (table[at * 2 + 1] === hash && this.#values.is(index, kind, bytes, from, to)) return index;
    }
  }

  #resize(length: number): void {
    const before = this.#table;
    this.#table = new Uint32Array(length);
    for (let at = 0; at < before.length; at += 2)
      if (before[at] !== 0) place(this.#table, before[at + 1] as number, before[at] as number);
  }
}

function place(table: Uint32Array, hash: number, entry: number): void {
  const mask = table.length / 2 - 1;
  let at = hash & mask;
  while (table[at * 2] !== 0) at = (at + 1) & mask;
  table[at * 2] = entry;
  table[at * 2 + 1] = hash;
}

/** The hash of a value, by the code of its kind and its bytes from one offset to another. */
export function hashOf(kind: number, bytes: Uint8Array, from: number, to: number): number {
  let hash = SEED;
  for (let at = to - 1; at >= from; at--) hash = step(hash, bytes[at] as number);
  return finished(hash, kind);
}

/** FNV-1a. */
function step(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}

/** MurmurHash3's last mix: the low bits, which choose the place, come to depend on all. */
function finished(hash: number, kind: number): number {
  let mixed = hash ^ Math.imul(kind + 1, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
