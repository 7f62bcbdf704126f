/** Large files on disk: read piece by piece, and again where more than their bytes' digest is asked for. */

import { isUtf8 } from 'node:buffer';
import { type BigIntStats, closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type StoredBytes, StoredFile, UnreadableFile } from '../diagnostics/stored-file.ts';
import { newSha256 } from './node-sha256.ts';

/** Smaller files are held as texts. */
const LARGE = 1 << 20;
/** Bytes that are read at once. */
const PIECE = 1 << 18;
const LINE_FEED = 0x0a;

/**
 * A large file in UTF-8, and the SHA-256 of its bytes. Undefined for any other, and for what cannot be read in
 * pieces: it has very long lines, or is being written. `path` is the one to be shown.
 */
export function readStored(path: string, absolute: string): { file: StoredFile; sha256: string } | undefined {
  let handle: number;
  try {
    handle = openSync(absolute, 'r');
  } catch {
    return undefined;
  }
  try {
    const stat = fstatSync(handle, { bigint: true });
    if (!stat.isFile() || stat.size < LARGE) return undefined;
    const sha256 = digestOfText(handle, Number(stat.size));
    if (sha256 === undefined || seenIn(fstatSync(handle, { bigint: true })) !== seenIn(stat))
      return undefined;
    return { file: new StoredFile(path, new DiskBytes(path, absolute, stat)), sha256 };
  } finally {
    closeSync(handle);
  }
}

/** The SHA-256 of a file of lines in UTF-8. */
function digestOfText(handle: number, size: number): string | undefined {
  const hash = newSha256();
  const buffer = Buffer.allocUnsafe(PIECE);
  for (let from = 0; from < size; ) {
    const bytes = buffer.subarray(0, fill(handle, buffer, from));
    // Characters do not go on behind a line feed.
    const end = from + bytes.length < size ? bytes.lastIndexOf(LINE_FEED) + 1 : bytes.length;
    const lines = bytes.subarray(0, end);
    if (end === 0 || !isUtf8(lines)) return undefined;
    hash.update(lines);
    from += end;
  }
  return hash.digest('hex');
}

/** The bytes of a file, as long as it is the one that was seen. */
class DiskBytes implements StoredBytes {
  readonly size: number;
  readonly #path: string;
  readonly #absolute: string;
  readonly #seen: string;
  /** Open until all is done that needs no waiting: one place after another is asked for. */
  #handle: number | undefined;

  constructor(path: string, absolute: string, stat: BigIntStats) {
    this.size = Number(stat.size);
    this.#path = path;
    this.#absolute = absolute;
    this.#seen = seenIn(stat);
  }

  read(from: number, buffer: Uint8Array): number {
    // A few lines are read to be shown, of many places one after another: a look each would take as long as they do.
    const isShort = this.#handle !== undefined && buffer.length < PIECE;
    const handle = this.#open();
    if (!isShort && seenIn(fstatSync(handle, { bigint: true })) !== this.#seen) throw this.#changed();
    return fill(handle, buffer, from);
  }

  #open(): number {
    if (this.#handle !== undefined) return this.#handle;
    let handle: number;
    try {
      handle = openSync(this.#absolute, 'r');
    } catch {
      throw this.#changed();
    }
    this.#handle = handle;
    setImmediate(() => {
      this.#handle = undefined;
      closeSync(handle);
    });
    return handle;
  }

  #changed(): UnreadableFile {
    return new UnreadableFile({
      code: 'RF123',
      severity: 'error',
      message: `\`${this.#path}\` has changed while it was read`,
      help: 'run the command again',
    });
  }
}

/** What the system says of a file as long as nobody writes to it. */
function seenIn({ dev, ino, size, mtimeNs }: BigIntStats): string {
  return `${dev} ${ino} ${size} ${mtimeNs}`;
}

/** Fills a buffer with the bytes of a file from an offset on, as far as there are any. Returns how many there are. */
function fill(handle: number, buffer: Uint8Array, from: number): number {
  let filled = 0;
  for (let read = 1; read > 0 && filled < buffer.length; filled += read)
    read = readSync(handle, buffer, filled, buffer.length - filled, from + filled);
  return filled;
}
