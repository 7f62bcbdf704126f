/**
 * Sids: numbers of a range that are derived from rules' keys. What was given once is kept, and is never given to another
 * key. Two branches may give one number to two keys, each without knowing of the other: which of them keeps it after a
 * merge is decided by the keys and the range alone, so every clone decides alike, whichever branch was merged into which.
 */

import { hexDigest } from '../digest/digest.ts';
import { TakenSids } from './taken-sids.ts';

/** What the lock says of the numbers of one key. */
export interface LockedSid {
  /** One; after a merge several, if branches gave it different ones; none if it gave that up while it was retired. */
  sids: readonly number[];
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
  /** Of retired keys whose number is not for good: the one that they keep, or none, since another key keeps it. */
  retired: ReadonlyMap<string, number | undefined>;
  /** The keys of locked numbers of the range. */
  keepers: ReadonlyMap<number, string>;
}

/** Hexadecimal digits of a hash that make one place in the range: 48 bits. */
const PLACE_DIGITS = 12;
/** Places that a key has of its own before it takes the next free number: as many as one SHA-256 gives. */
const PLACES = 5;

/**
 * A sid for every key. In this order: the locked number; a former number of the key that is in the range and that no other
 * key ever had; the key's home, of several keys with one home the first; the first free of its further places, key by key.
 * The order of the input does not matter. Returns undefined when the range is full.
 */
export function assignSids(request: SidRequest): Sids | undefined {
  // Where nothing is locked, there may be a million keys that nobody asks for.
  const live = new Set(request.locked.size > 0 ? request.keys : []);
  const kept = keptSids(request, live);
  const taken = takenOf(request);
  const sids = new Map<string, number>();
  const pending: string[] = [];
  for (const key of request.keys) {
    const sid = kept.byKey.get(key);
    if (sid === undefined) pending.push(key);
    else sids.set(key, sid);
  }
  pending.sort();
  const displaced: [key: string, hash: string][] = [];
  const own = ownFormerSids(request);
  for (const [at, key] of pending.entries()) {
    if (at > 0 && key === pending[at - 1]) continue;
    const hash = hashOf(request, key);
    const former = own.get(key);
    const sid = former ?? placeIn(request.range, hash, 0);
    if (former === undefined && taken.has(sid)) displaced.push([key, hash]);
    else sids.set(key, taken.add(sid));
  }
  for (const [key, hash] of displaced) {
    if (taken.full) return undefined;
    sids.set(key, taken.add(freePlace(request.range, hash, taken)));
  }
  return { sids, retired: unsettledOf(request, live, kept), keepers: kept.bySid };
}

/** Hexadecimal. */
function hashOf({ publisherId }: SidRequest, key: string): string {
  return hexDigest('sha256', `${publisherId} ${key}`);
}

/** A place of a key in the range, by its hash: 48 bits, modulo the size of the range. The first is the key's home. */
function placeIn([first, last]: SidRequest['range'], hash: string, at: number): number {
  const digits = hash.slice(at * PLACE_DIGITS, (at + 1) * PLACE_DIGITS);
  return first + (Number.parseInt(digits, 16) % (last - first + 1));
}

function freePlace(range: SidRequest['range'], hash: string, taken: TakenSids): number {
  for (let at = 0; at < PLACES; at++) {
    const sid = placeIn(range, hash, at);
    if (!taken.has(sid)) return sid;
  }
  return taken.freeFrom(placeIn(range, hash, PLACES - 1));
}

function isInside([first, last]: SidRequest['range'], sid: number): boolean {
  return sid >= first && sid <= last;
}

/** Who keeps which locked number of the range. */
interface Kept {
  byKey: Map<string, number>;
  bySid: Map<number, string>;
}

/**
 * Of several keys with one number one that is live keeps it before one that is retired, then one whose home it is before one
 * that was displaced there, then the first. A key that has several numbers keeps the first that those with one leave it.
 */
function keptSids(request: SidRequest, live: ReadonlySet<string>): Kept {
  const kept: Kept = { byKey: new Map(), bySid: new Map() };
  const locked = [...request.locked];
  for (const group of [locked.filter(([key]) => live.has(key)), locked.filter(([key]) => !live.has(key))])
    keepSids(request, group, kept);
  return kept;
}

function keepSids(request: SidRequest, group: readonly (readonly [string, LockedSid])[], kept: Kept): void {
  const several: [key: string, sids: readonly number[]][] = [];
  const holders = new Map<number, string>();
  for (const [key, { sids }] of group) {
    const inside = sids.filter((sid) => isInside(request.range, sid));
    const [sid] = inside;
    if (inside.length > 1) several.push([key, inside]);
    else if (sid !== undefined && !kept.bySid.has(sid)) {
      const other = holders.get(sid);
      if (other === undefined || goesBefore(request, sid, key, other)) holders.set(sid, key);
    }
  }
  const keep = (sid: number, key: string) => {
    kept.byKey.set(key, sid);
    kept.bySid.set(sid, key);
  };
  for (const [sid, key] of holders) keep(sid, key);
  for (const [key, sids] of several.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const sid = sids.find((one) => !kept.bySid.has(one));
    if (sid !== undefined) keep(sid, key);
  }
}

function goesBefore(request: SidRequest, sid: number, key: string, other: string): boolean {
  const isHome = (one: string) => placeIn(request.range, hashOf(request, one), 0) === sid;
  return isHome(key) === isHome(other) ? key < other : isHome(key);
}

function unsettledOf(
  { range, locked }: SidRequest,
  live: ReadonlySet<string>,
  kept: Kept,
): Map<string, number | undefined> {
  const unsettled = new Map<string, number | undefined>();
  for (const [key, { sids }] of locked) {
    if (live.has(key) || !sids.some((sid) => isInside(range, sid))) continue;
    const sid = kept.byKey.get(key);
    if (sids.length > 1 || sid === undefined) unsettled.set(key, sid);
  }
  return unsettled;
}

/** Every number of the range that any key has or had. */
function takenOf({ range, locked }: SidRequest): TakenSids {
  const taken = new TakenSids(...range);
  for (const { sids, former } of locked.values()) {
    for (const sid of sids) if (isInside(range, sid)) taken.add(sid);
    for (const sid of former) if (isInside(range, sid)) taken.add(sid);
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
  for (const [key, { sids }] of locked)
    for (const sid of sids) if (owners.has(sid) && owners.get(sid) !== key) owners.set(sid, undefined);
  const own = new Map<string, number>();
  for (const [sid, key] of owners)
    if (key !== undefined) own.set(key, Math.min(sid, own.get(key) ?? Number.POSITIVE_INFINITY));
  return own;
}
