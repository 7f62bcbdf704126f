/** Identifiers derived from a rule's key: the same key has the same identifiers on every machine and for ever. */

import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** The namespace of Refang's own UUIDs (a random UUID, fixed for ever). */
const REFANG_NAMESPACE = 'b1a6a3a0-6f0e-4c55-9a3e-0d6f4f1c7e21';

/** The namespace that was asked for last: a build has one for nearly all its names. */
let last = { uuid: '', bytes: new Uint8Array() };

function uuidBytes(uuid: string): Uint8Array {
  if (uuid !== last.uuid) {
    const hex = uuid.replaceAll('-', '');
    const bytes = Uint8Array.from({ length: 16 }, (_, at) =>
      Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16),
    );
    last = { uuid, bytes };
  }
  return last.bytes;
}

/** A version 5 UUID (RFC 9562): SHA-1 of the namespace and the name. */
export function uuid5(namespace: string, name: string): string {
  const space = uuidBytes(namespace);
  const text = utf8ToBytes(name);
  const input = new Uint8Array(space.length + text.length);
  input.set(space);
  input.set(text, space.length);
  const bytes = sha1(input).subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytesToHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The namespace under which a publisher's rules get their UUIDs. */
export function publisherNamespace(publisherId: string): string {
  return uuid5(REFANG_NAMESPACE, publisherId);
}

/** Where in a range a key's sid is looked for first: 48 bits of SHA-256, modulo the size of the range. */
function sidStart(publisherId: string, key: string, size: number): number {
  const hash = sha256(utf8ToBytes(`${publisherId} ${key}`));
  let number = 0;
  for (const byte of hash.subarray(0, 6)) number = number * 256 + byte;
  return number % size;
}

/** The rules of one target that need sids. */
export interface SidRequest {
  publisherId: string;
  /** All keys that need a sid. */
  keys: readonly string[];
  /** First and last number that may be given. */
  range: readonly [number, number];
  /** What the lock gave before. A number outside the range is given up. */
  locked: ReadonlyMap<string, number>;
}

/**
 * A sid for every key: the locked one, else the first free number from the key's own place in the range.
 * Keys are served in their own order, so that the order of the input does not matter.
 * Returns undefined when the range is full.
 */
export function assignSids(request: SidRequest): Map<string, number> | undefined {
  const [first, last] = request.range;
  const sids = new Map<string, number>();
  const taken = new TakenSids(first, last);
  const given = new Set<number>();
  for (const [, sid] of request.locked) if (sid >= first && sid <= last) taken.add(sid);
  for (const key of [...new Set(request.keys)].sort()) {
    const kept = request.locked.get(key);
    if (kept !== undefined && kept >= first && kept <= last && !given.has(kept)) {
      sids.set(key, kept);
      given.add(kept);
      continue;
    }
    if (taken.full) return undefined;
    const sid = taken.freeFrom(first + sidStart(request.publisherId, key, last - first + 1));
    taken.add(sid);
    sids.set(key, sid);
  }
  return sids;
}

/** The numbers of a range that are taken, with shortcuts past them: a range that is nearly full has long runs of them. */
class TakenSids {
  readonly #first: number;
  readonly #last: number;
  /** For each number that is taken a later one, with none between them that is free; after the last comes the first. */
  readonly #next = new Map<number, number>();

  constructor(first: number, last: number) {
    this.#first = first;
    this.#last = last;
  }

  get full(): boolean {
    return this.#next.size > this.#last - this.#first;
  }

  add(sid: number): void {
    if (!this.#next.has(sid)) this.#next.set(sid, sid === this.#last ? this.#first : sid + 1);
  }

  /** The first number from this one that is free. There must be one. */
  freeFrom(sid: number): number {
    let free = sid;
    for (let next = this.#next.get(free); next !== undefined; next = this.#next.get(free)) free = next;
    for (let at = sid; at !== free; ) {
      const next = this.#next.get(at) as number;
      this.#next.set(at, free);
      at = next;
    }
    return free;
  }
}
