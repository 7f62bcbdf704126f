/** Builds of one project at the same time, as processes. */

import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { build, verify } from '../../compiler/index.ts';
import { bundleRefang } from '../cli/refang.ts';
import { PROJECT } from '../project.ts';
import { filesBelow, folderWith } from '../temporary.ts';

const AS_OF = '2026-01-01';
const refang = await bundleRefang('bundle');

function start(cwd: string, ...words: string[]): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, [refang, 'build', '--as-of', AS_OF, ...words], { cwd });
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  return new Promise((resolve) => child.on('exit', (code) => resolve({ code, stderr })));
}

test('six at once: each succeeds, and what is there is one whole build', async () => {
  const folder = folderWith(PROJECT);
  const alone = folderWith(PROJECT);
  await build({ cwd: alone, asOf: AS_OF });
  const ended = await Promise.all(Array.from({ length: 6 }, () => start(folder)));
  expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(filesBelow(folder)).toEqual(filesBelow(alone));
  expect((await verify({ cwd: folder })).findings).toEqual([]);
});

test('into several folders: the lock has the ids of all', async () => {
  const folder = folderWith(PROJECT);
  const ended = await Promise.all(
    ['one', 'two'].map((out) => start(folder, '--out', out, '--target', out === 'one' ? 'mine' : 'wall')),
  );
  expect(ended.map(({ code }) => code)).toEqual([0, 0]);
  expect(filesBelow(folder)['refang.lock']).toContain('mine/names/domain/host.example ');
  expect(readdirSync(folder).sort()).toEqual([
    'indicators.yaml',
    'one',
    'refang.lock',
    'refang.yaml',
    'templates',
    'two',
  ]);
});

test('what an ended build holds is taken over without a wait', () => {
  const folder = folderWith(PROJECT);
  const { pid } = spawnSync(process.execPath, ['--version']);
  const text = JSON.stringify({ pid, host: hostname(), start: '1', since: '2026-01-01T00:00:00.000Z' });
  for (const name of ['.out.refang-lock', '.refang.lock.refang-lock'])
    writeFileSync(join(folder, name), text);
  const { status } = spawnSync(process.execPath, [refang, 'build', '--as-of', AS_OF], {
    cwd: folder,
    timeout: 9000,
  });
  expect(status).toBe(0);
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
});
