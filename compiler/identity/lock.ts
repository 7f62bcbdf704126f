/**
 * refang.lock: the identity of every rule that was ever rendered, and of every file with a serial, a line each, sorted by key:
 * `key id revision digest created changed`, dates as YYYY-MM-DD. Lines of rules that are no longer
 * rendered stay, so that no identifier is given twice.
 */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { type Hasher, portableHasher } from './hasher.ts';

/** The identity of one rule. */
export interface LockLine {
  key: string;
  /** The sid or UUID; `-` for a file. */
  id: string;
  revision: number;
  /** Of the rule's text with id, revision and dates blank: 16 hexadecimal digits of its SHA-256. */
  digest: string;
  /** The day of revision 1. */
  created: string;
  /** The day of this revision. */
  changed: string;
}

/** Lines by their keys. */
export type Lock = ReadonlyMap<string, LockLine>;

/** What stands for the id of a file, which has none. */
export const NO_ID = '-';

const HEADER = '# refang.lock: key id revision digest created changed. Commit it; do not edit it.\n';
const LINE = /^(\S+) (\S+) ([1-9]\d*) ([0-9a-f]{16}) (\d{4}-\d\d-\d\d) (\d{4}-\d\d-\d\d)$/;

/** How many hexadecimal digits of a hash are kept. */
const DIGITS = 16;

/** What a rule's text is compared by. */
export function digestOf(text: string, hasher: Hasher = portableHasher): string {
  return digestOfPieces([text], hasher);
}

/** The same of a text in pieces. */
export function digestOfPieces(pieces: Iterable<string>, hasher: Hasher = portableHasher): string {
  const hash = hasher();
  for (const piece of pieces) hash.update(piece);
  return hash.hex().slice(0, DIGITS);
}

/** Reads a lock. Order does not matter; of two lines with one key the higher revision counts (git's union merge leaves both). */
export function parseLock(file: SourceFile): { lock: Lock; diagnostics: Diagnostic[] } {
  const lines = new Map<string, LockLine>();
  const diagnostics: Diagnostic[] = [];
  let start = 0;
  for (const text of file.text.split('\n')) {
    const line = text.replace(/\r$/, '');
    const end = start + line.length;
    if (line !== '' && !line.startsWith('#')) {
      const match = LINE.exec(line);
      if (match) keepHigher(lines, lineFrom(match));
      else diagnostics.push(damaged({ file, start, end }));
    }
    start += text.length + 1;
  }
  return { lock: lines, diagnostics };
}

function lineFrom(match: RegExpExecArray): LockLine {
  const [, key, id, revision, digest, created, changed] = match as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return { key, id, revision: Number(revision), digest, created, changed };
}

function keepHigher(lines: Map<string, LockLine>, line: LockLine): void {
  const other = lines.get(line.key);
  if (
    !other ||
    line.revision > other.revision ||
    (line.revision === other.revision && line.digest < other.digest)
  ) {
    lines.set(line.key, line);
  }
}

function damaged(span: Diagnostic['span'] & object): Diagnostic {
  return {
    code: 'RF601',
    severity: 'error',
    span,
    message: 'this line is not `key id revision digest created changed`',
    help: 'restore the line from the version history, or delete it to give the rule a new revision 1',
  };
}

/** The text of a lock, sorted by key. */
export function formatLock(lock: Lock): string {
  const keys = [...lock.keys()].sort();
  const lines = keys.map((key) => {
    const line = lock.get(key) as LockLine;
    return `${line.key} ${line.id} ${line.revision} ${line.digest} ${line.created} ${line.changed}\n`;
  });
  return HEADER + lines.join('');
}

/** The line of a rule after a build on the day `asOf`: the revision rises exactly when the text changed. */
export function settle(
  before: LockLine | undefined,
  key: string,
  id: string,
  digest: string,
  asOf: string,
): LockLine {
  if (!before) return { key, id, revision: 1, digest, created: asOf, changed: asOf };
  if (before.digest === digest) return before.id === id ? before : { ...before, id };
  return { ...before, id, revision: before.revision + 1, digest, changed: asOf };
}
