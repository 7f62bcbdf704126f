/** What a small build loads of Node: each of these takes milliseconds, and a build asks for none of them. */

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT } from '../project.ts';
import { folderWith } from '../temporary.ts';
import { bundleRefang } from './refang.ts';

const script = await bundleRefang('bundle');

const COSTLY =
  /^NativeModule (?:child_process|http|https|inspector|internal\/crypto\/webcrypto|internal\/deps\/undici.*|net|tls|v8|worker_threads|zlib)$/;

test('a small build loads nothing of Node that takes long', () => {
  const folder = folderWith(PROJECT);
  const preload = join(folder, 'loaded.cjs');
  writeFileSync(
    preload,
    "process.on('exit', () => require('node:fs').writeFileSync('loaded.json', JSON.stringify(process.moduleLoadList)));",
  );
  const { status } = spawnSync(process.execPath, ['-r', preload, script, 'build'], { cwd: folder });
  expect(status).toBe(0);
  const loaded: string[] = JSON.parse(readFileSync(join(folder, 'loaded.json'), 'utf8'));
  expect(loaded).toContain('NativeModule crypto');
  expect(loaded.filter((name) => COSTLY.test(name))).toEqual([]);
});
