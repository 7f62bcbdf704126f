/** The lines of several locks in the order of their keys. */

import { sortedByText } from '../plan/sort-texts.ts';
import type { LockColumns } from './lock-columns.ts';

/** Lines that came in order are a sequence of their own from so many on, as long as there are few of those. */
const LONG = 1000;
const MOST_SEQUENCES = 16;

/** A line of one of the locks. */
export interface RowOfLock {
  readonly table: LockColumns;
  readonly row: number;
}

/**
 * All lines, by key; of several with one key that of the last lock. It is always the same few objects that are given, each
 * of which moves on when the next line is asked for.
 */
export function* inOrder(tables: readonly LockColumns[]): Generator<RowOfLock> {
  const parts = tables.map((table) => ({ table, sequences: sequencesOf(table) }));
  // No key is before one of a beginning that is less.
  for (const beginning of [...new Set(tables.flatMap(({ beginnings }) => beginnings))].sort()) {
    const cursors = parts.flatMap(({ table, sequences }) =>
      (sequences.get(beginning) ?? []).map((rows) => new Cursor(table, rows)),
    );
    yield* merged(cursors.filter((cursor) => cursor.next()));
  }
}

function* merged(cursors: readonly Cursor[]): Generator<RowOfLock> {
  for (let left = cursors; left.length > 0; ) {
    let least = left[0] as Cursor;
    for (const one of left) if (one.compare(least) <= 0) least = one;
    yield least;
    // Those of locks before it with the same key are passed over.
    for (const one of left) if (one !== least && one.compare(least) === 0) one.next();
    least.next();
    if (left.some(({ ended }) => ended)) left = left.filter(({ ended }) => !ended);
  }
}

/** The rows of each beginning of keys, in sequences that are sorted. */
function sequencesOf(table: LockColumns): Map<string, Uint32Array[]> {
  const counts = table.beginnings.map(() => 0);
  for (let row = 0; row < table.size; row++) (counts[table.beginningAt(row)] as number) += 1;
  const rows = counts.map((count) => new Uint32Array(count));
  const filled = counts.map(() => 0);
  for (let row = 0; row < table.size; row++) {
    const beginning = table.beginningAt(row);
    (rows[beginning] as Uint32Array)[(filled[beginning] as number)++] = row;
  }
  return new Map(table.beginnings.map((text, at) => [text, sequences(table, rows[at] as Uint32Array)]));
}

/** Most rows came in order: what did is not sorted, which takes time and memory. */
function sequences(table: LockColumns, rows: Uint32Array): Uint32Array[] {
  const long: Uint32Array[] = [];
  const others = new Uint32Array(rows.length);
  let count = 0;
  const [last, next] = [new Cursor(table, rows), new Cursor(table, rows)];
  next.next();
  for (let from = 0; from < rows.length; ) {
    let to = from;
    do to++;
    while (last.next() && next.next() && last.compare(next) < 0);
    if (to - from >= LONG) long.push(rows.subarray(from, to));
    else for (let at = from; at < to; at++) others[count++] = rows[at] as number;
    from = to;
  }
  if (long.length > MOST_SEQUENCES) return [sorted(table, rows)];
  return [...long, sorted(table, others.subarray(0, count))];
}

function sorted(table: LockColumns, rows: Uint32Array): Uint32Array {
  return sortedByText(table.endsOf(rows)).map((number) => rows[number] as number);
}

/** Looks at some rows of a table, one after another. */
class Cursor implements RowOfLock {
  readonly table: LockColumns;
  row = -1;
  /** Whether there is no further row. */
  ended = false;
  readonly #rows: Uint32Array;
  #at = -1;
  /** The end of the key of the row. */
  #end = new Uint8Array(256);
  #length = 0;

  constructor(table: LockColumns, rows: Uint32Array) {
    this.table = table;
    this.#rows = rows;
  }

  /** Goes to the next row, the first at first; false where there is none. */
  next(): boolean {
    this.#at += 1;
    this.ended = this.#at >= this.#rows.length;
    if (this.ended) return false;
    this.row = this.#rows[this.#at] as number;
    this.#length = this.table.endLength(this.row);
    if (this.#length > this.#end.length) this.#end = new Uint8Array(this.#length * 2);
    this.table.copyEnd(this.row, this.#end, 0);
    return true;
  }

  /** Below 0 where its key is before the other's, 0 where it is the same. Both have one beginning. */
  compare(other: Cursor): number {
    const shorter = Math.min(this.#length, other.#length);
    for (let at = 0; at < shorter; at++)
      if (this.#end[at] !== other.#end[at]) return (this.#end[at] as number) - (other.#end[at] as number);
    return this.#length - other.#length;
  }
}
