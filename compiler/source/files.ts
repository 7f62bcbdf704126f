/** How the compiler reads files: an interface, because it also runs where there are none, and globs on top of it. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';

/** What stands in a folder. */
export interface FolderEntry {
  name: string;
  folder: boolean;
}

/** Paths are relative to the project, with `/`. */
export interface FileReader {
  /** A text file in UTF-8, or why it cannot be read. */
  read(path: string): { file: SourceFile | undefined; diagnostics: Diagnostic[] };
  /** The bytes of a file, or why they cannot be read. */
  readBytes(path: string): { bytes: Uint8Array | undefined; diagnostics: Diagnostic[] };
  /** What stands in a folder, sorted by name; nothing where there is no such folder. */
  list(folder: string): FolderEntry[];
  /** Whether a file or a folder of that path is there. */
  exists(path: string): boolean;
}

/** A file of indicators that was read. */
export interface ReadInput {
  /** Absent where it cannot be read as text. */
  file: SourceFile | undefined;
  /** Of its bytes. */
  sha256: string;
  diagnostics: Diagnostic[];
}

/** Reads what may be large. */
export interface InputReader extends FileReader {
  /** A text file in UTF-8, or why it cannot be read. */
  readInput(path: string): ReadInput;
}

/** Whether an input is a glob and not a path. */
export function isGlob(pattern: string): boolean {
  return pattern.includes('*');
}

/**
 * The files that a glob matches, sorted. `*` stands for any part of a name that does not begin with a dot, `**` as a
 * whole segment for any number of folders.
 */
export function expandGlob(reader: FileReader, pattern: string): string[] {
  const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
  return [...new Set(expand(reader, pattern.startsWith('/') ? '/' : '', segments))].sort();
}

/** The files below `base`, which is empty or ends with `/`. */
function expand(reader: FileReader, base: string, [segment, ...rest]: readonly string[]): string[] {
  if (segment === undefined) return [];
  const entries = () => reader.list(base || '.');
  if (segment === '**') {
    const here = expand(reader, base, rest.length > 0 ? rest : ['*']);
    const folders = entries().filter(({ name, folder }) => folder && !name.startsWith('.'));
    return [...here, ...folders.flatMap(({ name }) => expand(reader, `${base}${name}/`, ['**', ...rest]))];
  }
  if (!isGlob(segment)) {
    const path = base + segment;
    if (rest.length > 0) return expand(reader, `${path}/`, rest);
    return reader.exists(path) ? [path] : [];
  }
  const pattern = patternOf(segment);
  const matches = entries().filter(({ name }) => pattern.test(name));
  if (rest.length === 0) return matches.filter(({ folder }) => !folder).map(({ name }) => base + name);
  return matches
    .filter(({ folder }) => folder)
    .flatMap(({ name }) => expand(reader, `${base}${name}/`, rest));
}

/** A segment with stars as a regular expression. */
function patternOf(segment: string): RegExp {
  const parts = segment.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^(?!\\.)${parts.join('.*')}$`, 'su');
}
