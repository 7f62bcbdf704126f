/** Listed networks of both families, sorted, so that an address among 100,000 is found in some 17 steps. */

import { type AddressRange, BITS, formatRange, networkOf, prefixOf } from '../indicators/address.ts';
import type { Relation } from './guard.ts';

/** What is listed of some addresses. */
export interface RangeMatch {
  relation: Relation;
  /** The listed network or address. */
  entry: string;
}

/* A network is one number: its first address and behind it the prefix length. In sorted order a wider network stands
 * before those it holds. For IPv4 that fits a double, and sorting doubles in a typed array is many times faster. */
const SHIFT_4 = 64;
const SHIFT_6 = 256n;

/** All networks of an index, in a form that JSON can tell: those of IPv6 in decimal. */
export interface RangeKeys {
  four: readonly number[];
  six: readonly string[];
}

/** A set of networks. Add first, then look up. */
export class RangeIndex {
  readonly #keys4: number[] = [];
  readonly #keys6: bigint[] = [];
  #sorted: { 4: Family | undefined; 6: Family | undefined } | undefined;

  /** Adds a network by its first address and prefix length. */
  add4(first: number, prefix: number): void {
    this.#keys4.push(first * SHIFT_4 + prefix);
  }

  /** Adds a network by its first address and prefix length. */
  add6(first: bigint, prefix: number): void {
    this.#keys6.push(first * SHIFT_6 + BigInt(prefix));
  }

  get keys(): RangeKeys {
    return { four: this.#keys4, six: this.#keys6.map(String) };
  }

  addKeys({ four, six }: RangeKeys): void {
    for (const key of four) this.#keys4.push(key);
    for (const key of six) this.#keys6.push(BigInt(key));
  }

  /** All networks, in no order. */
  *all(): Generator<AddressRange> {
    for (const key of this.#keys4) yield networkOf(4, BigInt(Math.floor(key / SHIFT_4)), key % SHIFT_4);
    for (const key of this.#keys6) yield networkOf(6, key / SHIFT_6, Number(key % SHIFT_6));
  }

  get size(): number {
    return this.#keys4.length + this.#keys6.length;
  }

  /** What is listed of the addresses; undefined where none of them is. */
  find(range: AddressRange): RangeMatch | undefined {
    this.#sorted ??= { 4: family4(this.#keys4), 6: family6(this.#keys6) };
    return this.#sorted[range.family]?.find(range);
  }
}

/** The networks of a family: first addresses in order, and up to each the network that reaches furthest. */
class Family {
  readonly #family: 4 | 6;
  readonly #firsts: ArrayLike<number | bigint>;
  readonly #prefixes: Uint8Array;
  readonly #furthest: Int32Array;

  constructor(family: 4 | 6, firsts: ArrayLike<number | bigint>, prefixes: Uint8Array) {
    this.#family = family;
    this.#firsts = firsts;
    this.#prefixes = prefixes;
    this.#furthest = new Int32Array(firsts.length);
    // Networks nest or are apart: the one that reaches furthest is the last that is not inside it.
    let furthest = 0;
    for (let at = 0; at < firsts.length; at++) {
      if (at === 0 || (firsts[at] as number | bigint) > this.#last(furthest)) furthest = at;
      this.#furthest[at] = furthest;
    }
  }

  find({ first, last }: AddressRange): RangeMatch | undefined {
    const [from, to] = this.#family === 4 ? [Number(first), Number(last)] : [first, last];
    const before = this.#upTo(from);
    const exact = this.#exact(before, from, { family: this.#family, first, last });
    if (exact !== undefined) return { relation: 'exact', entry: this.#entry(exact) };
    const around = before < 0 ? undefined : this.#furthest[before];
    if (around !== undefined && this.#last(around) >= to)
      return { relation: 'under', entry: this.#entry(around) };
    const inside = this.#upTo(to);
    const overlapping = inside < 0 ? undefined : this.#furthest[inside];
    if (overlapping !== undefined && this.#last(overlapping) >= from)
      return { relation: 'contains', entry: this.#entry(overlapping) };
    return undefined;
  }

  /** The last network that begins at the address or before it, or -1. */
  #upTo(address: number | bigint): number {
    let low = -1;
    let high = this.#firsts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#firsts[middle] as number | bigint) <= address) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Of the networks that begin at an address, at most one for each prefix length, the one that is the range. */
  #exact(before: number, first: number | bigint, range: AddressRange): number | undefined {
    if (before < 0 || this.#firsts[before] !== first) return undefined;
    const prefix = prefixOf(range);
    for (let at = before; at >= 0 && this.#firsts[at] === first; at--)
      if (this.#prefixes[at] === prefix) return at;
    return undefined;
  }

  #last(at: number): number | bigint {
    const hostBits = BITS[this.#family] - (this.#prefixes[at] as number);
    const first = this.#firsts[at] as number | bigint;
    return typeof first === 'number' ? first + 2 ** hostBits - 1 : first + (1n << BigInt(hostBits)) - 1n;
  }

  #entry(at: number): string {
    const first = BigInt(this.#firsts[at] as number | bigint);
    return formatRange({ family: this.#family, first, last: BigInt(this.#last(at)) });
  }
}

function family4(keys: readonly number[]): Family | undefined {
  if (keys.length === 0) return undefined;
  const sorted = Float64Array.from(new Set(keys)).sort();
  const firsts = sorted.map((key) => Math.floor(key / SHIFT_4));
  return new Family(
    4,
    firsts,
    Uint8Array.from(sorted, (key) => key % SHIFT_4),
  );
}

function family6(keys: readonly bigint[]): Family | undefined {
  if (keys.length === 0) return undefined;
  const sorted = [...new Set(keys)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const firsts = sorted.map((key) => key / SHIFT_6);
  return new Family(
    6,
    firsts,
    Uint8Array.from(sorted, (key) => Number(key % SHIFT_6)),
  );
}
