/** The order of entries in every output: by kind, then by value; addresses by number. Never by place in a file. */

import { rangeOf } from '../indicators/address.ts';
import { KINDS } from '../indicators/kind.ts';
import type { IndicatorSet } from '../indicators/set.ts';

/** For `Array.prototype.sort`: the same whatever the locale and the order of the input. */
export function compareIndicators(set: IndicatorSet, a: number, b: number): number {
  const kindA = set.kind(a);
  const kindB = set.kind(b);
  if (kindA !== kindB) return KINDS.indexOf(kindA) - KINDS.indexOf(kindB);
  const valueA = set.value(a);
  const valueB = set.value(b);
  if (kindA === 'ip' || kindA === 'cidr') return compareRanges(valueA, valueB);
  return valueA < valueB ? -1 : valueA > valueB ? 1 : 0;
}

function compareRanges(valueA: string, valueB: string): number {
  const a = rangeOf(valueA);
  const b = rangeOf(valueB);
  if (a.family !== b.family) return a.family - b.family;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.last < b.last ? -1 : a.last > b.last ? 1 : 0;
}
