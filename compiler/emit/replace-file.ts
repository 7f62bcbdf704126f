/** Replaces one file at once: a reader sees the old text or the new, never a part. */

import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { writeFailure } from './write-error.ts';

/** Throws WriteError, with `why` as its reason; then the old file is as it was. */
export function replaceFile(path: string, text: string, why: string): void {
  const beside = join(dirname(path), `.${basename(path)}.refang-new`);
  try {
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw writeFailure(error, basename(path), why);
  }
}
