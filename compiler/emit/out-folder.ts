/**
 * The output folder: whose it is, what stands in it, and how a build replaces it all at once. A build is written
 * beside the old folder and exchanged with it, so a build that fails leaves the old files as they were.
 */

import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hexDigest } from '../digest/digest.ts';
import { lookAt, placeOf } from './beside.ts';
import { type Entry, entriesBelow, takeOver } from './entries.ts';
import { discard, exchange, type LockChange, oursIn, type StagedLock, stage, stageLock } from './exchange.ts';
import { describe, type FileToWrite, FileWriter } from './file-writer.ts';
import { MANIFEST_NAME, type Manifest, type ManifestFile, parseManifest } from './manifest.ts';
import { differenceFrom, PROVENANCE_NAMES, readProvenance } from './provenance-files.ts';
import { WriteError, writeFailure } from './write-error.ts';

/** What is written together with the files of a build. */
export interface Along {
  /** The lock as this build makes it, asked for when all files are written: only then are its revisions known. */
  lock?: () => LockChange;
  /** A file that describes the build; gets the text of the manifest, and the SHA-256 of the lock. */
  extra?: (manifest: string, lock: string | undefined) => { path: string; text: string };
}

/** The file by which a folder of ours is known, and how it is read. */
export interface FolderRecord<M extends { files: readonly ManifestFile[] }> {
  name: string;
  /** What messages call it. */
  shown: string;
  /** The option of the command line that names the folder. */
  option: string;
  /** Undefined for a text that is none of ours. */
  parse(text: string): M | undefined;
}

type AnyRecord = Pick<FolderRecord<Manifest>, 'option'>;

/** That of a build. */
const OF_BUILD: FolderRecord<Manifest> = {
  name: MANIFEST_NAME,
  shown: 'manifest',
  option: '--out',
  parse: parseManifest,
};

/** The output folder of a build, or another that is written like one. */
export class OutFolder<M extends { files: readonly ManifestFile[] } = Manifest> {
  /** Absolute. */
  readonly path: string;
  /** As the user names it, for messages. */
  readonly shown: string;
  /** Of the build that wrote the folder; undefined when there is no folder yet, or an empty one. */
  readonly manifest: M | undefined;
  readonly #record: FolderRecord<M>;

  private constructor(path: string, shown: string, record: FolderRecord<M>, manifest: M | undefined) {
    this.path = path;
    this.shown = shown;
    this.#record = record;
    this.manifest = manifest;
  }

  /** Throws WriteError for a folder that is not ours: one with files and without a manifest of Refang. */
  static open(root: string, out: string): OutFolder {
    return OutFolder.openAs(root, out, OF_BUILD);
  }

  /** The same for a folder that is known by another file. */
  static openAs<M extends { files: readonly ManifestFile[] }>(
    root: string,
    out: string,
    record: FolderRecord<M>,
  ): OutFolder<M> {
    try {
      return OutFolder.#open(resolve(root, out), out, record);
    } catch (error) {
      throw writeFailure(error, out);
    }
  }

