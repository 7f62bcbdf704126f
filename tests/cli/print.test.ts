/** What is printed arrives, also where a reader is slow and the pipe does not wait. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';
import { folderWith } from '../temporary.ts';

const PRINT = join(import.meta.dirname, '../../compiler/cli/print.ts');

/** Runs lines of a program that knows `print`, and gives what a reader gets that begins late. */
function readLate(program: string): string {
  const script = join(
    folderWith({ 'main.ts': `import { print } from ${JSON.stringify(PRINT)};${program}` }),
    'main.ts',
  );
  const outfile = script.replace(/ts$/, 'cjs');
  buildSync({
    entryPoints: [script],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'warning',
  });
  const words = ['-c', '"$0" "$1" | { sleep 0.2; cat; }', process.execPath, outfile];
  return spawnSync('sh', words, { encoding: 'utf8', maxBuffer: 1e8 }).stdout;
}

test.each([
  ['as it is', ''],
  // Node's stream makes the pipe one that refuses what it has no room for.
  ['that does not wait', 'process.stdout;'],
])('a long text arrives whole through a pipe %s', (_, before) => {
  const printed = readLate(`${before} print('stdout', 'ä–𝄞\\n'.repeat(200_000)); print('stdout', 'end');`);
  expect(printed === `${'ä–𝄞\n'.repeat(200_000)}end`).toBe(true);
});
