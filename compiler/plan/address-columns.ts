/** All addresses and networks of a set as columns, in the order of their numbers. */

import { type AddressRange, rangeOf, readRange4 } from '../indicators/address.ts';
import { type IndicatorSet, kindCode } from '../indicators/set.ts';
import { orderOfNumbers } from './number-order.ts';
import { perSet } from './per-set.ts';

/** Ranges of addresses by their first one, the wider before the narrower; a row each. */
interface Ranges<T> {
  indexes: Uint32Array;
  firsts: T;
  lasts: T;
}

/** All addresses and networks of a set: IPv4 as numbers, since there may be a million. */
export interface AddressColumns {
  four: Ranges<Float64Array>;
  six: Ranges<readonly bigint[]>;
}

const [IP, CIDR] = [kindCode('ip'), kindCode('cidr')];
/** No address or network of IPv6 is longer, nor a range. */
const LONGEST = 2 * 'ffff:'.repeat(8).length;

/** The addresses and networks of a set. */
export const addressColumns = perSet(read, (columns, places) => {
  const moved = <T>(ranges: Ranges<T>) => ({
    ...ranges,
    indexes: ranges.indexes.map((index) => places[index] as number),
  });
  return { four: moved(columns.four), six: moved(columns.six) };
});

function read(set: IndicatorSet): AddressColumns {
  const four = new Rows4(countAddresses(set));
  const six: (AddressRange & { index: number })[] = [];
  const bytes = new Uint8Array(LONGEST);
  for (let index = 0; index < set.size; index++) {
    if (!isAddress(set, index)) continue;
    if (!four.add(index, bytes, set.copyValue(index, bytes, 0)))
      six.push({ index, ...rangeOf(set.value(index)) });
  }
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
  readonly #indexes: Uint32Array;
  readonly #firsts: Uint32Array;
  readonly #lasts: Uint32Array;
  readonly #range = { first: 0, last: 0 };
  #size = 0;

  /** There is room for so many. */
  constructor(most: number) {
    this.#indexes = new Uint32Array(most);
    this.#firsts = new Uint32Array(most);
    this.#lasts = new Uint32Array(most);
  }

  /** Adds the range that bytes up to an offset are. Tells whether it is one of IPv4. */
  add(index: number, bytes: Uint8Array, to: number): boolean {
    if (!readRange4(bytes, 0, to, this.#range)) return false;
    const row = this.#size++;
    this.#indexes[row] = index;
    this.#firsts[row] = this.#range.first;
    this.#lasts[row] = this.#range.last;
    return true;
  }

  sorted(): Ranges<Float64Array> {
    const size = this.#size;
    const order = this.#order();
    const rows = {
      indexes: new Uint32Array(size),
      firsts: new Float64Array(size),
      lasts: new Float64Array(size),
    };
    for (let row = 0; row < size; row++) {
      const from = order[row] as number;
      rows.indexes[row] = this.#indexes[from] as number;
      rows.firsts[row] = this.#firsts[from] as number;
      rows.lasts[row] = this.#lasts[from] as number;
    }
    return rows;
  }

  /** Rows by the first address, then the wider range. */
  #order(): Uint32Array {
    const [firsts, lasts] = [this.#firsts.subarray(0, this.#size), this.#lasts];
    const order = orderOfNumbers(firsts);
    for (let from = 0; from < order.length; ) {
      let to = from + 1;
      while (to < order.length && firsts[order[to] as number] === firsts[order[from] as number]) to++;
      if (to - from > 1) order.subarray(from, to).sort((a, b) => (lasts[b] as number) - (lasts[a] as number));
      from = to;
    }
    return order;
  }
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
