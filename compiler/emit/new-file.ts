/** Writes a file only where there is none. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeFailure } from './write-error.ts';

/** False where something of that name is there already, be it a link that leads nowhere. Throws WriteError. */
export function writeNewFile(path: string, shown: string, text: string): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw writeFailure(error, shown);
  }
}
