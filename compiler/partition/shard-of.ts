/** Which part of a collection an indicator is in: its value alone decides, the same on every machine. */

import { getDomain } from 'tldts';
import { type AddressRange, rangeOf } from '../indicators/address.ts';
import { KINDS, type Kind, kindCode } from '../indicators/kind.ts';
import type { ValueBatch } from '../indicators/value-batch.ts';

/** One of several parts. */
export interface Shard {
  /** From 1. */
  number: number;
  of: number;
}

/** By the registries' suffixes alone: names below `github.io` stay with `github.io`. */
const REGISTERED = {
  allowPrivateDomains: false,
  extractHostname: false,
  validateHostname: false,
  detectIp: false,
} as const;

/** Addresses that share so many first bits are in one part. */
const PREFIX = { 4: 16n, 6: 32n } as const;
const BITS = { 4: 32n, 6: 128n } as const;
const [PREFIX4, REST4] = [Number(PREFIX[4]), Number(BITS[4] - PREFIX[4])];

const [IP, CIDR, DOMAIN] = [kindCode('ip'), kindCode('cidr'), kindCode('domain')];

const decoder = new TextDecoder();

/** The number of the part, from 1, of so many. The same indicator is in one part wherever and however often it is listed. */
export function shardOf(kind: Kind, value: string, of: number): number {
  return partOf(hashed(FIRST, groupOf(kind, value)), of);
}

/** The same of a value in a batch. */
export function shardAt(
  { bytes, codes, prefixes, addresses, starts, ends }: ValueBatch,
  at: number,
  of: number,
): number {
  const code = codes[at] as number;
  const prefix = prefixes[at] as number;
  const [start, end] = [starts[at] as number, ends[at] as number];
  if (prefix >= PREFIX4) return partOf(hashed(FIRST, `4 ${(addresses[at] as number) >>> REST4}`), of);
  if (prefix > 0) return partOf(hashedBytes(FIRST, bytes, start, end), of);
  if (code === DOMAIN || code === IP || code === CIDR)
    return shardOf(KINDS[code] as Kind, decoder.decode(bytes.subarray(start, end)), of);
  return partOf(hashedBytes(BEGUN[code] as number, bytes, start, end), of);
}

/**
 * What stays together, since one of it may cover another: the names of a registered domain, the addresses of a prefix. A
 * name that is a suffix itself and a network that is wider than a prefix stand alone.
 */
function groupOf(kind: Kind, value: string): string {
  switch (kind) {
    case 'domain':
      return getDomain(value, REGISTERED) ?? value;
    case 'ip':
    case 'cidr':
      return prefixOf(rangeOf(value)) ?? value;
    default:
      return `${kind} ${value}`;
  }
}

function prefixOf({ family, first, last }: AddressRange): string | undefined {
  const rest = BITS[family] - PREFIX[family];
  return first >> rest === last >> rest ? `${family} ${first >> rest}` : undefined;
}

/** FNV-1a over UTF-16 code units (in the public domain). */
const FIRST = 0x811c9dc5;
const PRIME = 0x01000193;

/** By the code of a kind, the hash of what stands before the value. */
const BEGUN = KINDS.map((kind) => hashed(FIRST, `${kind} `));

/** A hash that goes on with a text. */
function hashed(begun: number, text: string): number {
  let hash = begun;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
  return hash;
}

/** A hash that goes on with ASCII. */
function hashedBytes(begun: number, bytes: Uint8Array, start: number, end: number): number {
  let hash = begun;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), PRIME);
  return hash;
}

/** The part that a hash leads to, its bits mixed as MurmurHash3 ends (in the public domain). */
function partOf(hash: number, of: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (((mixed ^ (mixed >>> 16)) >>> 0) % of) + 1;
}
