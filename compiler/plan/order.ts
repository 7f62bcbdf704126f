/** The order of entries in every output: by kind, then by value; addresses by number. Never by place in a file. */

import { type AddressRange, rangeOf } from '../indicators/address.ts';
import { KINDS } from '../indicators/kind.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import { perSet } from './per-set.ts';

/** What an indicator of kind `ip` or `cidr` stands for. */
export interface IndexedRange extends AddressRange {
  index: number;
}

/** Some indicators in an order, and the place of each in it, by index. */
interface Order {
  sorted: readonly number[];
  places: Uint32Array;
}

/** Indicators in the order of outputs, the same whatever the locale and the order of the input. */
export function inOrder(set: IndicatorSet, indicators: readonly number[]): number[] {
  return arranged(orderOfOutputs(set), indicators);
}

/** The ranges of addresses and networks: IPv4 first, then by the first address, then the wider one. */
export function rangesInOrder(set: IndicatorSet, indicators: readonly number[]): IndexedRange[] {
  return arranged(orderOfRanges(set), indicators).map((index) => rangeAt(set, index));
}

/** What an indicator of kind `ip` or `cidr` stands for. */
export function rangeAt(set: IndicatorSet, index: number): IndexedRange {
  return rangesOf(set).get(index) as IndexedRange;
}

/** Sorting numbers of places is many times faster than comparing values again for each pass. */
function arranged({ sorted, places }: Order, indicators: readonly number[]): number[] {
  const own = new Uint32Array(indicators.length);
  for (let at = 0; at < own.length; at++) own[at] = places[indicators[at] as number] as number;
  own.sort();
  return Array.from(own, (place) => sorted[place] as number);
}

function orderFrom(set: IndicatorSet, sorted: readonly number[]): Order {
  const places = new Uint32Array(set.size);
  for (let place = 0; place < sorted.length; place++) places[sorted[place] as number] = place;
  return { sorted, places };
}

const orderOfOutputs = perSet((set) => {
  const ranges = orderOfRanges(set).sorted;
  const sorted = KINDS.flatMap((kind) =>
    kind === 'ip' || kind === 'cidr'
      ? ranges.filter((index) => set.kind(index) === kind)
      : ofKind(set, kind).sort((a, b) => (set.value(a) < set.value(b) ? -1 : 1)),
  );
  return orderFrom(set, sorted);
});

const rangesOf = perSet((set) => {
  const indexes = [...ofKind(set, 'ip'), ...ofKind(set, 'cidr')];
  return new Map(
    indexes.map((index): [number, IndexedRange] => [index, { index, ...rangeOf(set.value(index)) }]),
  );
});

const orderOfRanges = perSet((set) => {
  const ranges = [...rangesOf(set).values()].sort(
    (a, b) => a.family - b.family || ascending(a.first, b.first) || ascending(b.last, a.last),
  );
  return orderFrom(
    set,
    ranges.map(({ index }) => index),
  );
});

function ofKind(set: IndicatorSet, kind: string): number[] {
  const indexes: number[] = [];
  for (let index = 0; index < set.size; index++) if (set.kind(index) === kind) indexes.push(index);
  return indexes;
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