  static #open<M extends { files: readonly ManifestFile[] }>(
    path: string,
    out: string,
    record: FolderRecord<M>,
  ): OutFolder<M> {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat && isLink(path)) throw foreign(out, record, 'is a link to nothing');
    if (!stat) return new OutFolder<M>(path, out, record, undefined);
    if (!stat.isDirectory()) throw foreign(out, record, 'is not a folder');
    const manifestPath = join(path, record.name);
    const manifest = existsSync(manifestPath) ? record.parse(readFileSync(manifestPath, 'utf8')) : undefined;
    if (!manifest && readdirSync(path).length > 0)
      throw foreign(out, record, `has files and no ${record.shown} of Refang`);
    return new OutFolder(path, out, record, manifest);
  }

  /** The files of the old build whose targets this build leaves alone, as far as they are still there. */
  keptFiles(isBuilt: (target: string) => boolean): ManifestFile[] {
    const others = (this.manifest?.files ?? []).filter((file) => !isBuilt(file.target));
    return others.filter((file) => existsSync(join(this.path, file.path)));
  }

  /**
   * Replaces the folder: writes `files`, takes over `kept` and all files that no manifest of ours names, and adds the
   * manifest that `manifestOf` makes of what was written. Throws WriteError; then nothing has changed.
   */
  replace(
    files: Iterable<FileToWrite>,
    kept: readonly ManifestFile[],
    manifestOf: (written: ManifestFile[]) => string,
    along: Along = {},
  ): void {
    // Of a link, the folder that it leads to is replaced: the link stays.
    const place = placeOf(this.path);
    let lock: StagedLock | undefined;
    try {
      const staging = stage(place);
      const written: ManifestFile[] = [];
      const writer = new FileWriter(staging, place);
      for (const file of files) written.push(writer.write(file));
      const manifest = manifestOf([...written, ...kept]);
      writeFileSync(join(staging, this.#record.name), manifest);
      const change = along.lock?.();
      lock = change && stageLock(change);
      const extra = along.extra?.(manifest, lock?.after);
      if (extra) writeFileSync(join(staging, extra.path), extra.text);
      for (const { path } of kept) takeOver(place, staging, { path, isFolder: false });
      this.#takeOverForeign(place, staging);
      exchange(place, lock);
    } catch (error) {
      discard(place, lock);
      throw writeFailure(error, this.shown);
    }
  }

  /** What differs between a build and the folder: paths, each with what is wrong. Writes nothing. */
  compare(
    files: Iterable<FileToWrite>,
    kept: readonly ManifestFile[],
    manifestOf: (written: ManifestFile[]) => string,
  ): string[] {
    const stale: string[] = [];
    const written: ManifestFile[] = [];
    for (const file of files) {
      const text = [...file.chunks].join('');
      written.push(describe(file, hexDigest('sha256', text), Buffer.byteLength(text)));
      this.#compareFile(file.path, text, stale);
    }
    const manifest = manifestOf([...written, ...kept]);
    this.#compareFile(this.#record.name, manifest, stale);
    for (const name of PROVENANCE_NAMES) {
      const read = readProvenance(join(this.path, name));
      if (read && differenceFrom(read.statement, manifest, [...written, ...kept]))
        stale.push(`${name} (about another build)`);
    }
    const paths = new Set([...written, ...kept].map((file) => file.path));
    for (const file of this.manifest?.files ?? [])
      if (!paths.has(file.path)) stale.push(`${file.path} (no longer made)`);
    return stale.sort();
  }

  #compareFile(path: string, text: string, stale: string[]): void {
    const full = join(this.path, path);
    if (!existsSync(full)) stale.push(`${path} (missing)`);
    else if (readFileSync(full, 'utf8') !== text) stale.push(`${path} (differs)`);
  }

  /** What no build wrote stays where it is. */
  #takeOverForeign(place: string, staging: string): void {
    if (!this.manifest) return;
    const ours = oursIn(place);
    for (const entry of entriesBelow(place)) {
      if (ours.has(entry.path)) continue;
      if (isInTheWay(staging, entry)) throw inTheWay(this.shown, this.#record, entry.path);
      takeOver(place, staging, entry);
    }
  }
}

/** Whether a build has a file where another's entry is, or where a folder of its path is. */
function isInTheWay(staging: string, { path, isFolder }: Entry): boolean {
  const above = path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));
  return above.some((part) => {
    const stat = lookAt(join(staging, part));
    return stat !== undefined && (part === path && !isFolder ? true : !stat.isDirectory());
  });
}

function isLink(path: string): boolean {
  return lookAt(path)?.isSymbolicLink() ?? false;
}

function foreign(shown: string, { option }: AnyRecord, what: string): WriteError {
  return new WriteError({
    code: 'RF602',
    severity: 'error',
    message: `\`${shown}\` ${what}`,
    help: `choose another folder with \`${option}\`, or empty this one`,
  });
}

function inTheWay(shown: string, { option }: AnyRecord, path: string): WriteError {
  return new WriteError({
    code: 'RF602',
    severity: 'error',
    message: `\`${shown}/${path}\` is in the way: no build wrote it`,
    help: `move it away, or choose another folder with \`${option}\``,
  });
}
