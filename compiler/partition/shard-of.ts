/** Which part of a collection an indicator is in: its value alone decides, the same on every machine. */

import { getDomain } from 'tldts';
import { type AddressRange, rangeOf } from '../indicators/address.ts';
import type { Kind } from '../indicators/kind.ts';

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

/** The number of the part, from 1, of so many. The same indicator is in one part wherever and however often it is listed. */
export function shardOf(kind: Kind, value: string, of: number): number {
  return (hashOf(groupOf(kind, value)) % of) + 1;
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

/** FNV-1a over UTF-16 code units, its bits mixed as MurmurHash3 ends (both in the public domain). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
