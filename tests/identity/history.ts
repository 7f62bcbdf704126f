/** A model of a repository: commits with texts of rules, a range of sids and the lock that each build made. */

import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { fileKey } from '../../compiler/identity/key.ts';
import { type Lock, type LockLine, NO_ID } from '../../compiler/identity/lock.ts';
import { parseLock } from '../../compiler/identity/read-lock.ts';
import { Register } from '../../compiler/identity/register.ts';
import { written } from './written.ts';

export type Range = readonly [number, number];

/** What an author edits. */
export interface Source {
  /** The text of each live rule, by name. */
  rules: ReadonlyMap<string, string>;
  /** Part of the text of each: what the template says. */
  template: string;
  range: Range;
}

/** A build that was committed. */
export interface Commit extends Source {
  at: number;
  parents: readonly Commit[];
  lockText: string;
  lock: Lock;
  /** All that this commit and those before it published. */
  ids: ReadonlyMap<string, ReadonlySet<string>>;
  revisions: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What came about in a history, to see that a test tries it. */
export type Seen = Record<
  'moved' | 'outside' | 'withoutNumber' | 'contested' | 'returned' | 'restored' | 'full' | 'merged',
  number
>;

/** The targets of the model. */
const SIDS = 'sids';
const UUIDS = 'uuids';
const ZONE = fileKey('zones', 'zone');

/** Some millions of these are asked: they are cheaper than those of the test runner. */
export function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

export function parsed(text: string): Lock {
  const { lock, diagnostics } = parseLock(new SourceFile('refang.lock', text));
  must(diagnostics.length === 0, `the lock is read: ${text}`);
  return lock;
}

/** The lock that a build makes of another; undefined where the range is full. */
export function built(source: Source, lock: Lock, asOf: string): { text: string; moved: number } | undefined {
  const names = [...source.rules.keys()];
  const textOf = (name: string) => `${source.template} ${source.rules.get(name)}`;
  const lines = new Map(lock);
  let moved = 0;
  for (const [target, identity] of [
    [SIDS, 'sid'],
    [UUIDS, 'uuid'],
    ['zones', undefined],
  ] as const) {
    const keys = identity ? names.map((name) => `${target}/${name}`) : [];
    const request = { publisherId: 'example', target, identity, sidRange: source.range, lock, asOf, keys };
    const register = Register.open(request);
    if (!register) return undefined;
    moved += register.movedSids.length;
    if (identity) for (const name of names) register.revise(`${target}/${name}`, textOf(name));
    else register.reviseFile(ZONE, names.toSorted().map(textOf));
    for (const [key, line] of register.lines) lines.set(key, line);
  }
  return { text: written(lines.values()), moved };
}

/** Commits, with what must hold of each. */
export class History {
  readonly commits: Commit[] = [];
  readonly seen: Seen = {
    moved: 0,
    outside: 0,
    withoutNumber: 0,
    contested: 0,
    returned: 0,
    restored: 0,
    full: 0,
    merged: 0,
  };

  constructor(range: Range) {
    const source = { rules: new Map(), template: 'v1', range };
    const { text } = built(source, new Map(), '2026-01-01') as { text: string };
    const lock = parsed(text);
    this.commits.push({
      ...source,
      at: 0,
      parents: [],
      lockText: text,
      lock,
      ids: new Map(),
      revisions: new Map(),
    });
  }

  /** Builds and commits; false where the build is refused, since the range is full. */
  commit(parents: readonly Commit[], source: Source, lockText: string): boolean {
    const at = this.commits.length;
    const asOf = new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10);
    const made = built(source, parsed(lockText), asOf);
    if (!made) {
      this.seen.full += 1;
      return false;
    }
    const lock = parsed(made.text);
    checkText(made.text, source, asOf, lock);
    for (const [key, line] of lock) {
      const before = parents.flatMap((parent) => parent.lock.get(key) ?? []);
      const live = key === ZONE || source.rules.has(key.slice(key.indexOf('/') + 1));
      this.#checkIds(key, line, live, before, { parents, range: source.range, lock });
      this.#checkRevision(line, live, before, asOf);
      this.#checkPublished(key, line, parents);
    }
    for (const parent of parents)
      for (const key of parent.lock.keys()) must(lock.has(key), `the line of ${key} stays`);
    const ids = published(
      parents,
      'ids',
      [...lock.values()].map(({ id, key }) => [id, key]),
    );
    const revisions = published(
      parents,
      'revisions',
      [...lock.values()].map(({ key, revision, digest }) => [key, `${revision} ${digest}`]),
    );
    if (parents.length === 2) this.seen.merged += 1;
    for (const name of source.rules.keys())
      if (parents.every(({ rules, lock: old }) => !rules.has(name) && old.has(`${SIDS}/${name}`)))
        this.seen.returned += 1;
    this.commits.push({ ...source, at, parents, lockText: made.text, lock, ids, revisions });
    return true;
  }

