/** Reads refang.lock, also as a merge leaves it: in any order, with several lines of one key. */

import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { isDay } from '../indicators/day.ts';
import { isFileKey } from './key.ts';
import { formerIds, type LockLine, NO_ID } from './lock.ts';
import { LockTable } from './lock-table.ts';

/** What most lines are, that have one id, and no number close to a limit. */
const PLAIN_LINE =
  /^[!-~]+\/[!-~]+ (?:-|[1-9]\d{0,8}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) [1-9]\d{0,8} [0-9a-f]{16} \d{4}-\d{2}-\d{2} \d{4}-\d{2}-\d{2}$/;
const KEY = /^[!-~]+\/[!-~]+$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NUMBER = /^[1-9]\d{0,9}$/;
/** Sids have 32 bits. */
const LAST_SID = 2 ** 32 - 1;
/** Serials of zones are compared modulo 2^32: a half of them is greater than 1. */
const LAST_REVISION = 2 ** 31 - 1;
const MARKER = /^(?:<{7}|\|{7}|={7}|>{7})(?: |$)/;

/** Reads a lock; each line that is none is an error at its place. */
export function parseLock(file: SourceFile): { lock: LockTable; diagnostics: Diagnostic[] } {
  const lines = new LockTable();
  const doubled = new Map<string, LockLine[]>();
  const diagnostics: Diagnostic[] = [];
  const days = new Set<string>();
  const { text } = file;
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const behind = end < 0 ? text.length : end;
    const line = text.slice(start, text.charAt(behind - 1) === '\r' ? behind - 1 : behind);
    if (line !== '' && !line.startsWith('#')) {
      const words = line.split(' ');
      const problem = isPlain(line, words as Words, days) ? undefined : problemOf(line, words);
      if (problem) diagnostics.push(damaged(file, start, line, problem));
      else add(lineFrom(words as Words), lines, doubled);
    }
    start = behind + 1;
  }
  for (const some of doubled.values()) lines.set(joined(some));
  return { lock: lines, diagnostics };
}

/** Where a key stands in the text of a lock; undefined for a key that it does not have. */
export function spanOfKey(file: SourceFile, key: string): Span | undefined {
  const at = `\n${file.text}`.indexOf(`\n${key} `);
  return at < 0 ? undefined : { file, start: at, end: at + key.length };
}

type Words = [key: string, ids: string, revision: string, digest: string, created: string, changed: string];

function lineFrom([key, ids, revision, digest, created, changed]: Words): LockLine {
  const rest = { revision: Number(revision), digest, created, changed };
  if (!ids.includes(',')) return { key, id: ids, ...rest };
  const [id = NO_ID, ...former] = ids.split(',');
  return { key, id, ...formerIds(former, id), ...rest };
}

function add(line: LockLine, lines: LockTable, doubled: Map<string, LockLine[]>): void {
  const other = lines.get(line.key);
  if (!other) lines.set(line);
  else doubled.set(line.key, [...(doubled.get(line.key) ?? [other]), line]);
}

/**
 * One line for several of a key, the same in whichever order they come: the highest revision, the earliest days, the ids that
 * no line says were given up.
 */
function joined(lines: readonly LockLine[]): LockLine {
  const { key } = lines[0] as LockLine;
  const revision = Math.max(...lines.map((line) => line.revision));
  const highest = lines.filter((line) => line.revision === revision);
  const digests = new Set(highest.map(({ digest }) => digest));
  const former = lines.flatMap((line) => line.former ?? []);
  const ids = lines.map(({ id }) => id);
  const kept = ids.filter((id) => id !== NO_ID && !former.includes(id));
  const standing = kept.length > 0 ? kept : ids.includes(NO_ID) ? [] : ids;
  const [id = NO_ID, ...others] = [...new Set(standing)].sort(byLengthThenText);
  return {
    key,
    id,
    ...formerIds(former, id),
    ...(others.length > 0 && { others }),
    revision,
    digest: least([...digests]),
    ...(digests.size > 1 && { contested: true }),
    created: least(lines.map(({ created }) => created)),
    changed: least(highest.map(({ changed }) => changed)),
  };
}

function least(texts: readonly string[]): string {
  return texts.toSorted()[0] as string;
}

/** Numbers by their size. */
function byLengthThenText(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}

/** Whether a line is right, of those that can be told by a look at the whole. `days`: those that were found to be some. */
function isPlain(line: string, [key, ids, , , created, changed]: Words, days: Set<string>): boolean {
  if (!PLAIN_LINE.test(line) || (ids !== NO_ID && isFileKey(key))) return false;
  for (const day of [created, changed]) {
    if (days.has(day)) continue;
    if (!isDay(day)) return false;
    days.add(day);
  }
  return true;
}

/** What is wrong with a line, and which of its words; all of it where that is undefined. */
interface Problem {
  message: string;
  word?: number;
  help?: string;
}

function problemOf(line: string, words: readonly string[]): Problem | undefined {
  if (MARKER.test(line)) return CONFLICT;
  if (words.length !== 6 || words.includes('')) return NO_LINE;
  const [key, ids, revision, digest, ...days] = words as Words;
  if (!KEY.test(key)) return { word: 0, message: `\`${key}\` is not the key of a rule or a file` };
  const wrong = ids.split(',').find((id, at) => !isId(id, at === 0));
  if (wrong !== undefined) return { word: 1, message: `\`${wrong}\` is neither a sid nor a UUID` };
  if (isFileKey(key) && ids !== NO_ID)
    return { word: 1, message: `\`${ids}\` stands for the id of a file, which has none: \`-\`` };
  if (!isUpTo(revision, LAST_REVISION))
    return { word: 2, message: `\`${revision}\` is not a revision, from 1 to ${LAST_REVISION}` };
  if (!/^[0-9a-f]{16}$/.test(digest))
    return { word: 3, message: `\`${digest}\` is not a digest of 16 hexadecimal digits` };
  const day = days.findIndex((text) => !isDay(text));
  if (day >= 0) return { word: 4 + day, message: `\`${days[day]}\` is not a day as YYYY-MM-DD` };
  return undefined;
}

const NO_LINE: Problem = { message: 'this line is not `key id revision digest created changed`' };

const CONFLICT: Problem = {
  message: 'this line is a mark of a conflict in git',
  help: 'delete the marks, keep the lines of both sides and build; `refang.lock merge=union` in .gitattributes does so by itself',
};

function isId(text: string, current: boolean): boolean {
  return isUpTo(text, LAST_SID) || UUID.test(text) || (current && text === NO_ID);
}

function isUpTo(text: string, last: number): boolean {
  return NUMBER.test(text) && Number(text) <= last;
}

function damaged(file: SourceFile, lineStart: number, line: string, problem: Problem): Diagnostic {
  const words = line.split(' ');
  const before = words.slice(0, problem.word ?? 0).join(' ');
  const start = lineStart + (problem.word ? before.length + 1 : 0);
  const end =
    problem.word === undefined ? lineStart + line.length : start + (words[problem.word]?.length ?? 0);
  return {
    code: 'RF601',
    severity: 'error',
    span: { file, start, end },
    message: problem.message,
    help:
      problem.help ??
      'restore the line from the version history, or delete it to give the rule a new revision 1',
  };
}
