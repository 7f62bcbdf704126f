/** All addresses and networks of a set as columns, in the order of their numbers. */

import { type AddressRange, lastOf4, range4Of, rangeOf } from '../indicators/address.ts';
import { kindCode } from '../indicators/kind.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import { inOrder } from './number-order.ts';
import { perSet } from './per-set.ts';

/** Ranges of addresses by their first one, the wider before the narrower; a row each. */
interface Ranges<T> {
  indexes: Uint32Array;
  firsts: T;
  lasts: T;
}

/** All addresses and networks of a set: IPv4 as numbers, since there may be a million. */
export interface AddressColumns {
  four: Ranges<Uint32Array>;
  six: Ranges<readonly bigint[]>;
}

const [IP, CIDR] = [kindCode('ip'), kindCode('cidr')];

/** The addresses and networks of a set. */
export const addressColumns = perSet(read, (columns, places) => {
  const moved = <T>(ranges: Ranges<T>) => ({
    ...ranges,
    indexes: ranges.indexes.map((index) => places[index] as number),
  });
  return { four: moved(columns.four), six: moved(columns.six) };
});

function read(set: IndicatorSet): AddressColumns {
  const four = new Rows4(set);
  const six: (AddressRange & { index: number })[] = [];
  for (let index = 0; index < set.size; index++)
    if (isAddress(set, index) && !four.add(index)) six.push({ index, ...rangeOf(set.value(index)) });
  six.sort((a, b) => ascending(a.first, b.first) || ascending(b.last, a.last));
  return {
    four: four.sorted(),
    six: {
      indexes: Uint32Array.from(six, ({ index }) => index),
      firsts: six.map(({ first }) => first),
      lasts: six.map(({ last }) => last),
    },
  };
}

function isAddress(set: IndicatorSet, index: number): boolean {
  const code = set.kindCode(index);
  return code === IP || code === CIDR;
}

function countAddresses(set: IndicatorSet): number {
  let count = 0;
  for (let index = 0; index < set.size; index++) if (isAddress(set, index)) count++;
  return count;
}

/** IPv4 ranges in the making. */
class Rows4 {
  readonly #set: IndicatorSet;
  readonly #indexes: Uint32Array;
  readonly #firsts: Uint32Array;
  /** By index, the last addresses of what is neither an address nor a network. */
  readonly #lasts = new Map<number, number>();
  #size = 0;

  constructor(set: IndicatorSet) {
    const most = countAddresses(set);
    this.#set = set;
    this.#indexes = new Uint32Array(most);
    this.#firsts = new Uint32Array(most);
  }

  /** Adds an indicator. Tells whether it is one of IPv4. */
  add(index: number): boolean {
    const set = this.#set;
    const isNetwork = set.prefix4(index) > 0;
    const range = isNetwork ? undefined : range4Of(set.value(index));
    if (!isNetwork && !range) return false;
    const row = this.#size++;
    this.#indexes[row] = index;
    this.#firsts[row] = range ? range.first : set.address4(index);
    if (range) this.#lasts.set(index, range.last);
    return true;
  }

  sorted(): Ranges<Uint32Array> {
    const { numbers: firsts, beside: indexes } = inOrder({
      numbers: this.#firsts.subarray(0, this.#size),
      beside: this.#indexes.subarray(0, this.#size),
    });
    this.#sortEqual(firsts, indexes);
    const lasts = new Uint32Array(firsts.length);
    for (let row = 0; row < lasts.length; row++) lasts[row] = this.#lastOf(indexes[row] as number);
    return { indexes, firsts, lasts };
  }

  /** Of ranges that begin alike, the wider before the narrower. */
  #sortEqual(firsts: Uint32Array, indexes: Uint32Array): void {
    for (let from = 0; from < firsts.length; ) {
      let to = from + 1;
      while (to < firsts.length && firsts[to] === firsts[from]) to++;
      if (to - from > 1) indexes.subarray(from, to).sort((a, b) => this.#lastOf(b) - this.#lastOf(a));
      from = to;
    }
  }

  #lastOf(index: number): number {
    const prefix = this.#set.prefix4(index);
    return prefix > 0 ? lastOf4(this.#set.address4(index), prefix) : (this.#lasts.get(index) as number);
  }
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