  #checkIds(
    key: string,
    line: LockLine,
    live: boolean,
    before: readonly LockLine[],
    { parents, range, lock }: { parents: readonly Commit[]; range: Range; lock: Lock },
  ): void {
    // Nothing that was ever the id of this rule is forgotten.
    const known = new Set([line.id, ...(line.former ?? [])]);
    for (const { id, former } of before)
      for (const one of [id, ...(former ?? [])])
        must(one === NO_ID || known.has(one), `${one} of ${key} is remembered`);
    if (!key.startsWith(`${SIDS}/`)) {
      for (const { id } of before) must(line.id === id, `the id of ${key} stays`);
      return;
    }
    must(!live || isInside(range, line.id), `the sid of ${key} is in the range`);
    if (before.some(({ id }) => id === line.id)) return;
    if (line.id === NO_ID) {
      this.seen.withoutNumber += 1;
      must(!live, `${key} has a sid`);
    } else {
      // A new id was never another rule's, on no branch that led here.
      const had = parents.flatMap(({ ids }) => [...(ids.get(line.id) ?? [])]);
      must(!had.some((other) => other !== key), `${line.id} was never another's than ${key}'s`);
      if (before.some(({ former }) => former?.includes(line.id))) this.seen.restored += 1;
    }
    // Why the old one went: it is outside of the range, another rule has it, or one branch had given it up before.
    for (const { id } of before) {
      if (id === NO_ID) continue;
      if (live && !isInside(range, id)) this.seen.outside += 1;
      const keeper = [...lock.values()].find((other) => other.key !== key && other.id === id);
      const givenUp = before.some(({ former }) => former?.includes(id));
      if (keeper) this.seen.moved += 1;
      if (isInside(range, id) || !live)
        must(keeper !== undefined || givenUp, `${key} gives up ${id} for a reason`);
      if (keeper && isInside(range, id)) must(parents.length === 2, `${key} loses ${id} in a merge`);
    }
  }

  #checkRevision(line: LockLine, live: boolean, before: readonly LockLine[], asOf: string): void {
    if (before.length === 0) {
      must(line.revision === 1 && line.created === asOf && line.changed === asOf, `${line.key} is new`);
      return;
    }
    const top = Math.max(...before.map(({ revision }) => revision));
    const highest = before.filter(({ revision }) => revision === top);
    const digests = new Set(highest.map(({ digest }) => digest));
    const contested = digests.size > 1;
    if (contested) this.seen.contested += 1;
    const rises = contested || (live && !digests.has(line.digest));
    must(line.revision === top + Number(rises), `the revision of ${line.key} is above ${top}: ${rises}`);
    must(live || contested || digests.has(line.digest), `the digest of ${line.key} stays`);
    const days = (which: 'created' | 'changed', of: readonly LockLine[]) =>
      of.map((one) => one[which]).sort()[0];
    must(line.created === days('created', before), `${line.key} has its first day`);
    const changed = live && rises ? asOf : days('changed', highest);
    must(line.changed === changed, `${line.key} changed on ${changed}`);
  }

  /** A revision that was published is that of one text, or comes after all that were. */
  #checkPublished(key: string, { revision, digest }: LockLine, parents: readonly Commit[]): void {
    const before = new Set(parents.flatMap(({ revisions }) => [...(revisions.get(key) ?? [])]));
    if (before.has(`${revision} ${digest}`)) return;
    for (const one of before)
      must(revision > Number(one.split(' ')[0]), `another text of ${key} comes after ${one}`);
  }
}

/** The text is sorted, a line a key, each id once; a further build changes nothing. */
function checkText(text: string, source: Source, asOf: string, lock: Lock): void {
  const keys = text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(' ')[0]);
  must(keys.join() === [...new Set(keys)].sort().join(), 'the lock is sorted, a line a key');
  const ids = [...lock.values()].map(({ id }) => id).filter((id) => id !== NO_ID);
  must(new Set(ids).size === ids.length, 'each id is there once');
  const again = built(source, lock, asOf);
  must(again?.text === text && again.moved === 0, 'a further build changes nothing');
}

function isInside([first, last]: Range, id: string): boolean {
  return Number(id) >= first && Number(id) <= last;
}

/** What the parents published, and what is published now. */
function published(
  parents: readonly Commit[],
  which: 'ids' | 'revisions',
  now: readonly (readonly [string, string])[],
): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>();
  const add = (from: string, to: string) => all.set(from, (all.get(from) ?? new Set()).add(to));
  for (const parent of parents) for (const [from, set] of parent[which]) for (const to of set) add(from, to);
  for (const [from, to] of now) add(from, to);
  return all;
}
