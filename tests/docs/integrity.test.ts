/** Every command of docs/integrity.md runs, in the order of the page. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { build } from '../../compiler/index.ts';
import { bundleRefang, ROOT } from '../cli/refang.ts';
import { PROJECT } from '../project.ts';
import { folderWith } from '../temporary.ts';

const page = readFileSync(join(ROOT, 'docs/integrity.md'), 'utf8');
const commands = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, text]) =>
  (text as string).trim().split('\n'),
);
const refang = await bundleRefang('bundle');
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

test.skipIf(!hasOpenssl)(
  'the commands run [needs openssl: it is not installed; apt-get install openssl]',
  async () => {
    expect(commands.length).toBe(8);
    const folder = folderWith(PROJECT);
    await build({ cwd: folder, asOf: '2026-01-01' });
    for (const command of commands) {
      const [program, ...words] = command.split(' ');
      const [run, args] =
        program === 'refang' ? [process.execPath, [refang, ...words]] : [program as string, words];
      const { status, stderr } = spawnSync(run, args, { cwd: folder, encoding: 'utf8' });
      expect(status, `${command}: ${stderr}`).toBe(0);
    }
  },
);

test('the findings of the table are all that `verify` has', () => {
  const named = [...page.matchAll(/^\| (RF\d+) \|/gm)].map(([, code]) => code);
  const sources = ['verify-folder.ts', 'verify-provenance.ts'].map((name) =>
    readFileSync(join(ROOT, 'compiler/emit', name), 'utf8'),
  );
  const used = [...sources.join('').matchAll(/code: '(RF\d+)'/g)].map(([, code]) => code);
  expect(named).toEqual([...new Set(used)].sort());
});
