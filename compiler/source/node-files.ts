/** Reads files with Node. */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import type { FileReader, FolderEntry } from './files.ts';
import { decodeUtf8 } from './utf8.ts';

/** A reader of the files below a folder; absolute paths are read as they are. */
export class NodeFileReader implements FileReader {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  read(path: string): { file: SourceFile | undefined; diagnostics: Diagnostic[] } {
    const { bytes, diagnostics } = this.readBytes(path);
    return bytes ? decodeUtf8(path, bytes) : { file: undefined, diagnostics };
  }

  readBytes(path: string): { bytes: Uint8Array | undefined; diagnostics: Diagnostic[] } {
    try {
      return { bytes: readFileSync(this.absolute(path)), diagnostics: [] };
    } catch (error) {
      return { bytes: undefined, diagnostics: [unreadable(path, error as NodeJS.ErrnoException)] };
    }
  }

  list(folder: string): FolderEntry[] {
    const path = this.absolute(folder);
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [];
    const names = readdirSync(path).sort();
    return names.flatMap((name) => {
      const found = statSync(resolve(path, name), { throwIfNoEntry: false });
      return found ? [{ name, folder: found.isDirectory() }] : [];
    });
  }

  exists(path: string): boolean {
    return existsSync(this.absolute(path));
  }

  private absolute(path: string): string {
    return resolve(this.root, path);
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
      return {
        code: 'RF123',
        severity: 'error',
        message: `\`${path}\` is too large`,
        help: 'split it into several files',
      };
    default:
      return {
        code: 'RF123',
        severity: 'error',
        message: `\`${path}\` cannot be read: ${error.code ?? error.message}`,
      };
  }
}
