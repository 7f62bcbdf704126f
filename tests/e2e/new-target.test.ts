/** What CONTRIBUTING says of a new target: one folder, and it is in `refang targets`, in `out/` and in the docs. */

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyCheckout, removeCheckout } from './checkout.ts';

let folder = '';

beforeAll(() => {
  folder = copyCheckout();
});

afterAll(() => removeCheckout(folder));

function node(...args: string[]): string {
  return execFileSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

test('a new target is one folder', () => {
  node('scripts/new-target.mjs', 'acme-list');
  node('scripts/prepare.mjs');
  expect(node('dist/refang.cjs', 'targets')).toMatch(/^acme-list +detect +- +acme-list$/m);

  const settings = join(folder, 'refang.yaml');
  writeFileSync(
    settings,
    readFileSync(settings, 'utf8').replace(/^targets:\n/m, 'targets:\n  - acme-list\n'),
  );
  node('dist/refang.cjs', 'build');
  const list = readFileSync(join(folder, 'out/acme-list/domains.txt'), 'utf8');
  expect(list.split('\n')).toContain('1ds.me');
  expect(list.split('\n')).not.toContain('docx.1ds.me');

  node('scripts/docs.mjs');
  expect(readFileSync(join(folder, 'docs/targets.md'), 'utf8')).toContain(
    '| [acme-list](../templates/acme-list/README.md) | acme-list | detect |',
  );
  expect(readFileSync(join(folder, 'templates/acme-list/golden/domains.txt'), 'utf8')).toContain(
    'malware.example\n',
  );
});

test('a name that is none, or taken, is refused before anything is written', () => {
  const run = (name: string) =>
    spawnSync(process.execPath, ['scripts/new-target.mjs', name], { cwd: folder, encoding: 'utf8' });
  expect(run('Acme List')).toMatchObject({
    status: 3,
    stderr: 'new:target needs a name of small letters, digits and `-`: npm run new:target acme-list\n',
  });
  expect(run('suricata')).toMatchObject({ status: 3, stderr: 'templates/suricata exists already\n' });
  expect(existsSync(join(folder, 'templates/Acme List'))).toBe(false);
});
