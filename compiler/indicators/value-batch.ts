/**
 * Values of a stretch of bytes that are looked for or added together. Where a value belongs in the table of all is
 * anywhere in memory: places that are asked for together come in a fraction of the time.
 */

import type { Canonical } from './canonical.ts';
import { hashOf, hashOfNetwork4 } from './value-hash.ts';

/** So many are added at once. */
export const AT_ONCE = 64;

/** Columns of them, filled from the front. */
export class ValueBatch {
  /** ASCII. */
  bytes: Uint8Array = new Uint8Array(0);
  count = 0;
  /** Codes of kinds. */
  readonly codes = new Uint8Array(AT_ONCE);
  /** Of IPv4 the length of the prefix and the first address; 0 of any other value. */
  readonly prefixes = new Uint8Array(AT_ONCE);
  readonly addresses = new Uint32Array(AT_ONCE);
  /** Where they stand in the bytes. */
  readonly starts = new Uint32Array(AT_ONCE);
  readonly ends = new Uint32Array(AT_ONCE);
  readonly hashes = new Uint32Array(AT_ONCE);
  readonly contexts = new Uint32Array(AT_ONCE);
  /** Once they are added: the index of each that was in the set before, -1 of the others. */
  readonly before = new Int32Array(AT_ONCE);

  /** Whether no more have room. */
  get full(): boolean {
    return this.count === AT_ONCE;
  }

  /** Adds a value that stands in the bytes, with the number of its context. */
  push({ code, prefix, address }: Canonical, from: number, to: number, context: number): void {
    const at = this.count++;
    this.codes[at] = code;
    this.prefixes[at] = prefix;
    this.addresses[at] = address;
    this.starts[at] = from;
    this.ends[at] = to;
    this.hashes[at] = prefix > 0 ? hashOfNetwork4(address, prefix) : hashOf(code, this.bytes, from, to);
    this.contexts[at] = context;
  }

  /** Adds a value of another batch of the same bytes. */
  pushFrom(other: ValueBatch, from: number): void {
    const at = this.count++;
    this.codes[at] = other.codes[from] as number;
    this.prefixes[at] = other.prefixes[from] as number;
    this.addresses[at] = other.addresses[from] as number;
    this.starts[at] = other.starts[from] as number;
    this.ends[at] = other.ends[from] as number;
    this.hashes[at] = other.hashes[from] as number;
    this.contexts[at] = other.contexts[from] as number;
  }

  /** Has one text alone, all bytes up to an offset, whose hash is not made: those of its ends will be looked for. */
  holdText(code: number, bytes: Uint8Array, to: number): void {
    this.bytes = bytes;
    this.count = 1;
    this.codes[0] = code;
    this.prefixes[0] = 0;
    this.starts[0] = 0;
    this.ends[0] = to;
  }
}
