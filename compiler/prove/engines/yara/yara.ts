/** YARA 4: compiles rules with its own compiler, `yarac`, and scans files with `yara`. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BehaviourReport, BehaviourRequest } from '../../behaviour.ts';
import { type Availability, type Engine, INSTALL_ALL, loadReport, type Problem } from '../../engine.ts';
import { commandLine, findProgram, inFolder, run, unexplained, withTempFolder } from '../../process.ts';
import { buffersOf, notInFiles, writeBuffers } from './yara-buffers.ts';
import { ruleIds } from './yara-rules.ts';

export const yara: Engine = {
  name: 'yara',

  async find(): Promise<Availability> {
    const program = findProgram('yarac');
    if (!program || !findProgram('yara'))
      return { available: false, why: 'yara is not installed', install: INSTALL_ALL };
    const { stdout } = await run(program, ['--version']).catch(() => ({ stdout: '' }));
    const version = stdout.trim();
    if (!version) return { available: false, why: 'yarac does not tell its version', install: INSTALL_ALL };
    return { available: true, version };
  },

  async load(files) {
    const found = await yara.find();
    const program = findProgram('yarac');
    if (!found.available || !program) throw new Error('yara is not available');
    return withTempFolder(async (folder) => {
      // One namespace for all, so that a rule's name used in two files is found.
      const args = [...files, join(folder, 'rules.yac')];
      const finished = await run(program, args);
      const problems = readMessages(finished.stderr);
      if (finished.status !== 0 && problems.length === 0) problems.push(unexplained('yarac', finished));
      return loadReport('yara', found.version, commandLine([program, ...args]), problems);
    });
  },

  async behave(request) {
    const found = await yara.find();
    const [compiler, scanner] = [findProgram('yarac'), findProgram('yara')];
    if (!found.available || !compiler || !scanner) throw new Error('yara is not available');
    return inFolder(request.keep, (folder) => scanIn(folder, compiler, scanner, found.version, request));
  },
};

async function scanIn(
  folder: string,
  compiler: string,
  scanner: string,
  version: string,
  { files, cases }: BehaviourRequest,
): Promise<BehaviourReport> {
  const rules = join(folder, 'rules.yac');
  await runWell(compiler, [...files, rules]);
  const buffers = buffersOf(cases);
  const scanned = await writeBuffers(folder, buffers);
  const args = ['-C', rules, scanned];
  const output = await runWell(scanner, args);
  await writeFile(join(folder, 'matches.txt'), output);
  const ids = await ruleIds(files);
  const matches = readMatches(output, `${scanned}/`);
  return {
    engine: 'yara',
    version,
    command: commandLine([scanner, ...args]),
    observations: buffers.map(({ case: shown, carrier }, number) => ({
      case: shown,
      carrier,
      rules: (matches.get(number) ?? []).map((name) => ids.get(name) ?? name),
    })),
    rules: [...ids.values()],
    notCarried: notInFiles(cases),
  };
}

/** Runs a program of YARA and answers with its output. Throws `Error` where it says of an error, with its words. */
async function runWell(program: string, args: readonly string[]): Promise<string> {
  const finished = await run(program, args);
  const error = finished.stderr.split('\n').find((text) => text.startsWith('error'));
  if (finished.status !== 0 || error) throw new Error(error ?? unexplained(program, finished).message);
  return finished.stdout;
}

/** Names of the rules that match, by the number of the buffer: `NAME FOLDER/NUMBER` a line. */
function readMatches(output: string, folder: string): Map<number, string[]> {
  const matches = new Map<number, string[]>();
  for (const text of output.split('\n')) {
    const space = text.indexOf(' ');
    // Rules can print lines of their own, with the module `console`.
    if (space < 0 || !text.startsWith(folder, space + 1)) continue;
    const number = Number(text.slice(space + 1 + folder.length));
    matches.set(number, [...(matches.get(number) ?? []), text.slice(0, space)]);
  }
  return matches;
}

/** Such as `error: rule "a" in rules.yar(3): illegal escape sequence`; the rule is not always named. */
const MESSAGE = /^(error|warning): (?:rule "[^"]*" in )?(.+?)\((\d+)\): (.*)$/;

function readMessages(stderr: string): Problem[] {
  const problems: Problem[] = [];
  for (const text of stderr.split('\n')) {
    const [, severity, file, line, message] = MESSAGE.exec(text) ?? [];
    if (!file || !message) continue;
    problems.push({ file, line: Number(line), message, severity: severity as 'error' | 'warning' });
  }
  return problems;
}
