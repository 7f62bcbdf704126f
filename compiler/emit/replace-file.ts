/** Replaces one file at once: a reader sees the old text or the new, never a part. */

import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { beside, removeFile } from './beside.ts';
import { writeFailure } from './write-error.ts';

/** How a file is replaced. */
interface Replacing {
  /** The reason that a WriteError tells. */
  why?: string;
  /** The text is on the disk before it takes the old one's place, so that after a loss of power the file has one of the two. */
  durable?: boolean;
}

/** Throws WriteError; then the old file is as it was. */
export function replaceFile(path: string, text: string | Uint8Array, how: Replacing = {}): void {
  writeBeside(path, [text], how);
  takePlace(path, how);
}

/** Writes beside a file what is to take its place. Throws WriteError; then nothing is left there. */
export function writeBeside(
  path: string,
  pieces: Iterable<string | Uint8Array>,
  { why, durable = false }: Replacing = {},
): void {
  const next = beside(path, 'new');
  try {
    // Anew, so that a link that somebody put there is not written through.
    removeFile(next);
    const handle = openSync(next, 'wx');
    try {
      for (const piece of pieces) writeFileSync(handle, piece);
      if (durable) fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    dropBeside(path);
    throw writeFailure(error, basename(path), why);
  }
}

/** Puts in the place of a file what was written beside it. Throws WriteError; then the old file is as it was. */
export function takePlace(path: string, { why, durable = false }: Replacing = {}): void {
  try {
    renameSync(beside(path, 'new'), path);
    if (durable) syncFolder(dirname(path));
  } catch (error) {
    dropBeside(path);
    throw writeFailure(error, basename(path), why);
  }
}

/** Removes what was written beside a file. */
export function dropBeside(path: string): void {
  removeFile(beside(path, 'new'));
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
