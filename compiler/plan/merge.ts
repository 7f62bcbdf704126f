/** Addresses and networks as disjoint intervals, for targets whose sets refuse overlaps. */

import { type AddressRange, formatRange, mergeRanges } from '../indicators/address.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import { rangeAt } from './order.ts';

/** A run of listed addresses and of nothing else. */
export interface Interval extends AddressRange {
  /** The interval as text: an address, a network, or `first-last`. */
  value: string;
}

/** The listed addresses as the fewest intervals, by family and address. */
export function mergeIntervals(set: IndicatorSet, members: readonly number[]): Interval[] {
  const ranges = members.map((index) => rangeAt(set, index));
  return mergeRanges(ranges).map((range) => ({ ...range, value: formatRange(range) }));
}
