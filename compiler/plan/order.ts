/** The order of entries in every output: by kind, then by value; addresses by number. Never by place in a file. */

import { type AddressRange, rangeOf } from '../indicators/address.ts';
import { KINDS, type Kind } from '../indicators/kind.ts';
import type { IndicatorSet } from '../indicators/set.ts';

/** Indicators in the order of outputs, the same whatever the locale and the order of the input. */
export function inOrder(set: IndicatorSet, indicators: readonly number[]): number[] {
  const byKind = new Map<Kind, number[]>();
  for (const index of indicators) {
    const list = byKind.get(set.kind(index));
    if (list) list.push(index);
    else byKind.set(set.kind(index), [index]);
  }
  return KINDS.flatMap((kind) => {
    const list = byKind.get(kind) ?? [];
    return kind === 'ip' || kind === 'cidr' ? byRange(set, list) : byValue(set, list);
  });
}

function byValue(set: IndicatorSet, indicators: number[]): number[] {
  return indicators.sort((a, b) => (set.value(a) < set.value(b) ? -1 : 1));
}

/** What an indicator of kind `ip` or `cidr` stands for. */
export interface IndexedRange extends AddressRange {
  index: number;
}

function byRange(set: IndicatorSet, indicators: readonly number[]): number[] {
  return rangesInOrder(set, indicators).map(({ index }) => index);
}

/** The ranges of addresses and networks: IPv4 first, then by the first address, then the wider one. */
export function rangesInOrder(set: IndicatorSet, indicators: readonly number[]): IndexedRange[] {
  const ranges = indicators.map((index) => ({ index, ...rangeOf(set.value(index)) }));
  return ranges.sort(
    (a, b) => a.family - b.family || ascending(a.first, b.first) || ascending(b.last, a.last),
  );
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
