/** Reads feeds with Node: as streams, gunzipped where they need it, hashed on the way. */

import type { Hash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { FeedError } from './feeds/feed-error.ts';
import type { FeedBytes, FeedFiles } from './feeds/feed-files.ts';
import { unreadable } from './node-files.ts';
import { newSha256 } from './node-sha256.ts';
import type { FileTrace } from './node-trace.ts';

/** Bytes that are read or gunzipped at once. */
const CHUNK = 256 * 1024;

/** Who is told of what is read. */
export interface ReadingTold {
  trace?: FileTrace;
  /** Gets the bytes of feeds as they are read, as they are stored. */
  heard?: (bytes: number) => void;
}

/** The feeds of a project, their paths relative to where the command runs. */
export class NodeFeedFiles implements FeedFiles {
  readonly #root: string;
  readonly #cwd: string;
  readonly #trace: FileTrace | undefined;
  readonly #heard: ((bytes: number) => void) | undefined;

  constructor(root: string, cwd: string, told: ReadingTold = {}) {
    this.#root = root;
    this.#cwd = cwd;
    this.#trace = told.trace;
    this.#heard = told.heard;
  }

  open(path: string): FeedBytes {
    const absolute = resolve(this.#cwd, path);
    const note = this.#trace?.reading(absolute);
    const { chunks, sha256 } = feedFrom(path, () => blocksOf(absolute, this.#heard));
    const noted = () => {
      const hex = sha256();
      note?.(hex);
      return hex;
    };
    return { chunks, sha256: noted, size: path.endsWith('.gz') ? undefined : sizeOf(absolute) };
  }

  fromRoot(path: string): string {
    return relative(this.#root, resolve(this.#cwd, path)).split(sep).join('/');
  }
}

/** Undefined for what cannot be opened: reading it tells why. */
function sizeOf(file: string): number | undefined {
  try {
    return statSync(file).size;
  } catch {
    return undefined;
  }
}

/** Blocks of bytes that hold until the next is asked for. */
type Blocks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** The bytes of a file in one buffer, again and again. */
function* blocksOf(
  file: string,
  heard: ((bytes: number) => void) | undefined,
): Generator<Uint8Array, void, undefined> {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = new Uint8Array(CHUNK);
    for (let read = readSync(descriptor, buffer); read > 0; read = readSync(descriptor, buffer)) {
      heard?.(read);
      yield buffer.subarray(0, read);
    }
  } finally {
    closeSync(descriptor);
  }
}

/** A feed whose bytes, as they are stored, come from a source, which is opened when they are read. */
export function feedFrom(path: string, stored: () => Blocks): FeedBytes {
  const hash = newSha256();
  const raw = hashed(path, stored, hash);
  let hex: string | undefined;
  return {
    chunks: path.endsWith('.gz') ? gunzipped(path, raw) : raw,
    sha256() {
      hex ??= hash.digest('hex');
      return hex;
    },
  };
}

async function* hashed(path: string, stored: () => Blocks, hash: Hash): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stored()) {
      hash.update(chunk);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new FeedError(unreadable(path, error as NodeJS.ErrnoException));
    throw error;
  }
}

async function* gunzipped(path: string, raw: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  // Few feeds are gunzipped. The bundle is a script, in which `import()` finds no loader.
  const { pipeline } = process.getBuiltinModule('node:stream');
  const { createGunzip } = process.getBuiltinModule('node:zlib');
  try {
    yield* pipeline(copied(raw), createGunzip({ chunkSize: CHUNK }), () => {});
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (!code?.startsWith('Z_')) throw error;
    const why = code === 'Z_BUF_ERROR' ? 'ends too early' : 'is damaged, or not gzip data';
    throw new FeedError({ code: 'RF703', message: `\`${path}\` ${why}` });
  }
}

/** Blocks that hold for good: a stream asks for the next before it is done with one. */
async function* copied(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const block of blocks) yield block.slice();
}
