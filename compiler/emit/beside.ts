/** What a build keeps beside a folder or a file while it replaces it. */

import { lstatSync, readlinkSync, type Stats, unlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * - `new`: what is being written; of a folder, its `files`, and what an exchange needs to be undone.
 * - `old`: the old folder, stepped aside.
 * - `lock`: who is at work.
 */
export type Beside = 'new' | 'old' | 'lock';

/** The path of it: `.out.refang-new` beside `out`. */
export function beside(path: string, what: Beside): string {
  return join(dirname(path), `.${basename(path)}.refang-${what}`);
}

/** Where a folder is, through links, whether it exists or not: a link that leads to nothing leads to where it will be. */
export function placeOf(path: string, hops = 40): string {
  const link = lookAt(path)?.isSymbolicLink() ?? false;
  // A link to itself leads nowhere; whoever opens it is told.
  if (!link || hops === 0) return path;
  return placeOf(resolve(dirname(path), readlinkSync(path)), hops - 1);
}

/** What stands at a path, links not followed; undefined for what is not there or cannot be seen. */
export function lookAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Removes a file, if it is there. For Node's `rm` more has to be loaded. */
export function removeFile(path: string): void {
  if (!lookAt(path)) return;
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
