/** Finds target folders: those that Refang ships and the user's own, which override ours file by file. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import type { FileReader } from '../source/files.ts';
import { BASE_DEFINITION, EXTENDS, TARGET_NAME, type TargetFolder } from './target.ts';

/** Whether a file of a target's folder is part of the target (and not its README or its goldens). */
function isPart(name: string): boolean {
  return name === 'target.yaml' || name.endsWith('.hbs');
}

/** Where a target lies: its files are read when it is wanted. */
export interface FoundTarget {
  name: string;
  /** A target that the user added; false for one of ours, overridden or not. */
  own: boolean;
  /** The paths of its parts, by the name of the file. */
  paths: ReadonlyMap<string, string>;
}

/**
 * All targets below the roots, by name. Of a file that stands below several roots, the one of the last counts; all but the
 * first root are the user's own.
 */
export function findTargets(reader: FileReader, roots: readonly string[]): Map<string, FoundTarget> {
  const found = new Map<string, FoundTarget>();
  for (const [at, root] of roots.entries()) {
    for (const { name, folder: isFolder } of reader.list(root)) {
      if (!isFolder || !TARGET_NAME.test(name)) continue;
      const folder = `${root}/${name}`;
      const parts = reader.list(folder).filter((entry) => !entry.folder && isPart(entry.name));
      if (parts.length === 0) continue;
      const before = found.get(name);
      const paths = parts.map((part) => [part.name, `${folder}/${part.name}`] as const);
      found.set(name, {
        name,
        own: before?.own ?? at > 0,
        paths: new Map([...(before?.paths ?? []), ...paths]),
      });
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Reads a target that was found, with the files of the one it extends, where it has none of its own. */
export function readTarget(
  reader: FileReader,
  all: ReadonlyMap<string, FoundTarget>,
  { name, own, paths }: FoundTarget,
): { folder: TargetFolder; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const files = readParts(reader, paths, diagnostics);
  const base = all.get(EXTENDS.exec(files.get('target.yaml')?.text ?? '')?.[1] ?? '');
  if (!base) return { folder: { name, files, own }, diagnostics };
  const below = readParts(reader, base.paths, diagnostics);
  const definition = below.get('target.yaml');
  const united = new Map([...below, ...files]);
  if (definition) united.set(BASE_DEFINITION, definition);
  return { folder: { name, files: united, own }, diagnostics };
}

function readParts(
  reader: FileReader,
  paths: ReadonlyMap<string, string>,
  diagnostics: Diagnostic[],
): Map<string, SourceFile> {
  const files = new Map<string, SourceFile>();
  for (const [name, path] of paths) {
    const read = reader.read(path);
    diagnostics.push(...read.diagnostics);
    if (read.file) files.set(name, read.file);
  }
  return files;
}
