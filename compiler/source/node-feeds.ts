/** Reads feeds with Node: as streams, gunzipped where they need it, hashed on the way. */

import { createHash } from 'node:crypto';
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
  readonly #heard: ((bytes: number) => void) | undefined;

  /** `trace` notes what is read; `heard` is told how many bytes were, as they are stored. */
  constructor(root: string, cwd: string, told: { trace?: FileTrace; heard?: (bytes: number) => void } = {}) {
    this.#root = root;
    this.#cwd = cwd;
    this.#trace = told.trace;
    this.#heard = told.heard;
  }

  open(path: string): FeedBytes {
    const hash = createHash('sha256');
    const absolute = resolve(this.#cwd, path);
    const note = this.#trace?.reading(absolute);
    const raw = readStored(path, absolute, (bytes) => {
      hash.update(bytes);
      this.#heard?.(bytes.length);
    });
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

async function* readStored(
  path: string,
  absolute: string,
  seen: (bytes: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(absolute)) {
      seen(chunk);
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
