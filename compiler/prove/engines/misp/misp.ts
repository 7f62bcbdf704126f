/** MISP: a feed as PyMISP reads it and would have written it, through scripts/engines/misp-check.py. */

import { join } from 'node:path';
import { type Availability, type Engine, INSTALL_ALL, loadReport, type Problem } from '../../engine.ts';
import { commandLine, enginesFolder, packageFolder, run, runOffline, unexplained } from '../../process.ts';

const PYTHON = join(enginesFolder, 'venv', 'bin', 'python');
const SCRIPT = join(packageFolder, 'scripts', 'engines', 'misp-check.py');

export const misp: Engine = {
  name: 'misp',

  async find(): Promise<Availability> {
    const program = 'from importlib.metadata import version; print(version("pymisp"))';
    const { stdout } = await run(PYTHON, ['-c', program]).catch(() => ({ stdout: '' }));
    const version = stdout.trim();
    if (!version)
      return { available: false, why: 'PyMISP is not installed in .engines', install: INSTALL_ALL };
    return { available: true, version };
  },

  async load(files) {
    const found = await misp.find();
    if (!found.available) throw new Error('PyMISP is not available');
    const command = [PYTHON, SCRIPT, ...files] as const;
    const finished = await runOffline(PYTHON, command.slice(1));
    const problems: readonly Problem[] =
      finished.status === 0 ? JSON.parse(finished.stdout) : [unexplained('PyMISP', finished)];
    return loadReport('misp', found.version, commandLine(command), problems);
  },
};
