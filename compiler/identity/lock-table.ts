/**
 * The lines of a lock by their keys: few as objects, which are made in no time; more as columns, which take a tenth
 * of the memory.
 */

import type { Lock, LockLine } from './lock.ts';
import { LockColumns } from './lock-columns.ts';

/** So many are objects. */
const FEW = 5000;

/** Lines by their keys, in the order in which keys were first set. */
export class LockTable implements Lock {
  #lines: Map<string, LockLine> | LockColumns = new Map();

  /** A table of lines; of several with one key the last counts. */
  static of(lines: Iterable<LockLine>): LockTable {
    const table = new LockTable();
    for (const line of lines) table.set(line);
    return table;
  }

  get size(): number {
    return this.#lines.size;
  }

  /** Whether they are objects. */
  get few(): boolean {
    return this.#lines instanceof Map;
  }

  /** They as columns. */
  columns(): LockColumns {
    return this.#lines instanceof Map ? LockColumns.of(this.#lines.values()) : this.#lines;
  }

  /** Makes room for so many lines in all. */
  reserve(size: number): void {
    if (size <= FEW) return;
    const columns = this.columns();
    columns.reserve(size);
    this.#lines = columns;
  }

  /** Adds a line, or puts it in the place of that of the same key. Throws RangeError for a key that is not ASCII: none is. */
  set(line: LockLine): void {
    if (this.size === FEW) this.#lines = this.columns();
    if (this.#lines instanceof Map) setObject(this.#lines, line);
    else this.#lines.set(line);
  }

  get(key: string): LockLine | undefined {
    return this.#lines.get(key);
  }

  has(key: string): boolean {
    return this.#lines.has(key);
  }

  keys() {
    return this.#lines.keys();
  }

  values() {
    return this.#lines.values();
  }

  *entries(): Generator<[string, LockLine]> {
    for (const line of this.values()) yield [line.key, line];
  }

  [Symbol.iterator](): Generator<[string, LockLine]> {
    return this.entries();
  }

  forEach(visit: (line: LockLine, key: string, lock: Lock) => void): void {
    for (const [key, line] of this) visit(line, key, this);
  }
}

function setObject(lines: Map<string, LockLine>, line: LockLine): void {
  if (!/^[\0-\x7f]*$/.test(line.key)) throw new RangeError(`the key \`${line.key}\` is not ASCII`);
  lines.set(line.key, line);
}
