/**
 * STIX 2.1: what OASIS's own checkers say of a bundle (stix2-validator with its schemas and checks, the grammar of
 * patterns), through scripts/engines/stix-check.py. Behaviour is shown with OASIS's pattern matcher: see
 * stix-behaviour.ts.
 */

import { join } from 'node:path';
import { type Availability, type Engine, INSTALL_ALL, loadReport, type Problem } from '../../engine.ts';
import { commandLine, enginesFolder, packageFolder, run, runOffline, unexplained } from '../../process.ts';
import { showObservedData } from './stix-behaviour.ts';

const PYTHON = join(enginesFolder, 'venv', 'bin', 'python');
const SCRIPT = join(packageFolder, 'scripts', 'engines', 'stix-check.py');

export const stix: Engine = {
  name: 'stix',

  async find(): Promise<Availability> {
    const program =
      'from importlib.metadata import version; version("stix2-matcher"); print(version("stix2-validator"))';
    const { stdout } = await run(PYTHON, ['-c', program]).catch(() => ({ stdout: '' }));
    const version = stdout.trim();
    if (!version) {
      const why = 'stix2-validator and stix2-matcher are not installed in .engines';
      return { available: false, why, install: INSTALL_ALL };
    }
    return { available: true, version };
  },

  async load(files) {
    const found = await stix.find();
    if (!found.available) throw new Error('stix2-validator is not available');
    const command = [PYTHON, SCRIPT, ...files] as const;
    const finished = await runOffline(PYTHON, command.slice(1));
    const problems: readonly Problem[] =
      finished.status === 0 ? JSON.parse(finished.stdout) : [unexplained('stix2-validator', finished)];
    return loadReport('stix', found.version, commandLine(command), problems);
  },

  async behave(request) {
    const found = await stix.find();
    if (!found.available) throw new Error('stix2-matcher is not available');
    return showObservedData(PYTHON, found.version, request);
  },
};
