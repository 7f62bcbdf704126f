/** What a command asked of the file system, and what it was told: where all answers are still the same, so is its work. */

import { type BigIntStats, lstatSync, statSync, writeFileSync } from 'node:fs';
import type { FolderEntry } from './files.ts';
import { listingOf } from './node-folder.ts';
import { piecesOf } from './node-pieces.ts';
import { newSha256 } from './node-sha256.ts';

/** A file by its content, and by what the system says of it without reading it. */
export interface Stamp {
  /**
   * Size, times of change of content and of anything, in nanoseconds, and inode. Empty where a change may leave them as they
   * are: then only the content tells.
   */
  seen: string;
  /** Of the content, in hexadecimal. */
  sha256: string;
}

/** What was asked, by absolute path. */
export interface Asked {
  files: ReadonlyMap<string, Stamp>;
  /** Folders that were listed, with what stood in them, as `listingOf` writes it. */
  folders: ReadonlyMap<string, string>;
  exists: ReadonlyMap<string, boolean>;
}

/** A change in the same tick of the file system's clock is not seen in its times. Milliseconds. */
const TICK = 50;
/** The same for file systems that know whole seconds, and FAT only every other. */
const COARSE_TICK = 2500;

/** Notes the questions of one command. Its readers tell it. */
export class FileTrace {
  #began = Date.now();
  readonly #files = new Map<string, Stamp>();
  readonly #folders = new Map<string, string>();
  readonly #exists = new Map<string, boolean>();
  #unsure = false;

  /** Forgets all: what was read is read again. */
  restart(): void {
    this.#began = Date.now();
    for (const map of [this.#files, this.#folders, this.#exists]) map.clear();
    this.#unsure = false;
  }

  /** To be called before a file is read; what it returns, with the content's SHA-256, after that. */
  reading(path: string): (sha256: string) => void {
    const seen = seenOf(path);
    return (sha256) => {
      const before = this.#files.get(path);
      if (seen === undefined || (before && before.sha256 !== sha256)) this.#unsure = true;
      // Where it is read several times, the first look counts.
      else if (!before) this.#files.set(path, { seen, sha256 });
    };
  }

  listed(folder: string, entries: readonly FolderEntry[]): void {
    this.#answered(this.#folders, folder, listingOf(entries));
  }

  asked(path: string, exists: boolean): void {
    this.#answered(this.#exists, path, exists);
  }

  /** All answers, or undefined where one of them may not have been the only one: a file changed while it was read. */
  answers(): Asked | undefined {
    if (this.#unsure) return undefined;
    const files = new Map<string, Stamp>();
    for (const [path, { seen, sha256 }] of this.#files) {
      if (seenOf(path) !== seen) return undefined;
      files.set(path, { seen: certain(seen, this.#began), sha256 });
    }
    return { files, folders: this.#folders, exists: this.#exists };
  }

  #answered<A>(answers: Map<string, A>, path: string, answer: A): void {
    if (answers.has(path) && answers.get(path) !== answer) this.#unsure = true;
    answers.set(path, answer);
  }
}

/** What the clock of a file system shows. */
export interface FileClock {
  /** Which file system. */
  device: bigint;
  /** In nanoseconds. */
  now: bigint;
}

/** The clock of a file system, by a file that is written for it; undefined where it cannot be written. */
export function fileClock(path: string): FileClock | undefined {
  try {
    // Not empty, since that may be no change.
    writeFileSync(path, '\n');
    const { dev, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return { device: dev, now: mtimeNs < ctimeNs ? mtimeNs : ctimeNs };
  } catch {
    return undefined;
  }
}

/**
 * The stamp of a file whose content is known; undefined for what is no file. A link is none. With a clock that was
 * asked after the file was written, and has gone on since then, a later change is seen for certain.
 */
export function stampOf(path: string, sha256: string, clock?: FileClock): Stamp | undefined {
  const now = Date.now();
  const stat = lookAt(path, lstatSync);
  if (!stat) return undefined;
  const seen = said(stat);
  const gone = clock && stat.dev === clock.device && stat.mtimeNs < clock.now && stat.ctimeNs < clock.now;
  return { seen: gone ? seen : certain(seen, now), sha256 };
}

/** The stamp of a file that still has the content, or undefined. Reads it only where the rest cannot tell. */
export function renewed(
  path: string,
  { seen, sha256 }: Stamp,
  links: 'follow' | 'refuse',
): Stamp | undefined {
  const now = Date.now();
  const found = seenOf(path, links === 'follow' ? statSync : lstatSync);
  if (found === undefined) return undefined;
  if (found === seen) return { seen, sha256 };
  if (sha256OfFile(path) !== sha256) return undefined;
  return { seen: certain(found, now), sha256 };
}

/** The SHA-256 of a file of any size, or undefined where it cannot be read. */
export function sha256OfFile(path: string): string | undefined {
  const hash = newSha256();
  try {
    for (const piece of piecesOf(path)) hash.update(piece);
    return hash.digest('hex');
  } catch {
    return undefined;
  }
}

/** What the system says of a file, or undefined for what is none. */
export function seenOf(path: string, look: Look = statSync): string | undefined {
  const stat = lookAt(path, look);
  return stat && said(stat);
}

type Look = typeof statSync | typeof lstatSync;

function lookAt(path: string, look: Look): BigIntStats | undefined {
  try {
    const stat = look(path, { bigint: true, throwIfNoEntry: false });
    return stat?.isFile() ? stat : undefined;
  } catch {
    return undefined;
  }
}

function said({ size, mtimeNs, ctimeNs, ino }: BigIntStats): string {
  return `${size} ${mtimeNs} ${ctimeNs} ${ino}`;
}

/** What was seen at `now` (milliseconds), or an empty text where a later change may look the same. */
function certain(seen: string, now: number): string {
  const times = seen.split(' ').slice(1, 3);
  const coarse = times.some((time) => time.endsWith('000000000'));
  const limit = now - (coarse ? COARSE_TICK : TICK);
  return times.every((time) => Number(time) / 1e6 < limit) ? seen : '';
}
