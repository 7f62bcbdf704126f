/** All comparisons run end to end with small sizes; each fails where its sides do not write the same. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './bench.mjs';
import { COMPARISONS } from './comparisons/comparisons.mjs';

/** What each must have held to be equal, where the programs that it compares with are there. */
const CHECKED: Readonly<Record<string, string>> = {
  lines: 'Each round wrote the same bytes',
  platforms: 'Each round of all five wrote the same bytes',
  yaml: 'Both wrote the same bytes',
  naive: 'Both wrote the same bytes in 13 files',
  dedupe: 'All three hold the same domains',
  iprange: 'The lists of all are the same',
  hostlist: 'Both wrote the same',
  aerleon: 'Both rule sets hold the same addresses',
};

const bench = (...words: string[]) =>
  spawnSync(process.execPath, [join(ROOT, 'scripts/bench.mjs'), ...words], { encoding: 'utf8' });

test.each(COMPARISONS.map(({ name, title }) => ({ name, title })))('$name', ({ name, title }) => {
  const { status, stdout, stderr } = bench('--quick', '--no-peers', '--only', name);
  expect(status, stderr).toBe(0);
  expect(stdout).toContain(`## ${title}\n`);
  expect(stdout).not.toContain('NaN');
  const checked = CHECKED[name];
  if (checked === undefined) return;
  // What is not there is named instead.
  expect(stdout).toMatch(new RegExp(`Checked: ${checked}|Not measured: .*(?:not installed|--no-peers)`));
});

test.each([
  [['--quick', '--date', '2026-01-01'], 'says nothing of a quick run'],
  [['--date', 'yesterday'], '--date takes YYYY-MM-DD'],
  [['--only', 'nothing'], 'there is no comparison `nothing`'],
])('%j is refused', (words, said) => {
  const { status, stderr } = bench(...words);
  expect(status).not.toBe(0);
  expect(stderr).toContain(said);
});
