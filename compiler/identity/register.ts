/** Gives the rules of one target their identity: identifiers from their keys, revisions from the lock. */

import { digestOf, digestOfPieces, type Lock, type LockLine, NO_ID, settle, withId } from './lock.ts';
import { LockTable } from './lock-table.ts';
import { SidTable } from './sid-table.ts';
import { assignSids, type LockedSid, type Sids } from './sids.ts';
import { publisherNamespace, uuid5 } from './uuid.ts';

/** So many sids are kept as they come. */
const FEW = 5000;

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
  /** The keys of all rules of the build, where they have sids. */
  keys: readonly string[];
}

/** A rule's identifier: the one that its target's `identity` names. */
export interface RuleIds {
  uuid?: string;
  sid?: number;
}

/** A rule whose sid is not the one that the lock has. */
export interface MovedSid {
  key: string;
  from: number;
  to: number;
  /** The rule that had the same number and keeps it; undefined where the number is outside of the range. */
  keeper: string | undefined;
}

/** The identity of the rules of one target, and the lines of the lock that they make. */
export class Register {
  readonly #request: Omit<RegisterRequest, 'keys'>;
  readonly #namespace: string;
  readonly #sids: Pick<ReadonlyMap<string, number>, 'get'>;
  /** The rules that another sid is given to than the lock has. */
  readonly movedSids: readonly MovedSid[];
  readonly #lines = new LockTable();
  /** What was asked for last: a rule asks for its ids, and then for its line. */
  #last: { key: string; ids: RuleIds } | undefined;

  private constructor({ keys: _, ...request }: RegisterRequest, sids: Sids) {
    this.#request = request;
    this.#namespace = publisherNamespace(request.publisherId);
    this.#sids = sids.sids.size > FEW ? new SidTable(sids.sids) : sids.sids;
    this.movedSids = movedSids(request.lock, sids);
    // A rule that is live gets its line when it is rendered.
    for (const [key, sid] of sids.retired)
      this.#lines.set(withId(request.lock?.get(key) as LockLine, sid === undefined ? NO_ID : String(sid)));
  }

  /** Undefined when the sid range has fewer numbers than there are rules. */
  static open(request: RegisterRequest): Register | undefined {
    const sids =
      request.identity === 'sid'
        ? assignSids({ ...request, range: request.sidRange, locked: lockedSids(request) })
        : { sids: new Map(), retired: new Map(), keepers: new Map() };
    return sids && new Register(request, sids);
  }

  /** Makes room for the lines of so many rules, unless there are as many already: they may be rendered again. */
  expect(rules: number): void {
    const { size } = this.#lines;
    if (rules > size) this.#lines.reserve(size + rules);
  }

  ids(key: string): RuleIds {
    if (this.#last?.key !== key) this.#last = { key, ids: this.#idsOf(key) };
    return this.#last.ids;
  }

  #idsOf(key: string): RuleIds {
    if (this.#request.identity === 'sid') return { sid: this.#sids.get(key) as number };
    return { uuid: uuid5(this.#namespace, key) };
  }

  /** The lock's line of a rule whose text (id, revision and dates blank) is given. */
  revise(key: string, text: string): LockLine {
    return this.reviseTo(key, digestOf(text));
  }

  /** The same of a rule by the digest of that text. */
  reviseTo(key: string, digest: string): LockLine {
    const { uuid, sid } = this.ids(key);
    return this.#settle(key, uuid ?? String(sid), digest);
  }

  /** The lock's line of a file whose text (with serial 0) is given in pieces. Its revision is its serial. */
  reviseFile(key: string, pieces: Iterable<string>): LockLine {
    return this.#settle(key, NO_ID, digestOfPieces(pieces));
  }

  #settle(key: string, id: string, digest: string): LockLine {
    const { lock, asOf } = this.#request;
    const line = settle(lock?.get(key), key, id, digest, asOf);
    this.#lines.set(line);
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
  get lines(): LockTable {
    return this.#lines;
  }
}

function movedSids(lock: Lock | undefined, { sids, keepers }: Sids): MovedSid[] {
  const moved: MovedSid[] = [];
  for (const [key, to] of sids) {
    const from = sidOf(lock?.get(key)?.id ?? NO_ID);
    if (from !== undefined && from !== to) moved.push({ key, from, to, keeper: keepers.get(from) });
  }
  return moved;
}

const NONE: readonly number[] = [];

/** All sids the lock ever gave in this target, those of retired rules too. */
function lockedSids({ lock = new Map(), target }: RegisterRequest): Map<string, LockedSid> {
  const sids = new Map<string, LockedSid>();
  for (const key of lock.keys()) {
    if (!key.startsWith(`${target}/`)) continue;
    const { id, former, others } = lock.get(key) as LockLine;
    sids.set(key, {
      sids: sidsOf(others ? [id, ...others] : [id]),
      former: former ? sidsOf(former) : NONE,
    });
  }
  return sids;
}

function sidsOf(ids: readonly string[]): number[] {
  return ids.flatMap((id) => sidOf(id) ?? []);
}

/** Undefined for what is no sid: a UUID from when the target had those, or none. */
function sidOf(id: string): number | undefined {
  return /^\d+$/.test(id) ? Number(id) : undefined;
}
