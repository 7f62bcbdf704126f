/** What stands in a folder. Loads nothing but the file system: a build with nothing to do asks it, too. */

import { type Dirent, readdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FolderEntry } from './files.ts';

/** What stands in a folder, sorted by name; a link is what it leads to. */
export function entriesOf(path: string): FolderEntry[] {
  const entries = direntsOf(path).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const { name } = entry;
    const found = entry.isSymbolicLink() ? statSync(resolve(path, name), { throwIfNoEntry: false }) : entry;
    return found ? [{ name, folder: found.isDirectory() }] : [];
  });
}

/** None where there is no folder. */
function direntsOf(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}

/** The names in a folder, as one text. */
export function listingOf(entries: readonly FolderEntry[]): string {
  return entries.map(({ name, folder }) => `${name}${folder ? '/' : ''}`).join('\n');
}
