/** The text of refang.lock as bytes, in pieces: that of a million lines is not to stand in memory. */

import { type LockLine, withId } from './lock.ts';
import { copyAscii, type LockColumns } from './lock-columns.ts';
import { inOrder, type RowOfLock } from './lock-order.ts';
import type { LockTable } from './lock-table.ts';

const HEADER = '# refang.lock: key id revision digest created changed. Commit it; do not edit it.\n';

/** Bytes that are handed on together. */
const PIECE = 1 << 18;

/** The most bytes of a plain line behind its key. */
const TAIL = 128;

const ENCODER = new TextEncoder();

/**
 * The text of some locks together, sorted by key, in pieces that hold until the next is asked for; of several lines of one key
 * that of the last lock counts.
 */
export function lockPieces(locks: readonly LockTable[]): Iterable<Uint8Array> {
  return locks.every(({ few }) => few)
    ? [fewLines(locks)]
    : columnPieces(locks.map((lock) => lock.columns()));
}

function fewLines(locks: readonly LockTable[]): Uint8Array {
  const lines = new Map(locks.flatMap((lock) => [...lock]));
  const sorted = [...lines.keys()].sort().map((key) => formatLine(lines.get(key) as LockLine));
  return ENCODER.encode(HEADER + sorted.join(''));
}

/** The same of locks of many lines. */
export function* columnPieces(locks: readonly LockColumns[]): Generator<Uint8Array> {
  const piece = new Uint8Array(PIECE);
  let filled = copyAscii(HEADER, piece, 0);
  for (const line of inOrder(locks)) {
    const { table, row } = line;
    const key = (table.beginnings[table.beginningAt(row)] as string).length + table.endLength(row);
    if (table.isPlain(row) && key + TAIL <= PIECE) {
      if (filled + key + TAIL > PIECE) {
        yield piece.subarray(0, filled);
        filled = 0;
      }
      filled = copyPlain(line, piece, filled);
    } else {
      yield piece.subarray(0, filled);
      yield ENCODER.encode(formatLine(table.at(row)));
      filled = 0;
    }
  }
  yield piece.subarray(0, filled);
}

function copyPlain({ table, row }: RowOfLock, to: Uint8Array, offset: number): number {
  const { revision, created, changed } = table.sharedAt(row);
  let at = copyAscii(table.beginnings[table.beginningAt(row)] as string, to, offset);
  at = copyAscii(' ', to, table.copyEnd(row, to, at));
  at = copyAscii(` ${revision} `, to, table.copyId(row, to, at));
  return copyAscii(` ${created} ${changed}\n`, to, table.copyDigest(row, to, at));
}

function formatLine(line: LockLine): string {
  const { key, id, former, revision, digest, contested, created, changed } = withId(line, line.id);
  const ids = former ? [id, ...former].join() : id;
  // A retired rule: whichever text it returns with, it comes after both of this revision.
  return `${key} ${ids} ${contested ? revision + 1 : revision} ${digest} ${created} ${changed}\n`;
}
