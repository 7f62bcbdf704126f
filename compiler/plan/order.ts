/** The order of entries in every output: by kind, then by value; addresses by number. Never by place in a file. */

import { type AddressRange, rangeOf } from '../indicators/address.ts';
import { KINDS, type Kind } from '../indicators/kind.ts';
import { type IndicatorSet, kindCode } from '../indicators/set.ts';
import { perSet } from './per-set.ts';
import { sortedByText } from './sort-texts.ts';

/** What an indicator of kind `ip` or `cidr` stands for. */
export interface IndexedRange extends AddressRange {
  index: number;
}

/** Some indicators, by index. */
export type Members = Iterable<number> & ArrayLike<number>;

/** Some indicators in an order, and the place of each in it, by index. */
interface Order {
  sorted: Uint32Array;
  places: Uint32Array;
}

/** IPv4 ranges as numbers, by their first address, the wider before the narrower; a row each. */
export interface Ranges4 {
  indexes: Uint32Array;
  firsts: Float64Array;
  lasts: Float64Array;
}

/** The ranges of a set: IPv4 in rows, of IPv6 what each stands for, in order; `order` has those before these. */
interface Ranges {
  four: Ranges4;
  six: readonly IndexedRange[];
  order: Order;
}

/** Indicators in the order of outputs, the same whatever the locale and the order of the input. */
export function inOrder(set: IndicatorSet, indicators: Members): Uint32Array {
  return arranged(orderOfOutputs(set), indicators);
}

/** So few values fit into the nearest memory whatever their order. */
const FEW = 20_000;

/** Lets the values of a large set stand in the order of outputs: every pass asks for them in it. */
export function arrangeForOutputs(set: IndicatorSet): void {
  if (set.size > FEW) set.arrangeValues(orderOfOutputs(set).sorted);
}

/** The indicators of a kind in the order of outputs. */
export function kindInOrder(set: IndicatorSet, kind: Kind): Uint32Array {
  const { sorted, firsts } = orderOfOutputs(set);
  const code = kindCode(kind);
  return sorted.subarray(firsts[code], firsts[code + 1]);
}

/** The ranges of addresses and networks: IPv4 first, then by the first address, then the wider one. */
export function rangesInOrder(set: IndicatorSet, indicators: Members): IndexedRange[] {
  return Array.from(arranged(rangesOf(set).order, indicators), (index) => rangeAt(set, index));
}

/** All addresses and networks of the set as columns, each in order: IPv4 as numbers, IPv6 as ranges. */
export function addressColumns(set: IndicatorSet): { four: Ranges4; six: readonly IndexedRange[] } {
  return rangesOf(set);
}

/** What an indicator of kind `ip` or `cidr` stands for. */
export function rangeAt(set: IndicatorSet, index: number): IndexedRange {
  const { four, six, order } = rangesOf(set);
  const row = order.places[index] as number;
  if (row >= four.indexes.length) return six[row - four.indexes.length] as IndexedRange;
  const [first, last] = [BigInt(four.firsts[row] as number), BigInt(four.lasts[row] as number)];
  return { index, family: 4, first, last };
}

/** Sorting numbers of places is many times faster than comparing values again for each pass. */
function arranged(order: Order, indicators: Members): Uint32Array {
  const own = placesOf(order, indicators);
  for (let at = 0; at < own.length; at++) own[at] = order.sorted[own[at] as number] as number;
  return own;
}

/** Sorted. */
function placesOf({ places }: Order, indicators: Members): Uint32Array {
  const own = new Uint32Array(indicators.length);
  for (let at = 0; at < own.length; at++) own[at] = places[indicators[at] as number] as number;
  return own.sort();
}

function orderFrom(set: IndicatorSet, sorted: Uint32Array): Order {
  const places = new Uint32Array(set.size);
  for (let place = 0; place < sorted.length; place++) places[sorted[place] as number] = place;
  return { sorted, places };
}

const orderOfOutputs = perSet((set) => {
  const sorted = new Uint32Array(set.size);
  const firsts = [0];
  for (const kind of KINDS) {
    const own = sortedOfKind(set, kind);
    const filled = firsts.at(-1) as number;
    sorted.set(own, filled);
    firsts.push(filled + own.length);
  }
  // Where each kind begins, by its number, and where the last one ends.
  return { ...orderFrom(set, sorted), firsts };
});

function sortedOfKind(set: IndicatorSet, kind: Kind): Uint32Array {
  if (kind === 'ip' || kind === 'cidr') {
    const code = kindCode(kind);
    return rangesOf(set).order.sorted.filter((index) => set.kindCode(index) === code);
  }
  const own = ofKind(set, kind);
  const order = sortedByText(own.length, (number) => set.value(own[number] as number));
  return order.map((number) => own[number] as number);
}

const rangesOf = perSet((set): Ranges => {
  const own: number[] = [];
  const firsts: number[] = [];
  const lasts: number[] = [];
  const six: IndexedRange[] = [];
  for (const kind of ['ip', 'cidr'] as const) {
    for (const index of ofKind(set, kind)) {
      const { family, first, last } = rangeOf(set.value(index));
      if (family === 6) six.push({ index, family, first, last });
      else {
        own.push(index);
        firsts.push(Number(first));
        lasts.push(Number(last));
      }
    }
  }
  const rows = sortedRows(firsts, lasts);
  const four = {
    indexes: rows.map((row) => own[row] as number),
    firsts: Float64Array.from(rows, (row) => firsts[row] as number),
    lasts: Float64Array.from(rows, (row) => lasts[row] as number),
  };
  six.sort((a, b) => ascending(a.first, b.first) || ascending(b.last, a.last));
  const order = orderFrom(set, Uint32Array.from([...four.indexes, ...six.map(({ index }) => index)]));
  return { four, six, order };
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

function ofKind(set: IndicatorSet, kind: Kind): Uint32Array {
  const code = kindCode(kind);
  let count = 0;
  for (let index = 0; index < set.size; index++) if (set.kindCode(index) === code) count++;
  const own = new Uint32Array(count);
  for (let index = 0, at = 0; at < count; index++) if (set.kindCode(index) === code) own[at++] = index;
  return own;
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
