/** Rules under names that every engine can include. */

import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Copies files into a folder under plain names, in the same order, which are the answer: resolvers read `*` in the path
 * of an included file as a pattern, and cannot quote all others.
 */
export async function copyRules(files: readonly string[], folder: string): Promise<string[]> {
  const names = files.map((file, at) => `rules-${at + 1}${isZone(file) ? '.rpz' : '.conf'}`);
  for (const [at, file] of files.entries()) await copyFile(file, join(folder, names[at] as string));
  return names;
}

/** Whether a file is a response policy zone; others are configuration of the resolver. */
export function isZone(file: string): boolean {
  return file.endsWith('.rpz');
}
