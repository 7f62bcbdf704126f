/** Suricata 7 and 8: loads rules with `suricata -T`, the engine's own test mode. */

import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Availability, type Engine, INSTALL_ALL, loadReport, type Problem } from './engine.ts';
import { type FileLines, onlyLineWith, readLines } from './lines.ts';
import { commandLine, findProgram, run, unexplained, withTempFolder } from './process.ts';
import { suricataConfig } from './suricata-config.ts';

const LOG = 'engine.json';

export const suricata: Engine = {
  name: 'suricata',

  async find(): Promise<Availability> {
    const program = findProgram('suricata');
    if (!program) return { available: false, why: 'suricata is not installed', install: INSTALL_ALL };
    const { stdout } = await run(program, ['-V']).catch(() => ({ stdout: '' }));
    const version = /version (\S+)/.exec(stdout)?.[1];
    if (!version)
      return { available: false, why: 'suricata does not tell its version', install: INSTALL_ALL };
    return { available: true, version };
  },

  async load(files) {
    const found = await suricata.find();
    const program = findProgram('suricata');
    if (!found.available || !program) throw new Error('suricata is not available');
    return withTempFolder(async (folder) => {
      const config = join(folder, 'suricata.yaml');
      await writeFile(config, suricataConfig({ ruleFiles: files.map((file) => resolve(file)), log: LOG }));
      const args = ['-T', '-c', config, '-l', folder];
      const finished = await run(program, args);
      const log = await readFile(join(folder, LOG), 'utf8').catch(() => '');
      const problems = await readLog(log, files);
      if (finished.status !== 0 && problems.length === 0) problems.push(unexplained('suricata', finished));
      return loadReport('suricata', found.version, commandLine([program, ...args]), problems);
    });
  },
};

interface LogEntry {
  log_level: string;
  engine: { message: string };
}

/** Counts of what was said already. No rules at all is no fault: a list may be empty. */
const SUMMARY = /^(?:Loading signatures failed\.|\d+ rule files specified, but no rules were loaded!)$/;
const REFUSED = /^error parsing signature .* from file (.+) at line (\d+)$/s;

/**
 * The engine's log, one JSON object a line, in order. It first says what is wrong with a rule, one error or
 * several, and then in an error of its own in which line that rule is.
 */
async function readLog(log: string, files: readonly string[]): Promise<Problem[]> {
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
