/** Gives the rules of one target their identity: identifiers from their keys, revisions from the lock. */

import type { Hasher } from './hasher.ts';
import { assignSids, publisherNamespace, uuid5 } from './ids.ts';
import { digestOf, digestOfPieces, type Lock, type LockLine, NO_ID, settle } from './lock.ts';

/** What the rules of a target are registered with. */
export interface RegisterRequest {
  publisherId: string;
  target: string;
  /** Undefined for a target whose files alone have revisions. */
  identity: 'sid' | 'uuid' | undefined;
  /** Used for sids only. */
  sidRange: readonly [number, number];
  /** Undefined when the input has no lock: then every rule is at revision 1, without dates. */
  lock: Lock | undefined;
  /** The day a new revision is dated, YYYY-MM-DD. */
  asOf: string;
  /** What hashes texts; the portable one by default. */
  hasher?: Hasher | undefined;
  /** The keys of all rules of the build. */
  keys: readonly string[];
}

/** A rule's identifier: the one that its target's `identity` names. */
export interface RuleIds {
  uuid?: string;
  sid?: number;
}

/** The identity of the rules of one target, and the lines of the lock that they make. */
export class Register {
  readonly #request: RegisterRequest;
  readonly #namespace: string;
  readonly #sids: ReadonlyMap<string, number>;
  readonly #lines = new Map<string, LockLine>();
  readonly #uuids = new Map<string, string>();

  private constructor(request: RegisterRequest, sids: ReadonlyMap<string, number>) {
    this.#request = request;
    this.#namespace = publisherNamespace(request.publisherId);
    this.#sids = sids;
  }

  /** Undefined when the sid range has fewer numbers than there are rules. */
  static open(request: RegisterRequest): Register | undefined {
    const sids =
      request.identity === 'sid'
        ? assignSids({ ...request, range: request.sidRange, locked: lockedSids(request) })
        : new Map();
    return sids && new Register(request, sids);
  }

  ids(key: string): RuleIds {
    const sid = this.#sids.get(key);
    if (sid !== undefined) return { sid };
    let uuid = this.#uuids.get(key);
    if (uuid === undefined) {
      uuid = uuid5(this.#namespace, key);
      this.#uuids.set(key, uuid);
    }
    return { uuid };
  }

  /** The lock's line of a rule whose text (id, revision and dates blank) is given. */
  revise(key: string, text: string): LockLine {
    const { uuid, sid } = this.ids(key);
    const { lock, asOf, hasher } = this.#request;
    const line = settle(lock?.get(key), key, uuid ?? String(sid), digestOf(text, hasher), asOf);
    this.#lines.set(key, line);
    return line;
  }

  /** The lock's line of a file whose text (with serial 0) is given in pieces. Its revision is its serial. */
  reviseFile(key: string, pieces: Iterable<string>): LockLine {
    const { lock, asOf, hasher } = this.#request;
    const line = settle(lock?.get(key), key, NO_ID, digestOfPieces(pieces, hasher), asOf);
    this.#lines.set(key, line);
    return line;
  }

  /** Whether rules have ids here. */
  get identifies(): boolean {
    return this.#request.identity !== undefined;
  }

  /** Whether revisions and dates are remembered. */
  get locked(): boolean {
    return this.#request.lock !== undefined;
  }

  /** The lines of the rules revised so far. */
  get lines(): ReadonlyMap<string, LockLine> {
    return this.#lines;
  }
}

/** All sids the lock ever gave in this target, those of retired rules too. */
function lockedSids({ lock, target }: RegisterRequest): Map<string, number> {
  const sids = new Map<string, number>();
  for (const [key, line] of lock ?? [])
    if (key.startsWith(`${target}/`) && line.id !== NO_ID) sids.set(key, Number(line.id));
  return sids;
}
