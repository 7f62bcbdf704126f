/** A file that is not held as a text, without a disk. */

import { bytesOfText, StoredFile } from '../compiler/diagnostics/stored-file.ts';

/** A file with a text; `step` is that of its marks. */
export function storedFile(path: string, text: string, step?: number): StoredFile {
  return new StoredFile(path, bytesOfText(text), step);
}
