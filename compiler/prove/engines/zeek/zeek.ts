/**
 * Zeek: parses scripts with `zeek -a`, and shows them captured traffic. No package of Debian has it, so it is used
 * where it happens to be.
 */

import { type Availability, type Engine, loadReport } from '../../engine.ts';
import { commandLine, findProgram, runOffline, unexplained } from '../../process.ts';
import { readZeekMessages } from './zeek-messages.ts';
import { replayInZeek } from './zeek-replay.ts';

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

  async behave(request) {
    const found = await zeek.find();
    const program = findProgram('zeek');
    if (!found.available || !program) throw new Error('zeek is not available');
    return replayInZeek(program, found.version, request);
  },
};
