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

/** Whether an input is a glob and not a path. */
export function isGlob(pattern: string): boolean {
  return pattern.includes('*');
}

/**
 * The files that a glob matches, sorted. `*` stands for any part of a name that does not begin with a dot, `**` as a
 * whole segment for any number of folders.
 */
export function expandGlob(reader: FileReader, pattern: string): string[] {
  const segments = pattern
    .split('/')
    .filter((segment, at) => segment !== '.' && (segment !== '' || at === 0));
  return [...new Set(expand(reader, '', segments))].sort();
}

function expand(reader: FileReader, base: string, segments: readonly string[]): string[] {
  const [segment, ...rest] = segments;
  if (segment === undefined) return [];
  const join = (name: string) => (base === '' ? name : `${base}/${name}`);
  if (segment === '**') {
    const below = foldersOf(reader, base).flatMap((name) => expand(reader, join(name), segments));
    return [...expand(reader, base, rest.length > 0 ? rest : ['*']), ...below];
  }
  if (!isGlob(segment)) {
    // An absolute path begins with an empty segment.
    const path = base === '' && segment === '' ? '/' : join(segment);
    if (rest.length > 0) return expand(reader, path === '/' ? '/' : path, rest);
    return reader.exists(path) ? [path] : [];
  }
  const matches = matcher(segment);
  const names = reader.list(base || '.').filter((entry) => matches.test(entry.name));
  if (rest.length > 0)
    return names.filter((entry) => entry.folder).flatMap((entry) => expand(reader, join(entry.name), rest));
  return names.filter((entry) => !entry.folder).map((entry) => join(entry.name));
}

function foldersOf(reader: FileReader, base: string): string[] {
  return reader
    .list(base || '.')
    .filter((entry) => entry.folder && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map((entry) => entry.name);
}

function matcher(segment: string): RegExp {
  const parts = segment.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^(?!\\.)${parts.join('[^/]*')}$`, 'u');
}
