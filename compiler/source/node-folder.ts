/** What stands in a folder. Loads nothing but the file system: a build with nothing to do asks it, too. */

import { readdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FolderEntry } from './files.ts';

/** What stands in a folder, sorted by name; a link is what it leads to. */
export function entriesOf(path: string): FolderEntry[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [];
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const { name } = entry;
    const found = entry.isSymbolicLink() ? statSync(resolve(path, name), { throwIfNoEntry: false }) : entry;
    return found ? [{ name, folder: found.isDirectory() }] : [];
  });
}

/** The names in a folder, as one text. */
export function listingOf(entries: readonly FolderEntry[]): string {
  return entries.map(({ name, folder }) => `${name}${folder ? '/' : ''}`).join('\n');
}
