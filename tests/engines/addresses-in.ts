/** The addresses that files of packet filters list, ours and those of other programs. */

import { cidrsOf, mergeRanges, rangeOf } from '../../compiler/indicators/address.ts';

/** An address, a network or a range, in canonical form. */
const V4 = String.raw`\d{1,3}(?:\.\d{1,3}){3}`;
const V6 = '[0-9a-f]{0,4}:[0-9a-f:]+';
const LISTED = new RegExp(`(?<![\\w.:/])(?:${V4}(?:-${V4}|/\\d+)?|${V6}(?:-${V6}|/\\d+)?)(?![\\w.:/-])`, 'g');

/** All that stand in a text. */
export function addressesIn(text: string): string[] {
  return text.match(LISTED) ?? [];
}

/** The same addresses as the fewest networks, in order. */
export function merged(listed: readonly string[]): string[] {
  return mergeRanges(listed.map(rangeOf)).flatMap(cidrsOf);
}

/** How many addresses there are, each counted once. */
export function sizeOf(listed: readonly string[]): bigint {
  return mergeRanges(listed.map(rangeOf)).reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
}
