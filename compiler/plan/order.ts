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

/** Each address is read once, not at each comparison. */
function byRange(set: IndicatorSet, indicators: readonly number[]): number[] {
  const ranges = indicators.map((index) => ({ index, ...rangeOf(set.value(index)) }));
  return ranges.sort(compareRanges).map(({ index }) => index);
}

/** By family, then by the first address, then the narrower one. */
export function compareRanges(a: AddressRange, b: AddressRange): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.last < b.last ? -1 : a.last > b.last ? 1 : 0;
}
