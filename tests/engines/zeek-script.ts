/** Checks the syntax of Zeek scripts with the grammar of `zeekscript`, where no Zeek is at hand. */

import { join } from 'node:path';
import { test } from 'vitest';
import { INSTALL_ALL } from '../../compiler/prove/engine.ts';
import { enginesFolder, findProgram, run } from '../../compiler/prove/process.ts';
import { type EngineTest, without } from './require.ts';

const PROGRAM = findProgram('zeek-script');

/** Defines a test where `zeek-script` is there; else skips it by name, or fails it in CI. */
export const zeekScriptTest: EngineTest = (title, body) => {
  if (PROGRAM) return test(title, body as () => void);
  return without('zeek-script', `it is not in ${join(enginesFolder, 'venv')}; ${INSTALL_ALL}`)(title, body);
};

/** What is wrong with the syntax of a script, with a 1-based line; `undefined` where nothing is. */
export async function zeekSyntaxError(file: string): Promise<{ line: number; message: string } | undefined> {
  const { status, stderr } = await run(PROGRAM as string, ['parse', file]);
  if (status === 0) return undefined;
  // Lines and columns start at 0 there. Such as `cannot parse line 1, col 16: "="`
  // and `parse tree has problems: missing grammar node ";" on line 3, col 0`.
  const [, line] = /\bline (\d+), col \d+/.exec(stderr) ?? [];
  return { line: Number(line ?? -1) + 1, message: stderr.trim() };
}
