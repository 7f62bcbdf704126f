/** Which indicators share a rule: those with the same context, split when one rule cannot hold them. */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Context } from '../indicators/context.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Pass } from '../targets/definition.ts';

/** The members of one rule. */
export interface Group {
  context: Context;
  /** Which group of its pass this is, for the rule's key: reports, a digest of the context, the part when split. */
  key: string;
  /** Indicators, sorted. */
  members: readonly number[];
}

/** What a grouped rule says about all its members; those that differ in it cannot share a rule. */
function sharedContext(context: Context): string {
  const { reports, actors, status, severity, confidence, tlp, attack, tags, references } = context;
  return JSON.stringify([reports, actors, status, severity, confidence, tlp, attack, tags, references]);
}

function fits(set: IndicatorSet, members: readonly number[], pack: NonNullable<Pass['pack']>): boolean {
  if (pack.count !== undefined && members.length > pack.count) return false;
  if (pack.bytes === undefined) return true;
  let bytes = 0;
  // Values are ASCII but for free text, where three bytes a UTF-16 unit is the most UTF-8 takes.
  for (const index of members) bytes += 1 + asciiLength(set.value(index));
  return bytes <= pack.bytes;
}

function asciiLength(text: string): number {
  return /^[\x20-\x7e]*$/.test(text) ? text.length : text.length * 3;
}

/** The bits of a value's hash, first bit first: they decide its part for ever, whatever else is listed. */
function hashBits(text: string): string {
  return [...sha256(utf8ToBytes(text)).subarray(0, 8)]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
}

/** Halves members by the next bit of their hash until every part fits; so a new indicator changes one part. */
function split(
  set: IndicatorSet,
  members: readonly number[],
  pack: Pass['pack'],
  prefix: string,
): [string, readonly number[]][] {
  if (!pack || members.length <= 1 || prefix.length >= 64 || fits(set, members, pack))
    return [[prefix, members]];
  const sides: [number[], number[]] = [[], []];
  for (const index of members) {
    const bit = hashBits(`${set.kind(index)} ${set.value(index)}`)[prefix.length];
    sides[bit === '1' ? 1 : 0].push(index);
  }
  return sides.flatMap((side, bit) => (side.length > 0 ? split(set, side, pack, `${prefix}${bit}`) : []));
}

/** The groups of a pass, in the order of their keys; `members` must be sorted. */
export function groupByContext(set: IndicatorSet, members: readonly number[], pass: Pass): Group[] {
  const byContext = new Map<string, number[]>();
  for (const index of members) {
    const shared = sharedContext(set.context(index));
    const list = byContext.get(shared);
    if (list) list.push(index);
    else byContext.set(shared, [index]);
  }
  const groups: Group[] = [];
  for (const [shared, list] of byContext) {
    const context = set.context(list[0] as number);
    const reports = context.reports.join('+') || 'unreported';
    const digest = bytesToHex(sha256(utf8ToBytes(shared))).slice(0, 8);
    for (const [part, some] of split(set, list, pass.pack, '')) {
      groups.push({ context, key: `@${reports}/${digest}${part ? `/${part}` : ''}`, members: some });
    }
  }
  return groups.sort((a, b) => (a.key < b.key ? -1 : 1));
}
