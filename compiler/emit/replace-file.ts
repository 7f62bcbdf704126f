/** Replaces one file at once: a reader sees the old text or the new, never a part. */

import { renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Throws what the file system says; then the old file is as it was. */
export function replaceFile(path: string, text: string): void {
  const beside = join(dirname(path), `.${basename(path)}.refang-new`);
  writeFileSync(beside, text);
  renameSync(beside, path);
}
