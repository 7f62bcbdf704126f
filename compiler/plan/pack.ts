/**
 * How what has more members than one rule can hold is split. A value's hash decides its part, so a new one changes one part.
 */

import { cidrsOf, rangeOf } from '../indicators/address.ts';
import { NarrowColumn } from '../indicators/narrow-column.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Pass } from '../targets/definition.ts';
import { allInOrder, type Members } from './order.ts';
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
export function split(set: IndicatorSet, members: Members, pack: Pass['pack']): [string, Members][] {
  if (!pack) return [['', members]];
  const fits = fitsIn(set, members, pack);
  if (fits(members)) return [['', members]];
  const hashes = hashesOf(set);
  for (const index of members) hashes.remember(set, index);
  const parts: [string, Members][] = [];
  const halve = (prefix: string, some: Members): void => {
    if (some.length <= 1 || prefix.length >= HASH_BITS || fits(some)) {
      if (some.length > 0) parts.push([prefix, some]);
      return;
    }
    const [zeros, ones] = halvesOf(hashes, some, prefix.length);
    halve(`${prefix}0`, zeros);
    halve(`${prefix}1`, ones);
  };
  halve('', members);
  return parts;
}

/** Members by a bit of their hash, in the order that they have. */
function halvesOf(hashes: ValueHashes, some: Members, bit: number): [Uint32Array, Uint32Array] {
  // Each is looked for once.
  const bits = new Uint8Array(some.length);
  let count = 0;
  for (let at = 0; at < some.length; at++) {
    bits[at] = hashes.bit(some[at] as number, bit);
    count += bits[at] as number;
  }
  const halves: [Uint32Array, Uint32Array] = [new Uint32Array(some.length - count), new Uint32Array(count)];
  let [zeros, ones] = [0, 0];
  for (let at = 0; at < some.length; at++) {
    if (bits[at] === 0) halves[0][zeros++] = some[at] as number;
    else halves[1][ones++] = some[at] as number;
  }
  return halves;
}

/** Whether some of the members fit into one rule. */
function fitsIn(
  set: IndicatorSet,
  members: Members,
  { count = Number.POSITIVE_INFINITY, bytes: most }: NonNullable<Pass['pack']>,
): (some: Members) => boolean {
  if (most === undefined) return (some) => some.length <= count;
  const lengths = new Map(Array.from(members, (index) => [index, packedLength(set, index)]));
  return (some) => {
    if (some.length > count) return false;
    let bytes = 0;
    for (const index of some) bytes += lengths.get(index) as number;
    return bytes <= most;
  };
}
