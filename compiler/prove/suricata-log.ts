/** What Suricata's own log says of rules. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Problem } from './engine.ts';
import { type FileLines, onlyLineWith, readLines } from './lines.ts';

interface LogEntry {
  log_level: string;
  engine: { message: string };
}

/** Counts of what was said already. No rules at all is no fault: a list may be empty. */
const SUMMARY = /^(?:Loading signatures failed\.|\d+ rule files specified, but no rules were loaded!)$/;
const REFUSED = /^error parsing signature .* from file (.+) at line (\d+)$/s;

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
    const { log_level, engine } = JSON.parse(text) as LogEntry;
    if (SUMMARY.test(engine.message)) continue;
    const refused = REFUSED.exec(engine.message);
    if (refused) {
      const [, path, line] = refused as unknown as [string, string, string];
      const file = files.find((name) => resolve(name) === path) ?? path;
      if (causes.length === 0) causes.push('the rule is refused');
      for (const message of causes) problems.push({ file, line: Number(line), message, severity: 'error' });
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

/** Warnings give no line, but they name the rule by its sid, quote it whole, or quote the word they mean. */
function place(message: string, files: FileLines): { file: string; line?: number } {
  const sid = /^(?:signature sid:|rule )(\d+)\b/.exec(message)?.[1];
  const quoted = /"(.+)"/s.exec(message)?.[1];
  const found =
    (sid && onlyLineWith(files, `sid:${sid};`)) || (quoted && onlyLineWith(files, quoted)) || undefined;
  const [only] = files.size === 1 ? files.keys() : [];
  return found ?? { file: only ?? '' };
}
