/** Finds target folders: those that Refang ships and the user's own, which override ours file by file. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { FileReader } from '../source/files.ts';
import { BASE_DEFINITION, EXTENDS, TARGET_NAME, type TargetFolder } from './target.ts';

/** Whether a file of a target's folder is part of the target (and not its README or its goldens). */
function isPart(name: string): boolean {
  return name === 'target.yaml' || name.endsWith('.hbs');
}

/**
 * All target folders below the roots, by name. Of a file that stands below several roots, the one of the last counts;
 * all but the first root are the user's own.
 */
export function findTargets(
  reader: FileReader,
  roots: readonly string[],
): { folders: Map<string, TargetFolder>; diagnostics: Diagnostic[] } {
  const folders = new Map<string, TargetFolder>();
  const diagnostics: Diagnostic[] = [];
  for (const [at, root] of roots.entries()) {
    for (const { name, folder: isFolder } of reader.list(root)) {
      if (!isFolder || !TARGET_NAME.test(name)) continue;
      const folder = `${root}/${name}`;
      const parts = reader.list(folder).filter((entry) => !entry.folder && isPart(entry.name));
      if (parts.length === 0) continue;
      const files = new Map(folders.get(name)?.files);
      for (const part of parts) {
        const read = reader.read(`${folder}/${part.name}`);
        diagnostics.push(...read.diagnostics);
        if (read.file) files.set(part.name, read.file);
      }
      folders.set(name, { name, files, own: folders.get(name)?.own ?? at > 0 });
    }
  }
  const whole = [...folders.values()].map((folder) => withBase(folder, folders));
  return {
    folders: new Map(whole.sort((a, b) => (a.name < b.name ? -1 : 1)).map((one) => [one.name, one])),
    diagnostics,
  };
}

/** A folder with the files of the target that it extends, where it has none of its own. */
function withBase(folder: TargetFolder, folders: ReadonlyMap<string, TargetFolder>): TargetFolder {
  const base = folders.get(EXTENDS.exec(folder.files.get('target.yaml')?.text ?? '')?.[1] ?? '');
  const definition = base?.files.get('target.yaml');
  if (!base || !definition) return folder;
  return { ...folder, files: new Map([...base.files, ...folder.files, [BASE_DEFINITION, definition]]) };
}
