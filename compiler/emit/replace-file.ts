/** Replaces one file at once: a reader sees the old text or the new, never a part. */

import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { beside, removeFile } from './beside.ts';
import { writeFailure } from './write-error.ts';

/**
 * Throws WriteError, with `why` as its reason; then the old file is as it was. With `durable`, the text is on the disk
 * before it takes the old one's place, so that after a loss of power the file has one of the two.
 */
export function replaceFile(
  path: string,
  text: string,
  { why, durable = false }: { why?: string; durable?: boolean } = {},
): void {
  const next = beside(path, 'new');
  try {
    // Anew, so that a link that somebody put there is not written through.
    removeFile(next);
    const handle = openSync(next, 'wx');
    try {
      writeFileSync(handle, text);
      if (durable) fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(next, path);
    if (durable) syncFolder(dirname(path));
  } catch (error) {
    removeFile(next);
    throw writeFailure(error, basename(path), why);
  }
}

/** Puts the names in a folder on the disk, where the system can: not every one opens folders. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // The file has its new text all the same.
  }
}
