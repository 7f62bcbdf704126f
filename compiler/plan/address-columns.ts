/** All addresses and networks of a set as columns, in the order of their numbers. */

import { type AddressRange, range4Of, rangeOf } from '../indicators/address.ts';
import { type IndicatorSet, kindCode } from '../indicators/set.ts';
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

const ADDRESSES: ReadonlySet<number> = new Set((['ip', 'cidr'] as const).map(kindCode));

/** The addresses and networks of a set. */
export const addressColumns = perSet(read, (columns, places) => {
  const moved = <T>(ranges: Ranges<T>) => ({
    ...ranges,
    indexes: ranges.indexes.map((index) => places[index] as number),
  });
  return { four: moved(columns.four), six: moved(columns.six) };
});

function read(set: IndicatorSet): AddressColumns {
  const four = new Rows4();
  const six: (AddressRange & { index: number })[] = [];
  for (let index = 0; index < set.size; index++) {
    if (!ADDRESSES.has(set.kindCode(index))) continue;
    const value = set.value(index);
    const range = range4Of(value);
    if (range) four.add(index, range.first, range.last);
    else six.push({ index, ...rangeOf(value) });
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

/** IPv4 ranges in the making. */
class Rows4 {
  readonly #indexes: number[] = [];
  readonly #firsts: number[] = [];
  readonly #lasts: number[] = [];

  add(index: number, first: number, last: number): void {
    this.#indexes.push(index);
    this.#firsts.push(first);
    this.#lasts.push(last);
  }

  sorted(): Ranges<Float64Array> {
    const size = this.#indexes.length;
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

  /** Rows by the first address, then the wider range. As many bits of the address as fit stand in a double before the row. */
  #order(): Float64Array {
    const [firsts, lasts] = [this.#firsts, this.#lasts];
    const size = firsts.length;
    const places = 2 ** Math.max(1, Math.ceil(Math.log2(Math.max(1, size))));
    const unit = Math.max(1, (2 ** 32 * places) / 2 ** 53);
    const key = (row: number) => Math.floor((firsts[row] as number) / unit);
    const order = new Float64Array(size);
    for (let row = 0; row < size; row++) order[row] = key(row) * places + row;
    order.sort();
    for (let at = 0; at < size; at++) order[at] = (order[at] as number) % places;
    for (let from = 0; from < size; ) {
      let to = from + 1;
      while (to < size && key(order[to] as number) === key(order[from] as number)) to++;
      if (to - from > 1)
        order
          .subarray(from, to)
          .sort(
            (a, b) =>
              (firsts[a] as number) - (firsts[b] as number) || (lasts[b] as number) - (lasts[a] as number),
          );
      from = to;
    }
    return order;
  }
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
