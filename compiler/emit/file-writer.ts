/** Writes the files of a build into its new folder, hashed on the way. One that says what the old one says is that file, under a second name. */

import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { lookAt } from './beside.ts';
import { takeOver } from './entries.ts';
import { sha256Hex } from './hash.ts';
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

/** Output is gathered to this many characters before it is hashed and written. */
const BUFFER = 1 << 18;

/** Writes into one folder, in the place of another. */
export class FileWriter {
  readonly #staging: string;
  readonly #place: string;
  readonly #folders = new Set<string>();

  constructor(staging: string, place: string) {
    this.#staging = staging;
    this.#place = place;
  }

  write(file: FileToWrite): ManifestFile {
    const chunks = file.chunks[Symbol.iterator]();
    let text = '';
    let next = chunks.next();
    for (; !next.done && text.length < BUFFER; next = chunks.next()) text += next.value;
    const data = Buffer.from(text);
    if (!next.done) return this.#stream(file, data, next.value, chunks);
    // Systems make a new file many times slower than they give an old one a second name.
    if (this.#isThere(file.path, data))
      takeOver(this.#place, this.#staging, { path: file.path, isFolder: false });
    else fs.writeFileSync(this.#pathOf(file.path), data, { flag: 'wx' });
    return describe(file, sha256Hex(data), data.length);
  }

  #stream(file: FileToWrite, first: Buffer, second: string, rest: Iterator<string>): ManifestFile {
    const handle = fs.openSync(this.#pathOf(file.path), 'wx');
    const hash = createHash('sha256');
    let bytes = 0;
    const put = (data: Buffer) => {
      hash.update(data);
      bytes += data.length;
      fs.writeFileSync(handle, data);
    };
    try {
      put(first);
      let buffer = second;
      for (let next = rest.next(); !next.done; next = rest.next()) {
        if (buffer.length >= BUFFER) {
          put(Buffer.from(buffer));
          buffer = '';
        }
        buffer += next.value;
      }
      put(Buffer.from(buffer));
    } finally {
      fs.closeSync(handle);
    }
    return describe(file, hash.digest('hex'), bytes);
  }

  /** Whether the old folder has a file of that path with these very bytes. */
  #isThere(path: string, data: Buffer): boolean {
    const old = join(this.#place, path);
    const stat = lookAt(old);
    return stat?.isFile() === true && stat.size === data.length && fs.readFileSync(old).equals(data);
  }

  /** Where a file is written; its folder is there. */
  #pathOf(path: string): string {
    const full = join(this.#staging, path);
    const folder = dirname(full);
    if (!this.#folders.has(folder)) fs.mkdirSync(folder, { recursive: true });
    this.#folders.add(folder);
    return full;
  }
}

/** A file as the manifest names it. */
export function describe(file: FileToWrite, sha256: string, bytes: number): ManifestFile {
  const { path, target, tier, entries } = file;
  return { path, target, ...(tier && { tier }), sha256, bytes, entries };
}
