/** What holds lines of a lock by their keys, and a few of them. */

import type { LockLine } from './lock.ts';

/** Lines by their keys, in the order in which keys were first set. */
export interface Lines {
  readonly size: number;
  /** Adds a line, or puts it in the place of that of the same key. Throws RangeError for a key that is not ASCII: none is. */
  set(line: LockLine): void;
  get(key: string): LockLine | undefined;
  has(key: string): boolean;
  keys(): MapIterator<string> | Generator<string>;
  values(): MapIterator<LockLine> | Generator<LockLine>;
  /**
   * The lines of each beginning of keys, in sequences that are sorted by key. All of one beginning come before all of another
   * that is greater.
   */
  byBeginning(): Map<string, Iterable<LockLine>[]>;
}

/** Lines as objects. */
export class FewLines implements Lines {
  readonly #lines = new Map<string, LockLine>();

  get size(): number {
    return this.#lines.size;
  }

  set(line: LockLine): void {
    if (!/^[\0-\x7f]*$/.test(line.key)) throw notAscii(line.key);
    this.#lines.set(line.key, line);
  }

  get(key: string): LockLine | undefined {
    return this.#lines.get(key);
  }

  has(key: string): boolean {
    return this.#lines.has(key);
  }

  keys(): MapIterator<string> {
    return this.#lines.keys();
  }

  values(): MapIterator<LockLine> {
    return this.#lines.values();
  }

  byBeginning(): Map<string, LockLine[][]> {
    const byBeginning = new Map<string, LockLine[]>();
    for (const key of [...this.#lines.keys()].sort()) {
      const beginning = beginningOf(key);
      const lines = byBeginning.get(beginning) ?? [];
      lines.push(this.#lines.get(key) as LockLine);
      byBeginning.set(beginning, lines);
    }
    return new Map(Array.from(byBeginning, ([beginning, lines]) => [beginning, [lines]]));
  }
}

/** The target and the pass of a key, with the slash behind them; all of a key that has no more. */
export function beginningOf(key: string): string {
  const behind = key.indexOf('/', key.indexOf('/') + 1) + 1;
  return behind > 0 ? key.slice(0, behind) : key;
}

export function notAscii(key: string): RangeError {
  return new RangeError(`the key \`${key}\` is not ASCII`);
}
