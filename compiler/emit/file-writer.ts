/**
 * Writes the files of a build into its new folder, hashed on the way. One that says what the old one says is that
 * file, under a second name.
 */

import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { hexDigest } from '../digest/digest.ts';
import { encoded } from '../digest/encoded.ts';
import { resolveBelow } from '../source/node-path.ts';
import { newSha256 } from '../source/node-sha256.ts';
import { lookAt } from './beside.ts';
import { makeFolders, nameAgain } from './entries.ts';
import type { ManifestFile } from './manifest.ts';

/** A file to be written; the text is drawn once, in order. */
export interface FileToWrite {
  /** Relative to the folder, with `/`. Checked before it gets here. */
  path: string;
  target: string;
  tier: ManifestFile['tier'];
  chunks: Iterable<string>;
  entries: number;
}

/** Output is gathered to this many bytes before it is hashed and written. */
const BUFFER = 1 << 18;

/** Writes into one folder, in the place of another. */
export class FileWriter {
  readonly #staging: string;
  readonly #place: string;
  readonly #folders = new Set<string>();
  readonly #buffer = new Uint8Array(BUFFER);

  constructor(staging: string, place: string) {
    this.#staging = staging;
    this.#place = place;
  }

  write(file: FileToWrite): ManifestFile {
    const pieces = encoded(file.chunks, this.#buffer);
    const first = pieces.next();
    if (!first.done) return this.#stream(file, first, pieces);
    const data = first.value;
    // Systems make a new file many times slower than they give an old one a second name.
    if (this.#isThere(file.path, data))
      nameAgain(resolveBelow(this.#place, file.path), this.#pathOf(file.path));
    else writeFileSync(this.#pathOf(file.path), data, { flag: 'wx' });
    return describe(file, hexDigest('sha256', data), data.length);
  }

  #stream(file: FileToWrite, first: Piece, pieces: Iterator<Uint8Array, Uint8Array>): ManifestFile {
    const handle = openSync(this.#pathOf(file.path), 'wx');
    const hash = newSha256();
    let bytes = 0;
    try {
      for (let piece = first; ; piece = pieces.next()) {
        hash.update(piece.value);
        bytes += piece.value.length;
        writeFileSync(handle, piece.value);
        if (piece.done) break;
      }
    } finally {
      closeSync(handle);
    }
    return describe(file, hash.digest('hex'), bytes);
  }

  /** Whether the old folder has a file of that path with these very bytes. */
  #isThere(path: string, data: Uint8Array): boolean {
    const old = resolveBelow(this.#place, path);
    const stat = lookAt(old);
    return stat?.isFile() === true && stat.size === data.length && readFileSync(old).equals(data);
  }

  /** Where a file is written; its folder is there. */
  #pathOf(path: string): string {
    const folder = dirname(path);
    if (!this.#folders.has(folder)) makeFolders(this.#place, this.#staging, folder);
    this.#folders.add(folder);
    return resolveBelow(this.#staging, path);
  }
}

type Piece = IteratorResult<Uint8Array, Uint8Array>;

/** A file as the manifest names it. */
export function describe(file: FileToWrite, sha256: string, bytes: number): ManifestFile {
  const { path, target, tier, entries } = file;
  return { path, target, ...(tier && { tier }), sha256, bytes, entries };
}
