/** Makes the record of a build that was written, where another would do and tell the very same. */

import { type BuildRecord, FORMAT, recordClock } from './build-record.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { beside, placeOf } from './emit/beside.ts';
import { MANIFEST_NAME, type ManifestFile } from './emit/manifest.ts';
import { PROVENANCE_NAMES } from './emit/provenance-files.ts';
import { sameThrough } from './plan/same-through.ts';
import { LOCK_NAME } from './project-root.ts';
import type { ReadySession } from './session.ts';
import { resolveBelow } from './source/node-path.ts';
import { type Asked, type FileClock, type Stamp, sha256OfFile, stampOf } from './source/node-trace.ts';
import { digestsOfTargets } from './unchanged-targets.ts';
import type { RecordHead } from './up-to-date.ts';

/** A record that lacks only what people were told. */
export type Unspoken = Omit<BuildRecord, 'told'>;

/** What was built. */
export interface Recorded {
  session: ReadySession;
  /** What was asked of the file system before anything was written. */
  asked: Asked;
  head: RecordHead;
  /** The output folder, absolute. */
  out: string;
  files: readonly ManifestFile[];
}

/**
 * Called while the output folder is still held. Undefined where the lock that was found is told of and gone: the next build
 * has other words.
 */
export function recordOf({ session, asked, head, out, files }: Recorded): Unspoken | undefined {
  const { project, collection, compiled, asOf } = session;
  const lock = resolveBelow(project.root, LOCK_NAME);
  if (!project.own || isLockTold(session)) return undefined;
  const made = madeBy(lock, out, files, recordClock(project.root));
  if (!made) return undefined;
  const lifetimes = compiled.targets.map(({ policy }) => policy.lifetimes);
  const through = sameThrough(collection, lifetimes, project.settings.freshness, asOf);
  return {
    format: FORMAT,
    ...head,
    days: [asOf, through],
    read: Object.fromEntries(without(asked.files, lock)),
    folders: Object.fromEntries(asked.folders),
    exists: Object.fromEntries([...without(asked.exists, lock), ...notThere(lock, out)]),
    targets: digestsOfTargets({ session, asked, head }),
    made: Object.fromEntries(made),
  };
}

/** What a build tells of a lock that it mends, the next one does not. */
function isLockTold({ project, diagnostics }: ReadySession): boolean {
  const isAbout = ({ code, span }: Diagnostic) =>
    code === 'RF605' || (span !== undefined && span.file === project.lockFile);
  return diagnostics.some(isAbout);
}

/** The stamps of what a build left; undefined where something is not there, or no file. */
function madeBy(
  lock: string,
  out: string,
  files: readonly ManifestFile[],
  clock: FileClock | undefined,
): ReadonlyMap<string, Stamp> | undefined {
  const manifest = resolveBelow(out, MANIFEST_NAME);
  const written = files.map(({ path, sha256 }) => [resolveBelow(out, path), sha256] as const);
  const made = new Map<string, Stamp>();
  for (const [path, sha256] of [
    ...written,
    [manifest, sha256OfFile(manifest)],
    [lock, sha256OfFile(lock)],
  ] as const) {
    const stamp = sha256 === undefined ? undefined : stampOf(path, sha256, clock);
    if (!stamp) return undefined;
    made.set(path, stamp);
  }
  return made;
}

/** Where one of these is there, another build is at work, was killed, or has told where its files come from. */
function notThere(lock: string, out: string): [string, false][] {
  const places = [placeOf(out), lock];
  const unfinished = places.flatMap((place) =>
    (['new', 'old', 'lock'] as const).map((what) => beside(place, what)),
  );
  const statements = PROVENANCE_NAMES.map((name) => resolveBelow(out, name));
  return [...unfinished, ...statements].map((path) => [path, false]);
}

function without<V>(map: ReadonlyMap<string, V>, path: string): ReadonlyMap<string, V> {
  return new Map([...map].filter(([key]) => key !== path));
}
