import { generateKeyPairSync } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { build } from '../../compiler/index.ts';
import { PROJECT } from '../project.ts';
import { folderWith, writeFiles } from '../temporary.ts';
import { bundledRefang } from './refang.ts';

const refang = await bundledRefang();

async function built(): Promise<string> {
  const folder = folderWith(PROJECT);
  await build({ cwd: folder, asOf: '2026-01-01' });
  return folder;
}

test('a folder as it was written: 0, and one line for people', async () => {
  const run = refang(await built(), ['verify']);
  expect(run).toEqual({ code: 0, stdout: '', stderr: 'as written: `out`, 3 files\n' });
});

test('your own file beside the targets is told and is no finding', async () => {
  const folder = await built();
  writeFiles(folder, { 'out/README.md': 'mine' });
  const { code, stderr } = refang(folder, ['verify']);
  expect(code).toBe(0);
  expect(stderr).toContain('hint[RF617]: `README.md` is not of this build');
});

test('findings: 1, as text and as JSON', async () => {
  const folder = await built();
  rmSync(join(folder, 'out/wall/list.txt'));
  const text = refang(folder, ['verify', 'out']);
  expect(text).toMatchObject({ code: 1, stdout: '' });
  expect(text.stderr).toContain('error[RF615]: `wall/list.txt` is missing');
  const json = refang(folder, ['verify', '--format', 'json']);
  expect(json).toMatchObject({ code: 1, stderr: '' });
  expect(JSON.parse(json.stdout)).toEqual({
    folder: 'out',
    fine: false,
    files: 3,
    provenance: 'none',
    findings: [
      {
        path: 'wall/list.txt',
        code: 'RF615',
        name: 'output-missing',
        severity: 'error',
        message: '`wall/list.txt` is missing',
        related: [],
        why: 'who loads the folder gets fewer rules than were built',
        help: 'run `refang build`, or bring the whole folder over again',
      },
    ],
  });
});

test.each<[about: string, words: string[], code: number, stderr: string]>([
  ['no build', ['verify', 'templates'], 2, 'error[RF614]: `templates` has no manifest of Refang'],
  ['no key', ['verify', '--key', 'none.pub'], 3, 'error[RF612]: `none.pub` cannot be used as a key'],
  ['two folders', ['verify', 'out', 'out'], 3, 'refang: `verify` takes one folder'],
  ['a format that is none', ['verify', '--format', 'xml'], 3, 'refang: `--format` cannot be `xml`'],
  [
    'a key that does not exist',
    ['build', '--sign', 'none.pem'],
    3,
    'error[RF612]: `none.pem` cannot be used',
  ],
  ['provenance of a part', ['build', '--provenance', '--target', 'mine'], 3, 'error[RF613]: '],
])('%s', async (_, words, code, stderr) => {
  const run = refang(await built(), words);
  expect(run).toMatchObject({ code, stdout: '' });
  expect(run.stderr).toContain(stderr);
});

test('signed, and verified by the key', async () => {
  const folder = await built();
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(join(folder, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }), {
    mode: 0o600,
  });
  writeFileSync(join(folder, 'key.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
  expect(refang(folder, ['build', '--sign', 'key.pem']).code).toBe(0);
  expect(refang(folder, ['verify']).stderr).toBe(
    'as written: `out`, 3 files; provenance, its signature not checked: give `--key`\n',
  );
  expect(refang(folder, ['verify', '--key', 'key.pub']).stderr).toBe(
    'as written: `out`, 3 files; provenance, signed by the given key\n',
  );
});
