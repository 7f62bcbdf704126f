/** Programs that only tests need: skipped by name where one is missing, failed where CI lacks it. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from 'vitest';
import { ROOT } from '../cli/refang.ts';
import { without } from '../engines/require.ts';

/** The Python programs of scripts/install-engines.sh. */
const VENV = join(ROOT, '.engines/venv/bin');

export interface ProgramTest {
  (title: string, body: () => unknown): void;
  /** Runs the program: its exit code and all that it printed. */
  run(
    args: readonly string[],
    options?: { cwd?: string; env?: NodeJS.ProcessEnv },
  ): {
    code: number | null;
    text: string;
  };
}

/** How to define a test that needs a program. */
export function programTest(name: string): ProgramTest {
  const folders = [VENV, ...(process.env.PATH ?? '').split(delimiter)];
  const path = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  const run: ProgramTest['run'] = (args, options = {}) => {
    const { status, stdout, stderr } = spawnSync(path ?? name, args, { ...options, encoding: 'utf8' });
    return { code: status, text: stdout + stderr };
  };
  return Object.assign(
    path === undefined
      ? without(name, 'it is not installed; npm test -- --install-engines')
      : (title: string, body: () => unknown) => test(title, body as () => void),
    {
      run,
    },
  );
}
