/**
 * Which targets of a build are made from the very same as what stands in the output folder: they are planned and told as
 * always, and not rendered again. The record of the last build says what it made them from.
 */

import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { BuildRecord } from './build-record.ts';
import { MANIFEST_NAME, type Manifest } from './emit/manifest.ts';
import { LOCK_NAME } from './project-root.ts';
import type { ReadySession } from './session.ts';
import { type Asked, renewed } from './source/node-trace.ts';
import { hasLockLines } from './targets/definition.ts';
import type { RecordHead } from './up-to-date.ts';

/** What a build is made from. */
export interface Makings {
  session: ReadySession;
  /** What was read. */
  asked: Asked;
  head: RecordHead;
  /** Of the lock; undefined where there is none. */
  lockText: string | undefined;
}

/**
 * A digest for each target of all that its files are made from: the program, the day, the inputs, settings and lists, its own
 * folder, and its own lines of the lock.
 */
export function digestsOfTargets({ session, asked, head, lockText = '' }: Makings): Record<string, string> {
  const { project, asOf, targets } = session;
  const parts = targets.flatMap(({ folder }) => Array.from(folder.files.values(), ({ path }) => path));
  const apart = new Set([...parts, LOCK_NAME].map((path) => resolve(project.root, path)));
  const read = [...asked.files].filter(([path]) => !apart.has(path)).sort(([a], [b]) => (a < b ? -1 : 1));
  const shared = JSON.stringify([
    head.by,
    head.program,
    asOf,
    read.map(([path, { sha256 }]) => [path, sha256]),
  ]);
  const digests = targets.map(({ target: { name, definition }, folder }) => {
    const files = [...folder.files].map(([file, { text }]) => [file, text]);
    const hash = createHash('sha256')
      .update(shared)
      .update(JSON.stringify([name, files]));
    if (hasLockLines(definition)) hash.update(linesOf(name, lockText));
    return [name, hash.digest('hex')];
  });
  return Object.fromEntries(digests);
}

/** A target's part of a lock, from its first line to its last. */
function linesOf(target: string, lockText: string): string {
  const first = lockText.indexOf(`\n${target}/`);
  return first < 0
    ? ''
    : lockText.slice(first, lockText.indexOf('\n', lockText.lastIndexOf(`\n${target}/`) + 1));
}

/** The targets with the same digest as in the record, whose files are still what that build left in the folder `out`. */
export function unchangedTargets(
  digests: Readonly<Record<string, string>>,
  { targets, made }: BuildRecord,
  out: string,
  manifest: Manifest,
): Set<string> {
  const isAsLeft = (path: string) => {
    const stamp = made[resolve(out, path)];
    return stamp !== undefined && renewed(resolve(out, path), stamp, 'refuse') !== undefined;
  };
  if (!isAsLeft(MANIFEST_NAME)) return new Set();
  const same = Object.keys(digests).filter((name) => targets[name] === digests[name]);
  const files = (name: string) => manifest.files.filter(({ target }) => target === name);
  return new Set(same.filter((name) => files(name).every(({ path }) => isAsLeft(path))));
}
