/** Zeek: parses scripts with `zeek -a`. No package of Debian has it, so it is used where it happens to be. */

import { type Availability, type Engine, loadReport, type Problem } from './engine.ts';
import { commandLine, findProgram, runOffline, unexplained } from './process.ts';

const INSTALL = 'install Zeek 6.2 or newer from its own packages';

export const zeek: Engine = {
  name: 'zeek',

  async find(): Promise<Availability> {
    const program = findProgram('zeek');
    if (!program)
      return {
        available: false,
        why: 'zeek is not installed: no package of Zeek in Debian',
        install: INSTALL,
      };
    const { stdout } = await runOffline(program, ['--version']).catch(() => ({ stdout: '' }));
    const version = /version (\S+)/.exec(stdout)?.[1];
    if (!version) return { available: false, why: 'zeek does not tell its version', install: INSTALL };
    return { available: true, version };
  },

  async load(files) {
    const found = await zeek.find();
    const program = findProgram('zeek');
    if (!found.available || !program) throw new Error('zeek is not available');
    const args = ['-a', ...files];
    const finished = await runOffline(program, args);
    const problems = readZeekMessages(finished.stderr);
    if (finished.status !== 0 && problems.length === 0) problems.push(unexplained('zeek', finished));
    return loadReport('zeek', found.version, commandLine([program, ...args]), problems);
  },
};

/** Such as `error in ./walk.zeek, line 12: syntax error, at or near "}"`; a range of lines is `lines 3-4`. */
const MESSAGE = /^(?:fatal )?(error|warning) in (.+?), lines? (\d+)(?:-\d+)?: (.*)$/;

/** Exported for its test: the program itself is rarely there to say these. */
export function readZeekMessages(stderr: string): Problem[] {
  const problems: Problem[] = [];
  for (const text of stderr.split('\n')) {
    const [, severity, file, line, message] = MESSAGE.exec(text) ?? [];
    if (!file || !message) continue;
    problems.push({ file, line: Number(line), message, severity: severity as 'error' | 'warning' });
  }
  return problems;
}
