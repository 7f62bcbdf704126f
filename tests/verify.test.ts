import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { build, type VerifyOptions, verify } from '../compiler/index.ts';
import { PROJECT } from './project.ts';
import { filesBelow, folderWith, writeFiles } from './temporary.ts';

async function built(provenance = false): Promise<string> {
  const folder = folderWith(PROJECT);
  await build({ cwd: folder, asOf: '2026-01-01', provenance });
  return folder;
}

/** `severity code message` of all that is found. */
async function found(cwd: string, over: VerifyOptions = {}): Promise<string[]> {
  const { failed, findings } = await verify({ cwd, ...over });
  return (failed ? [failed] : findings).map(
    ({ severity, code, message }) => `${severity} ${code} ${message}`,
  );
}

/** Changes the manifest as text. */
function inManifest(folder: string, from: string | RegExp, to: string): void {
  const path = join(folder, 'out/manifest.json');
  const text = readFileSync(path, 'utf8');
  expect(text).toMatch(from);
  writeFileSync(path, text.replace(from, to));
}

test('a folder as it was built is fine, from anywhere, and only read', async () => {
  const folder = await built();
  const before = filesBelow(folder);
  expect(await verify({ cwd: folder })).toMatchObject({
    folder: 'out',
    failed: undefined,
    findings: [],
    provenance: 'none',
  });
  expect(await found(join(folder, 'templates'))).toEqual([]);
  expect(await found(folderWith(), { folder: join(folder, 'out') })).toEqual([]);
  expect(filesBelow(folder)).toEqual(before);
});

const LIST = 'out/wall/list.txt';
const cases: [about: string, change: (folder: string) => void, expected: string[]][] = [
  ['gone', (folder) => rmSync(join(folder, LIST)), ['error RF615 `wall/list.txt` is missing']],
  [
    'a folder that is gone',
    (folder) => rmSync(join(folder, 'out/mine'), { recursive: true }),
    ['error RF615 `mine/groups.txt` is missing', 'error RF615 `mine/rules.txt` is missing'],
  ],
  [
    'longer',
    (folder) => writeFileSync(join(folder, LIST), 'one more\n', { flag: 'a' }),
    ['error RF616 `wall/list.txt` has 61 bytes, and 52 were written'],
  ],
  [
    'of the same length',
    (folder) =>
      writeFileSync(join(folder, LIST), readFileSync(join(folder, LIST), 'utf8').replace('host', 'gost')),
    ['error RF616 `wall/list.txt` has another content than was written'],
  ],
  [
    'a folder in its place',
    (folder) => {
      rmSync(join(folder, LIST));
      mkdirSync(join(folder, LIST));
    },
    ['error RF616 `wall/list.txt` is not a file'],
  ],
  [
    'a link to the very same text',
    (folder) => {
      writeFiles(folder, { copy: readFileSync(join(folder, LIST), 'utf8') });
      rmSync(join(folder, LIST));
      symlinkSync('../../copy', join(folder, LIST));
    },
    ['error RF616 `wall/list.txt` is a link and not a file'],
  ],
  [
    'behind a link to a folder with the very same text',
    (folder) => {
      writeFiles(folder, { 'other/list.txt': readFileSync(join(folder, LIST), 'utf8') });
      rmSync(join(folder, 'out/wall'), { recursive: true });
      symlinkSync('../other', join(folder, 'out/wall'));
    },
    ['hint RF617 `wall` is not of this build', 'error RF616 `wall/list.txt` is behind a link, `wall`'].map(
      (line) => line.replace('hint RF617', 'warning RF617'),
    ),
  ],
  [
    'more files',
    (folder) => writeFiles(folder, { 'out/README.md': 'mine', 'out/mine/more.rules': 'pass\n' }),
    ['hint RF617 `README.md` is not of this build', 'warning RF617 `mine/more.rules` is not of this build'],
  ],
  [
    'fates that do not add up',
    (folder) => inManifest(folder, '"emitted": 3', '"emitted": 30'),
    ['error RF618 the fates of `mine` add up to 33, and there are 6 indicators'],
  ],
  [
    'fates of a target that are gone',
    (folder) => inManifest(folder, '"wall": {', '"hall": {'),
    ['error RF618 `wall/list.txt` is of `wall`, which has no fates'],
  ],
  [
    'a hash that is none',
    (folder) => inManifest(folder, /"sha256": "[0-9a-f]{64}",\n {6}"bytes": 52/, '"sha256": "", "bytes": 52'),
    ['error RF618 `wall/list.txt` has no SHA-256 or no size'],
  ],
];

test.each(cases)('%s', async (_, change, expected) => {
  const folder = await built();
  change(folder);
  expect(await found(folder)).toEqual(expected);
});

test('a manifest that was changed is not the one that the provenance is about', async () => {
  const folder = await built(true);
  expect(await verify({ cwd: folder })).toMatchObject({ provenance: 'unsigned', findings: [] });
  inManifest(folder, '"refang": "0.1.0"', '"refang": "0.1.1"');
  expect(await found(folder)).toEqual([
    'error RF619 `provenance.json` is about another build: `manifest.json` is not in it as it is in the manifest',
  ]);
});

test('a statement with more subjects than files', async () => {
  const folder = await built(true);
  const path = join(folder, 'out/provenance.json');
  const statement = JSON.parse(readFileSync(path, 'utf8'));
  statement.subject.push({ name: 'mine/more.rules', digest: { sha256: '00' } });
  writeFileSync(path, JSON.stringify(statement));
  expect(await found(folder)).toEqual([
    'error RF619 `provenance.json` names files that the manifest does not name',
  ]);
});

test('with a key, a signature must be there', async () => {
  const folder = await built(true);
  const { generateKeyPairSync } = await import('node:crypto');
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  writeFiles(folder, {
    'key.pub': pem,
    'key.pem': privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  });
  expect(await found(folder, { key: 'key.pub' })).toEqual([
    'error RF619 there is no signed provenance, `provenance.dsse.json`',
  ]);
  expect(await found(folder, { key: 'key.pem' })).toEqual([
    'error RF612 `key.pem` cannot be used as a key: it is a private key',
  ]);
});

test.each<[about: string, folder: string, message: string]>([
  ['missing', 'nowhere', '`nowhere` is not there'],
  ['a file', 'refang.yaml', '`refang.yaml` is not a folder'],
  ['of somebody else', 'templates', '`templates` has no manifest of Refang'],
])('what is no build: %s', async (_, folder, message) => {
  expect(await found(await built(), { folder })).toEqual([`error RF614 ${message}`]);
});

test('what a killed build left is put right first', async () => {
  const folder = await built();
  const { renameSync } = await import('node:fs');
  renameSync(join(folder, 'out'), join(folder, '.out.refang-old'));
  expect(await found(folder)).toEqual([]);
});
