/** Whole-line matches of expressions, told by the grep of this machine, byte for byte. */

import { spawnSync } from 'node:child_process';

/** The lines of `texts` that the extended regular expression matches whole. */
export function wholeMatches(expression: string, texts: readonly string[]): string[] {
  const { status, stdout, stderr } = spawnSync('grep', ['-aE', '--', `^${expression}$`], {
    input: texts.map((text) => `${text}\n`).join(''),
    encoding: 'utf8',
    env: { LC_ALL: 'C', PATH: process.env.PATH },
  });
  if (status !== 0 && status !== 1) throw new Error(stderr);
  return stdout.split('\n').slice(0, -1);
}
