/** The code that V8 made before only saves time: without it, or with a broken one, the command line works as well. */

import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VERSION } from '../../compiler/version.ts';
import { copyCheckout, removeCheckout } from './checkout.ts';

let folder = '';
let code = '';

beforeAll(() => {
  folder = copyCheckout();
  code = join(folder, 'dist/main.code');
  expect(spawnSync(process.execPath, ['scripts/prepare.mjs'], { cwd: folder }).status).toBe(0);
});

afterAll(() => removeCheckout(folder));

function version(): string {
  return spawnSync(process.execPath, ['dist/refang.cjs', '--version'], { cwd: folder, encoding: 'utf8' })
    .stdout;
}

test.each<[about: string, change: () => void]>([
  ['as prepared', () => expect(existsSync(code)).toBe(true)],
  ['cut short', () => truncateSync(code, 1000)],
  ['not code at all', () => writeFileSync(code, 'nonsense')],
  ['gone', () => rmSync(code)],
])('starts with its code %s', (_, change) => {
  change();
  expect(version()).toBe(`refang ${VERSION}\n`);
});

test('preparing changes neither the output nor the lock', () => {
  const run = spawnSync(process.execPath, ['dist/refang.cjs', 'build', '--check'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(run).toMatchObject({ status: 0, stderr: '' });
});
