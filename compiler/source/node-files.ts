/** Reads files with Node. */

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { tooLarge } from '../diagnostics/stored-file.ts';
import type { FolderEntry, InputReader, ReadInput } from './files.ts';
import { entriesOf } from './node-folder.ts';
import { resolveBelow } from './node-path.ts';
import { sha256Of } from './node-sha256.ts';
import { readStored } from './node-stored.ts';
import type { FileTrace } from './node-trace.ts';
import { decodeUtf8, readWhole } from './utf8.ts';

/** A reader of the files below a folder; absolute paths are read as they are. */
export class NodeFileReader implements InputReader {
  readonly root: string;
  readonly #folder: string;
  readonly #trace: FileTrace | undefined;

  /** `trace` notes all questions and answers. */
  constructor(root: string, trace?: FileTrace) {
    this.root = root;
    this.#folder = resolve(root);
    this.#trace = trace;
  }

  read(path: string): { file: SourceFile | undefined; diagnostics: Diagnostic[] } {
    const { bytes, diagnostics } = this.readBytes(path);
    return bytes ? decodeUtf8(path, bytes) : { file: undefined, diagnostics };
  }

  readInput(path: string): ReadInput {
    const absolute = this.absolute(path);
    const note = this.#trace?.reading(absolute);
    const stored = readStored(path, absolute);
    if (!stored) return readWhole(this, path);
    note?.(stored.sha256);
    return { ...stored, diagnostics: [] };
  }

  readBytes(path: string): { bytes: Uint8Array | undefined; diagnostics: Diagnostic[] } {
    const absolute = this.absolute(path);
    const note = this.#trace?.reading(absolute);
    try {
      const bytes = readFileSync(absolute);
      note?.(sha256Of(bytes));
      return { bytes, diagnostics: [] };
    } catch (error) {
      return { bytes: undefined, diagnostics: [unreadable(path, error as NodeJS.ErrnoException)] };
    }
  }

  list(folder: string): FolderEntry[] {
    const path = this.absolute(folder);
    const entries = entriesOf(path);
    this.#trace?.listed(path, entries);
    return entries;
  }

  exists(path: string): boolean {
    const absolute = this.absolute(path);
    const exists = existsSync(absolute);
    this.#trace?.asked(absolute, exists);
    return exists;
  }

  private absolute(path: string): string {
    return resolveBelow(this.#folder, path);
  }
}

/** Why a file cannot be read, by what Node says of it. */
export function unreadable(path: string, error: NodeJS.ErrnoException): Diagnostic {
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { code: 'RF122', severity: 'error', message: `\`${path}\` does not exist` };
    case 'EISDIR':
      return {
        code: 'RF123',
        severity: 'error',
        message: `\`${path}\` is a folder`,
        help: 'name a file in it',
      };
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'RF123',
        severity: 'error',
        message: `\`${path}\` may not be read`,
        help: 'allow this user to read it',
      };
    case 'ERR_FS_FILE_TOO_LARGE':
    case 'ERR_STRING_TOO_LONG':
      return tooLarge(path);
    default:
      return {
        code: 'RF123',
        severity: 'error',
        message: `\`${path}\` cannot be read: ${error.code ?? error.message}`,
      };
  }
}
