/** Reads the folder of a part of a build. What it holds is what was written, or it is refused. */

import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hexDigest } from '../digest/digest.ts';
import {
  COLLECTION_PATH,
  INDICATORS_PATH,
  isBlock,
  isCollection,
  type StoredBlock,
  type StoredCollection,
} from '../partition/shard-format.ts';
import {
  MANIFEST_NAME,
  type Manifest,
  type ManifestFile,
  parseManifest,
  type ShardMark,
} from './manifest.ts';
import { WriteError } from './write-error.ts';

/** How much of a file is read at once, in bytes. */
const PIECE = 1 << 20;

/** A folder that says it is a part of a build. */
export class ShardFolder {
  /** As the user names it. */
  readonly shown: string;
  readonly manifest: Manifest & { shard: ShardMark };
  /** All but the indicators. */
  readonly collection: StoredCollection;
  /** About how many indicators it holds. */
  readonly size: number;
  readonly #path: string;

  private constructor(path: string, shown: string, manifest: Manifest & { shard: ShardMark }) {
    this.#path = path;
    this.shown = shown;
    this.manifest = manifest;
    this.collection = this.#readCollection();
    this.size = this.#readSize();
  }

  /** Throws WriteError for what is no such folder, or not as it was written; the indicators are read, and checked, later. */
  static open(path: string, shown: string): ShardFolder {
    const manifest = readManifest(path, shown);
    const { shard } = manifest;
    if (!shard) throw noShard(`\`${shown}\` holds a whole build`);
    if (!isMark(shard)) throw damaged(shown, MANIFEST_NAME, 'does not say which part it is');
    return new ShardFolder(path, shown, { ...manifest, shard });
  }

  /** The indicators, block by block; throws WriteError, at the last at the end, where the file is not as it was written. */
  *blocks(): Generator<StoredBlock> {
    const { sha256 } = this.#fileOf(INDICATORS_PATH);
    const hash = createHash('sha256');
    const handle = this.#guarded(INDICATORS_PATH, () => openSync(join(this.#path, INDICATORS_PATH), 'r'));
    try {
      for (const line of linesOf(handle, (piece) => hash.update(piece)))
        yield this.#read(INDICATORS_PATH, line, isBlock);
      if (hash.digest('hex') !== sha256) throw this.#changed(INDICATORS_PATH);
    } finally {
      closeSync(handle);
    }
  }

  #readCollection(): StoredCollection {
    const { sha256 } = this.#fileOf(COLLECTION_PATH);
    return this.#guarded(COLLECTION_PATH, () => {
      const bytes = readFileSync(join(this.#path, COLLECTION_PATH));
      if (hexDigest('sha256', bytes) !== sha256) throw this.#changed(COLLECTION_PATH);
      return this.#read(COLLECTION_PATH, bytes.toString('utf8'), isCollection);
    });
  }

  /** What the manifest says, as far as it can be: each indicator takes some bytes of the file. */
  #readSize(): number {
    const { indicators } = this.manifest;
    const { size } = this.#guarded(INDICATORS_PATH, () => statSync(join(this.#path, INDICATORS_PATH)));
    return Number.isSafeInteger(indicators) ? Math.max(0, Math.min(indicators, size)) : 0;
  }

  #read<T>(path: string, text: string, isOne: (value: unknown) => value is T): T {
    const value: unknown = this.#guarded(path, () => JSON.parse(text));
    if (!isOne(value)) throw damaged(this.shown, path, 'is not what a part holds');
    return value;
  }

  #fileOf(path: string): ManifestFile {
    const file = this.manifest.files.find((one) => one.path === path);
    if (!file) throw damaged(this.shown, MANIFEST_NAME, `does not name \`${path}\``);
    return file;
  }

  #changed(path: string): WriteError {
    return damaged(this.shown, path, 'has another content than was written');
  }

  /** What the file system or the reader of JSON says, in our words. */
  #guarded<T>(path: string, read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (error instanceof SyntaxError) throw this.#changed(path);
      if (!(error instanceof Error && 'code' in error)) throw error;
      throw damaged(
        this.shown,
        path,
        error.code === 'ENOENT' ? 'is missing' : `cannot be read: ${error.code}`,
      );
    }
  }
}

/** Lines of UTF-8 with their breaks taken off. */
function* linesOf(handle: number, seen: (piece: Uint8Array) => void): Generator<string> {
  const decoder = new TextDecoder();
  const piece = new Uint8Array(PIECE);
  let rest = '';
  for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece)) {
    seen(piece.subarray(0, read));
    const lines = (rest + decoder.decode(piece.subarray(0, read), { stream: true })).split('\n');
    rest = lines.pop() as string;
    yield* lines;
  }
  if (rest !== '') yield rest;
}

function readManifest(path: string, shown: string): Manifest {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw noShard(`\`${shown}\` is ${existsSync(path) ? 'not a folder' : 'not there'}`);
  try {
    const manifest = parseManifest(readFileSync(join(path, MANIFEST_NAME), 'utf8'));
    if (manifest) return manifest;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw noShard(`the manifest of \`${shown}\` cannot be read: ${code}`);
  }
  throw noShard(`\`${shown}\` has no manifest of Refang`);
}

function isMark({ number, of, as_of, settings }: ShardMark): boolean {
  return (
    Number.isSafeInteger(number) &&
    Number.isSafeInteger(of) &&
    number >= 1 &&
    number <= of &&
    typeof as_of === 'string' &&
    typeof settings === 'string'
  );
}

function noShard(message: string): WriteError {
  return new WriteError({ code: 'RF625', severity: 'error', message });
}

/** A part that does not hold what was written. */
function damaged(shown: string, path: string, how: string): WriteError {
  return new WriteError({ code: 'RF626', severity: 'error', message: `\`${shown}/${path}\` ${how}` });
}
