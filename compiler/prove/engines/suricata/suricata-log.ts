/** What Suricata's own log says of rules. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Problem } from '../../engine.ts';
import { type FileLines, onlyLineWith, readLines } from '../../lines.ts';

interface LogEntry {
  log_level: string;
  engine: { message: string };
}

/** Counts of what was said already. No rules at all is no fault: a list may be empty. */
const SUMMARY = /^(?:Loading signatures failed\.|\d+ rule files specified, but no rules were loaded!)$/;
const REFUSED = /^error parsing signature .* from file (.+) at line (\d+)$/s;
/** The same of a rule that is too long for the log: its beginning, without what may be half of an escape. */
const REFUSED_LONG = /^error parsing signature "(.{1000})/s;

/**
 * The faults that a log, one JSON object a line, tells of these files. The log first says what is wrong with a rule, one error or
 * several, and then in an error of its own in which line that rule is.
 */
export async function readSuricataLog(path: string, files: readonly string[]): Promise<Problem[]> {
  const log = await readFile(path, 'utf8').catch(() => '');
  const lines = await readLines(files);
  const problems: Problem[] = [];
  let causes: string[] = [];
  for (const text of log.split('\n').filter((line) => line !== '')) {
    const { log_level, engine } = entryOf(text);
    if (SUMMARY.test(engine.message)) continue;
    const refused = placeOfRefused(engine.message, files, lines);
    if (refused) {
      if (causes.length === 0) causes.push('the rule is refused');
      for (const message of causes) problems.push({ ...refused, message, severity: 'error' });
      causes = [];
    } else if (log_level === 'Error') {
      causes.push(engine.message);
    } else if (log_level === 'Warning') {
      problems.push({ ...place(engine.message, lines), message: engine.message, severity: 'warning' });
    }
  }
  // What is left belongs to no rule.
  for (const message of causes) problems.push({ ...place(message, lines), message, severity: 'error' });
  return problems;
}

/** A line of the log. Suricata cuts it after 2,047 bytes, wherever that is. */
function entryOf(line: string): LogEntry {
  try {
    return JSON.parse(line) as LogEntry;
  } catch {
    const log_level = /"log_level":"(\w+)"/.exec(line)?.[1] ?? 'Error';
    const message = (/"message":"(.*)$/s.exec(line)?.[1] ?? line).replace(/\\(["\\/])/g, '$1');
    return { log_level, engine: { message } };
  }
}

/** Where a rule is that a message says is refused; undefined for other messages. */
function placeOfRefused(
  message: string,
  files: readonly string[],
  lines: FileLines,
): { file: string; line?: number } | undefined {
  const [, path, line] = REFUSED.exec(message) ?? [];
  if (path !== undefined)
    return { file: files.find((name) => resolve(name) === path) ?? path, line: Number(line) };
  const begin = REFUSED_LONG.exec(message)?.[1];
  return begin === undefined ? undefined : (onlyLineWith(lines, begin) ?? { file: '' });
}

/** Warnings give no line, but they name the rule by its sid, quote it whole, or quote the word they mean. */
function place(message: string, files: FileLines): { file: string; line?: number } {
  const sid = /^(?:signature sid:|rule )(\d+)\b/.exec(message)?.[1];
  const quoted = /"(.+)"/s.exec(message)?.[1];
  const found =
    (sid && onlyLineWith(files, `sid:${sid};`)) || (quoted && onlyLineWith(files, quoted)) || undefined;
  const [only] = files.size === 1 ? files.keys() : [];
  return found ?? { file: only ?? '' };
}
