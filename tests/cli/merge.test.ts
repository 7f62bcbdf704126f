/** `refang build --shard` and `refang merge` as commands. */

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT } from '../project.ts';
import { filesBelow, folderWith } from '../temporary.ts';
import { bundledRefang } from './refang.ts';

const refang = await bundledRefang();
const DAY = ['--as-of', '2026-01-01'];

test('parts are built, merged, and checked', () => {
  const cwd = folderWith(PROJECT);
  for (const part of ['1/2', '2/2']) {
    const { code, stdout, stderr } = refang(cwd, [
      'build',
      '--shard',
      part,
      '--out',
      `parts/${part[0]}`,
      ...DAY,
    ]);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(new RegExp(`^part ${part[0]} of 2: \\d indicators?\nwrote parts/${part[0]}\n$`));
  }
  const merged = refang(cwd, ['merge', 'parts/2', 'parts/1']);
  expect([merged.code, merged.stdout]).toEqual([0, '']);
  expect(merged.stderr).toContain('wrote out');
  expect(refang(cwd, ['merge', 'parts/1', 'parts/2', '--check']).code).toBe(0);
  expect(refang(cwd, ['build', '--check', ...DAY]).code).toBe(0);
  const built = filesBelow(join(cwd, 'out'));
  expect(refang(cwd, ['merge', 'parts/1', 'parts/2', '--target', 'wall', '--out', 'some']).code).toBe(0);
  expect(filesBelow(join(cwd, 'some'))['wall/list.txt']).toBe(built['wall/list.txt']);
});

test('what a merge refuses is bad input', () => {
  const cwd = folderWith(PROJECT);
  const { code, stderr } = refang(cwd, ['merge', 'out']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('error[RF625]: `out` is not there')]);
});

test.each([
  [['build', '--shard', '1/2'], '`--shard` needs `--out`'],
  [['build', '--shard', '3/2', '--out', 'part'], '`3/2` is no part'],
  [['build', '--shard', '0/2', '--out', 'part'], '`0/2` is no part'],
  [['build', '--shard', '1', '--out', 'part'], '`1` is no part'],
  [['build', '--shard', '1/2', '--out', 'part', '--check'], '`--check` does not go with `--shard`'],
  [['build', '--shard', '1/2', '--out', 'part', '--target', 'mine'], '`--target` does not go with `--shard`'],
  [['build', 'indicators.yaml', '--shard', '1/2', '--out', 'part'], '`--shard` takes no FILE'],
  [['merge'], '`merge` needs the folders of all parts'],
])('misuse of %j is told', (args, message) => {
  const { code, stderr } = refang(folderWith(PROJECT), args);
  expect([code, stderr.split('\n')[0]]).toEqual([3, `refang: ${message}`]);
});
