/**
 * Puts a new folder in the place of an old one, together with the lock whose ids and revisions it has. No system call
 * exchanges two folders that Node could reach, so it takes several steps, and a process can be killed between any two:
 *
 * 1. `.out.refang-new/files` is written, and beside the lock the new one; then the old lock is copied to
 *    `.out.refang-new/lock`, and `.out.refang-new/undo.json` says of both what they are;
 * 2. the lock is replaced;
 * 3. `out` becomes `.out.refang-old`, and `.out.refang-new/files` becomes `out`;
 * 4. what is beside `out` is removed.
 *
 * Until the first half of 3, `restore` undoes; from then on it finishes. Whoever calls these holds the place.
 */

import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { newSha256, type Sha256 } from '../digest/digest.ts';
import { sha256OfFile } from '../source/node-trace.ts';
import { beside, lookAt } from './beside.ts';
import { DELTA_NAME, parseDeltaManifest } from './delta-manifest.ts';
import { entriesBelow, moveEntry } from './entries.ts';
import { MANIFEST_NAME, parseManifest } from './manifest.ts';
import { isOwnProvenance, PROVENANCE_NAMES } from './provenance-files.ts';
import { dropBeside, replaceFile, takePlace, writeBeside } from './replace-file.ts';
import { WriteError, writeFailure } from './write-error.ts';

/** What changes together with a folder: refang.lock. */
export interface LockChange {
  /** Absolute. */
  path: string;
  /** SHA-256 of the old lock; undefined where there was none. */
  before: string | undefined;
  /** The text of the new one, to be drawn once; a piece holds until the next is asked for. */
  pieces: Iterable<Uint8Array>;
}

/** A new lock, written beside the old one. */
export interface StagedLock extends Pick<LockChange, 'path' | 'before'> {
  /** Its SHA-256. */
  after: string;
}

/** How to undo step 2: SHA-256 of the locks. */
interface Undo {
  before: string | null;
  /** What has become something else since is nobody's to undo. */
  after: string;
}

const filesOf = (place: string): string => join(beside(place, 'new'), 'files');
const oldLockOf = (place: string): string => join(beside(place, 'new'), 'lock');
const undoOf = (place: string): string => join(beside(place, 'new'), 'undo.json');

/** An empty folder to write the new files into. */
export function stage(place: string): string {
  discard(place);
  mkdirSync(filesOf(place), { recursive: true });
  return filesOf(place);
}

/** Writes a new lock beside the old one. Throws WriteError. */
export function stageLock({ path, before, pieces }: LockChange): StagedLock {
  const hash = newSha256();
  writeBeside(path, hashed(pieces, hash), { durable: true });
  return { path, before, after: hash.hex() };
}

