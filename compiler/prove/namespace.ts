/** Runs a script of scripts/engines/ that shows something to rules in a network namespace of its own. */

import { join } from 'node:path';
import { commandLine, type Finished, findProgram, isolation, packageFolder, run } from './process.ts';

const TIMEOUT = 600_000;

/** The words before a command that give it a namespace. Throws `Error` where this machine does not let us make one. */
export async function needIsolation(): Promise<readonly string[]> {
  const words = await isolation();
  if (!words) throw new Error('a network namespace of its own is not permitted here');
  return words;
}

/** The path of a program that such a script needs. Throws `Error` where it is not installed. */
export function needProgram(name: string, partOf?: string): string {
  const program = findProgram(name);
  if (!program) throw new Error(`${name}${partOf ? ` (${partOf})` : ''} is not installed`);
  return program;
}

/** Runs a script for a folder that holds its input, behind the words of `isolation`. */
export async function runScript(
  isolated: readonly string[],
  script: string,
  folder: string,
): Promise<{ finished: Finished; command: string }> {
  const python = [needProgram('python3'), join(packageFolder, 'scripts', 'engines', script), folder];
  const [program = '', ...args] = [...isolated, ...python];
  // It imports a module from its own folder, where nothing may be written.
  const finished = await run(program, args, { timeout: TIMEOUT, env: { PYTHONDONTWRITEBYTECODE: '1' } });
  return { finished, command: commandLine([program, ...args]) };
}
