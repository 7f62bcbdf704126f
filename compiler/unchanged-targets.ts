/**
 * Which targets of a build are made from the very same as what stands in the output folder: they are planned and told as
 * always, and not rendered again. The record of the last build says what it made them from.
 */

import type { Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { BuildRecord } from './build-record.ts';
import { MANIFEST_NAME, type Manifest } from './emit/manifest.ts';
import { LOCK_NAME } from './project-root.ts';
import type { ReadySession } from './session.ts';
import { resolveBelow } from './source/node-path.ts';
import { piecesOf } from './source/node-pieces.ts';
import { newSha256 } from './source/node-sha256.ts';
import { type Asked, renewed } from './source/node-trace.ts';
import type { RecordHead } from './up-to-date.ts';

/** What a build is made from. */
export interface Makings {
  session: ReadySession;
  /** What was read. */
  asked: Asked;
  head: RecordHead;
}

/**
 * A digest for each target of all that its files are made from: the program, the day, the inputs, settings and lists, its own
 * folder, and its own lines of the lock as it is now.
 */
export function digestsOfTargets({ session, asked, head }: Makings): Record<string, string> {
  const { project, asOf, targets } = session;
  const parts = targets.flatMap(({ folder }) => Array.from(folder.files.values(), ({ path }) => path));
  const apart = new Set([...parts, LOCK_NAME].map((path) => resolveBelow(project.root, path)));
  const read = [...asked.files].filter(([path]) => !apart.has(path)).sort(([a], [b]) => (a < b ? -1 : 1));
  const shared = JSON.stringify([
    head.by,
    head.program,
    asOf,
    read.map(([path, { sha256 }]) => [path, sha256]),
  ]);
  const lock = resolveBelow(project.root, LOCK_NAME);
  const locked = existsSync(lock) ? linesByTarget(lock) : new Map<string, Hash>();
  const digests = targets.map(({ target: { name }, folder }) => {
    const files = [...folder.files].map(([file, { text }]) => [file, text]);
    const hash = newSha256()
      .update(shared)
      .update(JSON.stringify([name, files]));
    return [name, hash.update(locked.get(name)?.digest() ?? '').digest('hex')];
  });
  return Object.fromEntries(digests);
}

/** A hash of the lines that each target has in a lock, in their order. The lock is read in pieces. */
function linesByTarget(path: string): Map<string, Hash> {
  const hashes = new Map<string, Hash>();
  let rest = '';
  for (const piece of piecesOf(path)) {
    const text = rest + piece.toString('latin1');
    const end = text.lastIndexOf('\n') + 1;
    for (let at = 0; at < end; at = takeRun(text, at, end, hashes));
    rest = text.slice(end);
  }
  // A last line without an end.
  if (rest !== '') takeRun(`${rest}\n`, 0, rest.length + 1, hashes);
  return hashes;
}

/** Takes the lines of one target that follow one another, up to the offset `end`. Returns where the next ones begin. */
function takeRun(text: string, from: number, end: number, hashes: Map<string, Hash>): number {
  // What a comment is put down to is no target.
  const beginning = text.slice(from, text.indexOf('/', from) + 1);
  let to = from;
  do to = text.indexOf('\n', to) + 1;
  while (to < end && text.startsWith(beginning, to));
  const target = beginning.slice(0, -1);
  const hash = hashes.get(target) ?? newSha256();
  hashes.set(target, hash.update(text.slice(from, to), 'latin1'));
  return to;
}

/** The targets with the same digest as in the record, whose files are still what that build left in the folder `out`. */
export function unchangedTargets(
  digests: Readonly<Record<string, string>>,
  { targets, made }: BuildRecord,
  out: string,
  manifest: Manifest,
): Set<string> {
  const isAsLeft = (path: string) => {
    const file = resolveBelow(out, path);
    const stamp = made[file];
    return stamp !== undefined && renewed(file, stamp, 'refuse') !== undefined;
  };
  if (!isAsLeft(MANIFEST_NAME)) return new Set();
  const same = Object.keys(digests).filter((name) => targets[name] === digests[name]);
  const files = (name: string) => manifest.files.filter(({ target }) => target === name);
  return new Set(same.filter((name) => files(name).every(({ path }) => isAsLeft(path))));
}
