/**
 * How what has more members than one rule can hold is split. A value's hash decides its part, so a new one changes one part.
 */

import { cidrsOf, rangeOf } from '../indicators/address.ts';
import { NarrowColumn } from '../indicators/narrow-column.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Pass } from '../targets/definition.ts';
import { allInOrder } from './order.ts';
import { perSet } from './per-set.ts';
import { HASH_BITS, ValueHashes } from './value-hashes.ts';

/** How many bytes an indicator takes of `pack.bytes`: those of its value, at most, and one between it and the next. */
export function packedLength(set: IndicatorSet, index: number): number {
  const value = set.value(index);
  if (set.kind(index) === 'cidr' && value.includes('-')) return 1 + cidrsOf(rangeOf(value)).join(',').length;
  // Values are ASCII but for free text, where three bytes a UTF-16 unit is the most UTF-8 takes.
  return 1 + (/^[\x20-\x7e]*$/.test(value) ? value.length : value.length * 3);
}

/** The same of all indicators. */
export const packedLengths = perSet((set) => {
  const lengths = new NarrowColumn(set.size);
  for (const index of allInOrder(set)) lengths.set(index, packedLength(set, index));
  return lengths;
});

/** What is known of the hashes of values: they decide their parts for ever, whatever else is listed. */
const hashesOf = perSet(() => new ValueHashes());

/** Copies the hashes of the values that both sets have: `same` gives the index in the one by that in the other, or -1. */
export function inheritHashes(from: IndicatorSet, to: IndicatorSet, same: Int32Array): void {
  hashesOf(to).inherit(hashesOf(from), same);
}

/**
 * Halves members by the next bit of their hash until every part fits. Each part with the bits that its members have in common;
 * the whole has none.
 */
export function split(
  set: IndicatorSet,
  members: readonly number[],
  pack: Pass['pack'],
): [string, readonly number[]][] {
  if (!pack) return [['', members]];
  const fits = fitsIn(set, members, pack);
  if (fits(members)) return [['', members]];
  const hashes = hashesOf(set);
  for (const index of members) hashes.remember(set, index);
  const parts: [string, readonly number[]][] = [];
  const halve = (prefix: string, some: readonly number[]): void => {
    if (some.length <= 1 || prefix.length >= HASH_BITS || fits(some)) {
      if (some.length > 0) parts.push([prefix, some]);
      return;
    }
    const halves: [number[], number[]] = [[], []];
    for (const index of some) (halves[hashes.bit(index, prefix.length)] as number[]).push(index);
    halve(`${prefix}0`, halves[0]);
    halve(`${prefix}1`, halves[1]);
  };
  halve('', members);
  return parts;
}

/** Whether some of the members fit into one rule. */
function fitsIn(
  set: IndicatorSet,
  members: readonly number[],
  { count = Number.POSITIVE_INFINITY, bytes: most }: NonNullable<Pass['pack']>,
): (some: readonly number[]) => boolean {
  if (most === undefined) return (some) => some.length <= count;
  const lengths = new Map(members.map((index) => [index, packedLength(set, index)]));
  return (some) => {
    if (some.length > count) return false;
    let bytes = 0;
    for (const index of some) bytes += lengths.get(index) as number;
    return bytes <= most;
  };
}
