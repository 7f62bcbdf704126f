/** Which indicators share a rule: those with the same context, split when one rule cannot hold them. */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { cidrsOf, rangeOf } from '../indicators/address.ts';
import type { Context } from '../indicators/context.ts';
import { NarrowColumn } from '../indicators/narrow-column.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Pass } from '../targets/definition.ts';
import { allInOrder, type Members } from './order.ts';
import { perSet } from './per-set.ts';

/** The members of one rule. */
export interface Group {
  context: Context;
  /** Which group of its pass this is, for the rule's key: reports, a digest of the context, the part when split. */
  key: string;
  /** The key without its reports, for file names: the same in all passes that group and split alike. */
  id: string;
  /** How many labels its names have, in a pass that is split by them. */
  labels?: number;
  /** Indicators, sorted. */
  members: readonly number[];
}

/** By context, which is one object for many indicators. */
const sharedContexts = new WeakMap<Context, string>();

/** What a grouped rule says about all its members; those that differ in it cannot share a rule. */
function sharedContext(context: Context): string {
  let shared = sharedContexts.get(context);
  if (shared === undefined) {
    const { reports, actors, status, severity, confidence, tlp, attack, tags, references } = context;
    shared = JSON.stringify([reports, actors, status, severity, confidence, tlp, attack, tags, references]);
    sharedContexts.set(context, shared);
  }
  return shared;
}

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

/** How many bits of a value's hash decide its part. */
const HASH_BITS = 64;

/** The first bits of the hash of every value that was asked for, in two words each; two zeros where none was. */
const hashesOf = perSet((set) => new Uint32Array(set.size * 2));

/** Writes down the first bits of a value's hash: they decide its part for ever, whatever else is listed. */
function rememberHash(hashes: Uint32Array, set: IndicatorSet, index: number): void {
  if (hashes[index * 2] !== 0 || hashes[index * 2 + 1] !== 0) return;
  const { buffer, byteOffset } = sha256(utf8ToBytes(`${set.kind(index)} ${set.value(index)}`));
  const words = new DataView(buffer, byteOffset);
  hashes[index * 2] = words.getUint32(0);
  hashes[index * 2 + 1] = words.getUint32(4);
}

function bitOf(hashes: Uint32Array, index: number, bit: number): number {
  return ((hashes[index * 2 + (bit >> 5)] as number) >>> (31 - (bit & 31))) & 1;
}

/** Halves members by the next bit of their hash until every part fits; so a new indicator changes one part. */
function split(
  set: IndicatorSet,
  members: readonly number[],
  pack: Pass['pack'],
): [string, readonly number[]][] {
  if (!pack) return [['', members]];
  const fits = fitsIn(set, members, pack);
  if (fits(members)) return [['', members]];
  const hashes = hashesOf(set);
  for (const index of members) rememberHash(hashes, set, index);
  const parts: [string, readonly number[]][] = [];
  const halve = (prefix: string, some: readonly number[]): void => {
    if (some.length <= 1 || prefix.length >= HASH_BITS || fits(some)) {
      if (some.length > 0) parts.push([prefix, some]);
      return;
    }
    const halves: [number[], number[]] = [[], []];
    for (const index of some) (halves[bitOf(hashes, index, prefix.length)] as number[]).push(index);
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

/** Members by what their rule says of all of them. */
function membersByContext(set: IndicatorSet, members: Members): Map<string, number[]> {
  const byContext = new Map<string, number[]>();
  // Contexts come in any order, and many say the same: a number is found faster than all that is said.
  const byNumber = new Map<number, number[]>();
  for (let at = 0; at < members.length; at++) {
    const index = members[at] as number;
    const number = set.contextId(index);
    let list = byNumber.get(number);
    if (!list) {
      const shared = sharedContext(set.context(index));
      list = byContext.get(shared) ?? [];
      byContext.set(shared, list);
      byNumber.set(number, list);
    }
    list.push(index);
  }
  return byContext;
}

/** The groups of a pass, in the order of their keys; `members` must be sorted. */
export function groupByContext(set: IndicatorSet, members: Members, pass: Pass): Group[] {
  const byContext = membersByContext(set, members);
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