function* hashed(pieces: Iterable<Uint8Array>, hash: Sha256): Generator<Uint8Array> {
  for (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}

/** Forgets what was staged. */
export function discard(place: string, lock?: StagedLock): void {
  if (lock) dropBeside(lock.path);
  const staged = beside(place, 'new');
  if (!exists(staged)) return;
  try {
    // After a first build it is an empty folder; for Node's `rm` more has to be loaded.
    rmdirSync(staged);
  } catch {
    rmSync(staged, { recursive: true, force: true });
  }
}

/** Puts what was staged into place. What fails before that leaves the old folder and the old lock. */
export function exchange(place: string, lock: StagedLock | undefined): void {
  const changed = lock && lock.before !== lock.after ? lock : undefined;
  if (lock && !changed) dropBeside(lock.path);
  if (changed) {
    const { path, before, after } = changed;
    if (before !== undefined) copyFileSync(path, oldLockOf(place));
    const undo: Undo = { before: before ?? null, after };
    replaceFile(undoOf(place), JSON.stringify(undo));
    takePlace(path, { durable: true });
  }
  try {
    moveIn(place);
  } catch (error) {
    if (changed) undoLock(place, changed.path);
    throw error;
  }
  removeOld(place);
}

/**
 * Puts right what a killed build left beside a folder: out comes the old build or the new one, each with its lock. `lock` is
 * the path of refang.lock, where it is known. True where there was anything. Throws WriteError.
 */
export function restore(place: string, lock: string | undefined): boolean {
  const [isThere, isOld, isNew] = [place, beside(place, 'old'), beside(place, 'new')].map(exists);
  if (!isOld && !isNew) return false;
  try {
    if (!isOld) undoStaged(place, lock);
    else if (isThere && exists(filesOf(place))) throw madeAnew(place);
    else if (!isThere) renameSync(exists(filesOf(place)) ? filesOf(place) : beside(place, 'old'), place);
    removeOld(place);
    return true;
  } catch (error) {
    throw writeFailure(error, basename(place));
  }
}

/** Whether `restore` has anything to do. */
export function isUnfinished(place: string): boolean {
  return exists(beside(place, 'old')) || exists(beside(place, 'new'));
}

function moveIn(place: string): void {
  const old = beside(place, 'old');
  const before = statSync(place, { throwIfNoEntry: false });
  if (!before) {
    renameSync(filesOf(place), place);
    return;
  }
  chmodSync(filesOf(place), before.mode & 0o7777);
  renameSync(place, old);
  try {
    renameSync(filesOf(place), place);
  } catch (error) {
    renameSync(old, place);
    throw error;
  }
}

/** The old folder was not touched yet: what was staged goes, and so does a lock that was written for it. */
function undoStaged(place: string, lock: string | undefined): void {
  if (lock === undefined) return;
  // With its files gone, the folder is what an exchange left that was finished.
  if (exists(filesOf(place))) undoLock(place, lock);
  dropBeside(lock);
}

function undoLock(place: string, lock: string): void {
  const undo = readUndo(place);
  if (!undo || sha256OfFile(lock) !== undo.after) return;
  if (undo.before === null) rmSync(lock);
  else if (sha256OfFile(oldLockOf(place)) === undo.before)
    replaceFile(lock, readFileSync(oldLockOf(place)), { durable: true });
}

function readUndo(place: string): Undo | undefined {
  if (!exists(undoOf(place))) return undefined;
  try {
    const undo = JSON.parse(readFileSync(undoOf(place), 'utf8')) as Partial<Undo> | null;
    const whole =
      typeof undo?.after === 'string' && (undo.before === null || typeof undo.before === 'string');
    return whole ? (undo as Undo) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Removes the old folder once the new one is in place. What somebody put into it while the build ran, and no build
 * knows, moves over. Then it is renamed in one step, so that what is half removed is never looked at.
 */
function removeOld(place: string): void {
  const old = beside(place, 'old');
  if (exists(old)) {
    const ours = oursIn(old);
    for (const { path } of entriesBelow(old)) if (!ours.has(path)) moveEntry(old, place, path);
    mkdirSync(beside(place, 'new'), { recursive: true });
    renameSync(old, join(beside(place, 'new'), 'old'));
  }
  discard(place);
}

/** The files in a folder that a build of ours wrote. */
export function oursIn(folder: string): Set<string> {
  // A folder of changes is known by another file.
  const isDelta = !exists(join(folder, MANIFEST_NAME)) && exists(join(folder, DELTA_NAME));
  const [name, parse] = isDelta ? [DELTA_NAME, parseDeltaManifest] : [MANIFEST_NAME, parseManifest];
  const record = join(folder, name);
  const files = exists(record) ? parse(readFileSync(record, 'utf8'))?.files : undefined;
  const provenance = PROVENANCE_NAMES.filter((own) => isOwnProvenance(join(folder, own)));
  return new Set([name, ...provenance, ...(files ?? []).map(({ path }) => path)]);
}

function exists(path: string): boolean {
  return lookAt(path) !== undefined;
}

function madeAnew(place: string): WriteError {
  const name = basename(place);
  const old = basename(beside(place, 'old'));
  return new WriteError({
    code: 'RF611',
    severity: 'error',
    message: `\`${name}\` was made anew after a build was killed that had moved it to \`${old}\``,
    help: `keep one of the two: remove \`${old}\`, or put it in the place of \`${name}\``,
  });
}
