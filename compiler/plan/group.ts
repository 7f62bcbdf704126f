/** Which indicators share a rule: those with the same context, split when one rule cannot hold them. */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { cidrsOf, rangeOf } from '../indicators/address.ts';
import type { Context } from '../indicators/context.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Pass } from '../targets/definition.ts';

/** The members of one rule. */
export interface Group {
  context: Context;
  /** Which group of its pass this is, for the rule's key: reports, a digest of the context, the part when split. */
  key: string;
  /** The key without its reports, for file names: the same in all passes that group and split alike. */
  id: string;
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
  for (const index of members) bytes += packedLength(set, index);
  return bytes <= pack.bytes;
}

/** How many bytes an indicator takes of `pack.bytes`: those of its value, at most, and one between it and the next. */
export function packedLength(set: IndicatorSet, index: number): number {
  const value = set.value(index);
  if (set.kind(index) === 'cidr' && value.includes('-')) return 1 + cidrsOf(rangeOf(value)).join(',').length;
  // Values are ASCII but for free text, where three bytes a UTF-16 unit is the most UTF-8 takes.
  return 1 + (/^[\x20-\x7e]*$/.test(value) ? value.length : value.length * 3);
}

/** The first bits of a value's hash, as digits: they decide its part for ever, whatever else is listed. */
function hashBits(set: IndicatorSet, index: number): string {
  const hash = sha256(utf8ToBytes(`${set.kind(index)} ${set.value(index)}`));
  return Array.from(hash.subarray(0, 8), (byte) => byte.toString(2).padStart(8, '0')).join('');
}

/** Halves members by the next bit of their hash until every part fits; so a new indicator changes one part. */
function split(
  set: IndicatorSet,
  members: readonly number[],
  pack: Pass['pack'],
): [string, readonly number[]][] {
  if (!pack || fits(set, members, pack)) return [['', members]];
  const bits = new Map(members.map((index) => [index, hashBits(set, index)]));
  const halve = (prefix: string, some: readonly number[]): [string, readonly number[]][] => {
    if (some.length <= 1 || prefix.length >= 64 || fits(set, some, pack)) return [[prefix, some]];
    return ['0', '1'].flatMap((bit) => {
      const half = some.filter((index) => bits.get(index)?.[prefix.length] === bit);
      return half.length > 0 ? halve(prefix + bit, half) : [];
    });
  };
  return halve('', members);
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
    const digest = bytesToHex(sha256(utf8ToBytes(shared))).slice(0, 12);
    for (const [part, some] of split(set, list, pass.pack)) {
      const key = `@${reports}/${digest}${part && `/${part}`}`;
      groups.push({ context, key, id: `${digest}${part && `-${part}`}`, members: some });
    }
  }
  return groups.sort((a, b) => (a.key < b.key ? -1 : 1));
}
