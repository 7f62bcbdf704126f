/** Addresses and networks as disjoint intervals, for targets whose sets refuse overlaps. */

import { type AddressRange, formatRange, formatRange4 } from '../indicators/address.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import { type AddressColumns, addressColumns } from './address-columns.ts';
import type { Members } from './order.ts';

/** A run of listed addresses and of nothing else. */
export interface Interval extends AddressRange {
  /** The interval as text: an address, a network, or `first-last`. */
  value: string;
}

/** Intervals by family and address: IPv4 as numbers, since there may be a million. */
export class Intervals {
  readonly length: number;
  /** Those of IPv4, as numbers. */
  readonly four: { firsts: Uint32Array; lasts: Uint32Array };
  /** Those of IPv6. */
  readonly six: readonly AddressRange[];

  constructor(firsts: Uint32Array, lasts: Uint32Array, six: readonly AddressRange[]) {
    this.four = { firsts, lasts };
    this.six = six;
    this.length = firsts.length + six.length;
  }

  /** How many IPv4 addresses they hold. */
  get ipv4(): number {
    const { firsts, lasts } = this.four;
    return firsts.reduce((sum, first, row) => sum + (lasts[row] as number) - first + 1, 0);
  }

  at(place: number): Interval {
    const { firsts, lasts } = this.four;
    if (place >= firsts.length) return intervalOf(this.six[place - firsts.length] as AddressRange);
    return new Interval4(firsts[place] as number, lasts[place] as number);
  }
}

/** Of IPv4: most are asked for their text alone, and large numbers are slow. */
class Interval4 implements Interval {
  readonly family = 4;
  readonly value: string;
  readonly #first: number;
  readonly #last: number;

  constructor(first: number, last: number) {
    this.#first = first;
    this.#last = last;
    this.value = formatRange4(first, last);
  }

  get first(): bigint {
    return BigInt(this.#first);
  }
  get last(): bigint {
    return BigInt(this.#last);
  }
}

function intervalOf(range: AddressRange): Interval {
  return { ...range, value: formatRange(range) };
}

/** The listed addresses as the fewest intervals, by family and address. */
export function mergeIntervals(set: IndicatorSet, ...lists: Members[]): Intervals {
  const listed = new Uint8Array(set.size);
  for (const members of lists) for (let at = 0; at < members.length; at++) listed[members[at] as number] = 1;
  const { four, six } = addressColumns(set);
  const firsts = new Uint32Array(four.firsts.length);
  const lasts = new Uint32Array(four.firsts.length);
  let count = 0;
  for (let row = 0; row < four.firsts.length; row++) {
    if (listed[four.indexes[row] as number] === 0) continue;
    const [first, last] = [four.firsts[row] as number, four.lasts[row] as number];
    if (count > 0 && first <= (lasts[count - 1] as number) + 1) {
      if (last > (lasts[count - 1] as number)) lasts[count - 1] = last;
    } else {
      firsts[count] = first;
      lasts[count++] = last;
    }
  }
  return new Intervals(cut(firsts, count), cut(lasts, count), mergeSix(six, listed));
}

/** The first numbers: copied where that frees most of the memory. */
function cut(numbers: Uint32Array, count: number): Uint32Array {
  return count * 2 < numbers.length ? numbers.slice(0, count) : numbers.subarray(0, count);
}

function mergeSix({ indexes, firsts, lasts }: AddressColumns['six'], listed: Uint8Array): AddressRange[] {
  const merged: AddressRange[] = [];
  for (let row = 0; row < indexes.length; row++) {
    if (listed[indexes[row] as number] === 0) continue;
    const [first, last] = [firsts[row] as bigint, lasts[row] as bigint];
    const before = merged.at(-1);
    if (!before || first > before.last + 1n) merged.push({ family: 6, first, last });
    else if (last > before.last) before.last = last;
  }
  return merged;
}
