/** The text of refang.lock, in pieces: that of a million lines is not to stand in memory. */

import { type LockLine, withId } from './lock.ts';
import type { Lines } from './lock-lines.ts';

const HEADER = '# refang.lock: key id revision digest created changed. Commit it; do not edit it.\n';

/** Lines that are handed on together. */
const BLOCK = 1000;

/** The text of some locks together, sorted by key, in pieces of whole lines; of several lines of one key that of the last lock counts. */
export function* lockPieces(locks: readonly Pick<Lines, 'byBeginning'>[]): Generator<string> {
  yield HEADER;
  let block: string[] = [];
  for (const line of sortedLines(locks)) {
    if (block.push(formatLine(line)) < BLOCK) continue;
    yield block.join('');
    block = [];
  }
  if (block.length > 0) yield block.join('');
}

function* sortedLines(locks: readonly Pick<Lines, 'byBeginning'>[]): Generator<LockLine> {
  const parts = locks.map((lock) => lock.byBeginning());
  for (const beginning of [...new Set(parts.flatMap((part) => [...part.keys()]))].sort())
    yield* merged(parts.flatMap((part) => part.get(beginning) ?? []));
}

/** Lines that are sorted, of several sources; of lines with one key that of the last source. */
function* merged(sources: readonly Iterable<LockLine>[]): Generator<LockLine> {
  const iterators = sources.map((source) => source[Symbol.iterator]());
  const next = iterators.map((iterator) => iterator.next().value as LockLine | undefined);
  for (;;) {
    let least: LockLine | undefined;
    for (const line of next) if (line && (!least || line.key <= least.key)) least = line;
    if (!least) return;
    for (let at = 0; at < next.length; at++)
      if (next[at]?.key === least.key) next[at] = iterators[at]?.next().value as LockLine | undefined;
    yield least;
  }
}

function formatLine(line: LockLine): string {
  const { key, id, former, revision, digest, contested, created, changed } = withId(line, line.id);
  const ids = former ? [id, ...former].join() : id;
  // A retired rule: whichever text it returns with, it comes after both of this revision.
  return `${key} ${ids} ${contested ? revision + 1 : revision} ${digest} ${created} ${changed}\n`;
}
