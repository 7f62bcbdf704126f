/** All addresses and networks of a set as columns, in the order of their numbers. */

import { type AddressRange, BITS, range4Of, rangeOf } from '../indicators/address.ts';
import { kindCode } from '../indicators/kind.ts';
import { lastOf4 } from '../indicators/network4.ts';
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
  const four = new Rows4(set.size);
  const six: (AddressRange & { index: number })[] = [];
  for (let index = 0; index < set.size; index++) {
    const code = set.kindCode(index);
    if ((code === IP || code === CIDR) && !four.add(set, index))
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

/** Beside the first address of a wide range stands its row among those, with this added: no set has so many indicators. */
const WIDE = 2 ** 31;

/** IPv4 ranges in the making. */
class Rows4 {
  /** Lone addresses. */
  readonly #lone: Ranges<Uint32Array>;
  #lones = 0;
  /** Ranges of several addresses. */
  readonly #wide: Ranges<Uint32Array>;
  #wides = 0;

  /** There is room for so many. */
  constructor(most: number) {
    this.#lone = rows(most);
    this.#wide = rows(most);
  }

  /** Adds an indicator. Tells whether it is one of IPv4. */
  add(set: IndicatorSet, index: number): boolean {
    const prefix = set.prefix4(index);
    if (prefix === BITS[4]) {
      const row = this.#lones++;
      this.#lone.indexes[row] = index;
      this.#lone.firsts[row] = set.address4(index);
      return true;
    }
    const first = set.address4(index);
    const range = prefix > 0 ? { first, last: lastOf4(first, prefix) } : range4Of(set.value(index));
    if (!range) return false;
    const row = this.#wides++;
    this.#wide.indexes[row] = index;
    this.#wide.firsts[row] = range.first;
    this.#wide.lasts[row] = range.last;
    return true;
  }

  sorted(): Ranges<Uint32Array> {
    const [wides, size] = [this.#wides, this.#wides + this.#lones];
    const wide = this.#wide;
    const all = { numbers: new Uint32Array(size), beside: new Uint32Array(size) };
    // The wider first: of equal numbers the order stays as it is.
    const order = this.#widest();
    for (let row = 0; row < wides; row++) {
      const from = order[row] as number;
      all.numbers[row] = wide.firsts[from] as number;
      all.beside[row] = from + WIDE;
    }
    all.numbers.set(this.#lone.firsts.subarray(0, this.#lones), wides);
    all.beside.set(this.#lone.indexes.subarray(0, this.#lones), wides);
    const { numbers: firsts, beside: indexes } = inOrder(all);
    const lasts = firsts.slice();
    for (let row = 0; row < size; row++) {
      const beside = indexes[row] as number;
      if (beside < WIDE) continue;
      indexes[row] = wide.indexes[beside - WIDE] as number;
      lasts[row] = wide.lasts[beside - WIDE] as number;
    }
    return { indexes, firsts, lasts };
  }

  /** The rows of wide ranges, the widest first. */
  #widest(): Uint32Array {
    const { firsts, lasts } = this.#wide;
    const numbers = new Uint32Array(this.#wides);
    const beside = new Uint32Array(this.#wides);
    for (let row = 0; row < numbers.length; row++) {
      numbers[row] = ~((lasts[row] as number) - (firsts[row] as number));
      beside[row] = row;
    }
    return inOrder({ numbers, beside }).beside;
  }
}

/** No memory is taken before it is written. */
function rows(size: number): Ranges<Uint32Array> {
  return { indexes: new Uint32Array(size), firsts: new Uint32Array(size), lasts: new Uint32Array(size) };
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
