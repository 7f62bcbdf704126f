/** Reads feeds with Node: as streams, gunzipped where they need it, hashed on the way. */

import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FeedError } from './feeds/feed-error.ts';
import type { FeedBytes, FeedFiles } from './feeds/feed-files.ts';
import { unreadable } from './node-files.ts';
import type { FileTrace } from './node-trace.ts';

/** Bytes that are gunzipped at once, as many as are read at once. Larger ones cost memory and gain nothing. */
const CHUNK = 64 * 1024;

/** The feeds of a project, their paths relative to where the command runs. */
export class NodeFeedFiles implements FeedFiles {
  readonly #root: string;
  readonly #cwd: string;
  readonly #trace: FileTrace | undefined;

  constructor(root: string, cwd: string, trace?: FileTrace) {
    this.#root = root;
    this.#cwd = cwd;
    this.#trace = trace;
  }

  open(path: string): FeedBytes {
    const hash = createHash('sha256');
    const absolute = resolve(this.#cwd, path);
    const note = this.#trace?.reading(absolute);
    const raw = readHashed(path, absolute, hash);
    let hex: string | undefined;
    return {
      chunks: path.endsWith('.gz') ? gunzipped(path, raw) : raw,
      sha256() {
        hex ??= hash.digest('hex');
        note?.(hex);
        return hex;
      },
    };
  }

  fromRoot(path: string): string {
    return relative(this.#root, resolve(this.#cwd, path)).split(sep).join('/');
  }
}

async function* readHashed(path: string, absolute: string, hash: Hash): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(absolute)) {
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
  try {
    yield* pipeline(raw, createGunzip({ chunkSize: CHUNK }), () => {});
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (!code?.startsWith('Z_')) throw error;
    const why = code === 'Z_BUF_ERROR' ? 'ends too early' : 'is damaged, or not gzip data';
    throw new FeedError({ code: 'RF703', message: `\`${path}\` ${why}` });
  }
}
