/**
 * Sids: numbers of a range that are derived from rules' keys. What was given once is kept, and is never given to another
 * key. Two branches may give one number to two keys, each without knowing of the other: which of them keeps it after a
 * merge is decided by the keys and the range alone, so every clone decides alike, whichever branch was merged into which.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { TakenSids } from './taken-sids.ts';

/** What the lock says of the numbers of one key. */
export interface LockedSid {
  /** Undefined for a rule that gave its number up while it was retired. */
  sid: number | undefined;
  /** Numbers that it had before. */
  former: readonly number[];
}

/** The rules of one target that need sids. */
export interface SidRequest {
  publisherId: string;
  /** All keys that need a sid. */
  keys: readonly string[];
  /** First and last number that may be given. */
  range: readonly [number, number];
  /** By key, those of retired rules too. A number outside the range is given up. */
  locked: ReadonlyMap<string, LockedSid>;
}

/** Who has which sid. */
export interface Sids {
  /** Of every key that needs one. */
  sids: ReadonlyMap<string, number>;
  /** Keys that share their locked number with another, which keeps it: theirs is given up. To the keys that keep it. */
  lost: ReadonlyMap<string, string>;
}

/** Bytes of a hash that make one place in the range. */
const PLACE_BYTES = 6;
/** Places that a key has of its own before it takes the next free number: as many as one SHA-256 gives. */
const PLACES = 5;

/**
 * A sid for every key. In this order: the locked number; a former number of the key that is in the range and that no other
 * key ever had; the key's home, of several keys with one home the first; the first free of its further places, key by key.
 * The order of the input does not matter. Returns undefined when the range is full.
 */
export function assignSids(request: SidRequest): Sids | undefined {
  const live = new Set(request.keys);
  const holders = holdersOf(request, live);
  const taken = takenOf(request);
  const sids = new Map<string, number>();
  const pending: string[] = [];
  for (const key of live) {
    const sid = request.locked.get(key)?.sid;
    if (sid !== undefined && holders.get(sid) === key) sids.set(key, sid);
    else pending.push(key);
  }
  const displaced: [key: string, hash: Uint8Array][] = [];
  const own = ownFormerSids(request);
  for (const key of pending.sort()) {
    const hash = hashOf(request, key);
    const sid = own.get(key) ?? placeIn(request.range, hash, 0);
    if (!own.has(key) && taken.has(sid)) displaced.push([key, hash]);
    else sids.set(key, taken.add(sid));
  }
  for (const [key, hash] of displaced) {
    if (taken.full) return undefined;
    sids.set(key, taken.add(freePlace(request.range, hash, taken)));
  }
  return { sids, lost: lostOf(request, holders) };
}

function hashOf({ publisherId }: SidRequest, key: string): Uint8Array {
  return sha256(utf8ToBytes(`${publisherId} ${key}`));
}

/** A place of a key in the range, by its hash: 48 bits, modulo the size of the range. The first is the key's home. */
function placeIn([first, last]: SidRequest['range'], hash: Uint8Array, at: number): number {
  let number = 0;
  for (let byte = at * PLACE_BYTES; byte < (at + 1) * PLACE_BYTES; byte++)
    number = number * 256 + (hash[byte] as number);
  return first + (number % (last - first + 1));
}

function freePlace(range: SidRequest['range'], hash: Uint8Array, taken: TakenSids): number {
  for (let at = 0; at < PLACES; at++) {
    const sid = placeIn(range, hash, at);
    if (!taken.has(sid)) return sid;
  }
  return taken.freeFrom(placeIn(range, hash, PLACES - 1));
}

function isInside([first, last]: SidRequest['range'], sid: number): boolean {
  return sid >= first && sid <= last;
}

/**
 * Which key keeps each locked number of the range. Of several keys one that is live goes before one that is retired, then
 * one whose home the number is before one that was displaced there, then the first.
 */
function holdersOf(request: SidRequest, live: ReadonlySet<string>): Map<number, string> {
  const holders = new Map<number, string>();
  const goesBefore = (key: string, other: string, sid: number): boolean => {
    if (live.has(key) !== live.has(other)) return live.has(key);
    const [atHome, otherAtHome] = [key, other].map(
      (one) => placeIn(request.range, hashOf(request, one), 0) === sid,
    );
    if (atHome !== otherAtHome) return atHome === true;
    return key < other;
  };
  for (const [key, { sid }] of request.locked) {
    if (sid === undefined || !isInside(request.range, sid)) continue;
    const other = holders.get(sid);
    if (other === undefined || goesBefore(key, other, sid)) holders.set(sid, key);
  }
  return holders;
}

function lostOf({ locked }: SidRequest, holders: ReadonlyMap<number, string>): Map<string, string> {
  const lost = new Map<string, string>();
  for (const [key, { sid }] of locked) {
    const holder = sid === undefined ? undefined : holders.get(sid);
    if (holder !== undefined && holder !== key) lost.set(key, holder);
  }
  return lost;
}

/** Every number of the range that any key has or had. */
function takenOf({ range, locked }: SidRequest): TakenSids {
  const taken = new TakenSids(...range);
  for (const { sid, former } of locked.values()) {
    if (sid !== undefined && isInside(range, sid)) taken.add(sid);
    for (const number of former) if (isInside(range, number)) taken.add(number);
  }
  return taken;
}

/** For keys that gave up numbers of the range: the least that is no other key's, neither now nor before. */
function ownFormerSids({ range, locked }: SidRequest): Map<string, number> {
  const owners = new Map<number, string | undefined>();
  for (const [key, { former }] of locked)
    for (const sid of former)
      if (isInside(range, sid))
        owners.set(sid, !owners.has(sid) || owners.get(sid) === key ? key : undefined);
  for (const [key, { sid }] of locked)
    if (sid !== undefined && owners.has(sid) && owners.get(sid) !== key) owners.set(sid, undefined);
  const own = new Map<string, number>();
  for (const [sid, key] of owners)
    if (key !== undefined) own.set(key, Math.min(sid, own.get(key) ?? Number.POSITIVE_INFINITY));
  return own;
}
