/** Reads a file of any size in pieces. */

import { closeSync, openSync, readSync } from 'node:fs';

/** Bytes that are read at once. */
const PIECE = 1 << 18;

/** The bytes of a file, from first to last; each piece holds until the next is asked for. Throws what the file system says. */
export function* piecesOf(path: string): Generator<Buffer> {
  const buffer = Buffer.allocUnsafe(PIECE);
  const handle = openSync(path, 'r');
  try {
    for (;;) {
      const read = readSync(handle, buffer, 0, PIECE, null);
      if (read === 0) return;
      yield buffer.subarray(0, read);
    }
  } finally {
    closeSync(handle);
  }
}
