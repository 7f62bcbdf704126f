/** YARA 4: compiles rules with its own compiler, `yarac`. */

import { join } from 'node:path';
import { type Availability, type Engine, INSTALL_ALL, loadReport, type Problem } from './engine.ts';
import { commandLine, findProgram, run, unexplained, withTempFolder } from './process.ts';

export const yara: Engine = {
  name: 'yara',

  async find(): Promise<Availability> {
    const program = findProgram('yarac');
    if (!program) return { available: false, why: 'yara is not installed', install: INSTALL_ALL };
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
};

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
