/** All addresses and networks of a set as columns, in the order of their numbers. */

import { type AddressRange, range4Of, rangeOf } from '../indicators/address.ts';
import { kindCode } from '../indicators/set.ts';
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
export const addressColumns = perSet((set): AddressColumns => {
  const indexes: number[] = [];
  const firsts: number[] = [];
  const lasts: number[] = [];
  const six: (AddressRange & { index: number })[] = [];
  for (let index = 0; index < set.size; index++) {
    if (!ADDRESSES.has(set.kindCode(index))) continue;
    const value = set.value(index);
    const four = range4Of(value);
    if (four) {
      indexes.push(index);
      firsts.push(four.first);
      lasts.push(four.last);
    } else six.push({ index, ...rangeOf(value) });
  }
  const rows = sortedRows(firsts, lasts);
  six.sort((a, b) => ascending(a.first, b.first) || ascending(b.last, a.last));
  return {
    four: {
      indexes: rows.map((row) => indexes[row] as number),
      firsts: Float64Array.from(rows, (row) => firsts[row] as number),
      lasts: Float64Array.from(rows, (row) => lasts[row] as number),
    },
    six: {
      indexes: Uint32Array.from(six, ({ index }) => index),
      firsts: six.map(({ first }) => first),
      lasts: six.map(({ last }) => last),
    },
  };
});

/** Row numbers by the first address, then the wider range. As many bits of the address as fit stand in a double before the number. */
function sortedRows(firsts: readonly number[], lasts: readonly number[]): Uint32Array {
  const places = 2 ** Math.max(1, Math.ceil(Math.log2(Math.max(1, firsts.length))));
  const unit = Math.max(1, (2 ** 32 * places) / 2 ** 53);
  const key = (row: number) => Math.floor((firsts[row] as number) / unit);
  const keys = Float64Array.from(firsts, (_, row) => key(row) * places + row).sort();
  const rows = Uint32Array.from(keys, (one) => one % places);
  for (let from = 0; from < rows.length; ) {
    let to = from + 1;
    while (to < rows.length && key(rows[to] as number) === key(rows[from] as number)) to++;
    if (to - from > 1)
      rows
        .subarray(from, to)
        .sort(
          (a, b) =>
            (firsts[a] as number) - (firsts[b] as number) || (lasts[b] as number) - (lasts[a] as number),
        );
    from = to;
  }
  return rows;
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
