/** Files that are not held as texts, without a disk. */

import { type StoredBytes, StoredFile } from '../compiler/diagnostics/stored-file.ts';

/** The bytes of a text in memory. */
export function bytesStored(text: string): StoredBytes {
  const bytes = new TextEncoder().encode(text);
  return {
    size: bytes.length,
    read(from, buffer) {
      const read = bytes.subarray(from, from + buffer.length);
      buffer.set(read);
      return read.length;
    },
  };
}

/** A file with a text; `step` is that of its marks. */
export function storedFile(path: string, text: string, step?: number): StoredFile {
  return new StoredFile(path, bytesStored(text), step);
}
