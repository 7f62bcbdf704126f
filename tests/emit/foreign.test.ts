/** What is in the output folder and no build wrote: it stays as it is, and nothing of it is copied. */

import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatManifest, type ManifestFile } from '../../compiler/emit/manifest.ts';
import { OutFolder } from '../../compiler/emit/out-folder.ts';
import { WriteError } from '../../compiler/emit/write-error.ts';
import { filesBelow, folderWith, writeFiles } from '../temporary.ts';

const manifestOf = (files: ManifestFile[]) =>
  formatManifest({ refang: '0.1.0', inputs: [], indicators: 1, files, fates: {} });

function write(root: string, files: Readonly<Record<string, string>>, only?: string): void {
  const folder = OutFolder.open(root, 'out');
  const all = Object.entries(files).map(([path, text]) => {
    return { path, target: path.split('/')[0] as string, tier: undefined, chunks: [text], entries: 1 };
  });
  folder.replace(all, only === undefined ? [] : folder.keptFiles((target) => target === only), manifestOf);
}

function refusal(run: () => void): string {
  try {
    run();
  } catch (error) {
    if (error instanceof WriteError) return error.message;
    throw error;
  }
  return 'nothing';
}

test('a file stays the very same file: its times, its rights, its place on the disk', () => {
  const root = folderWith();
  write(root, { 'a/x': '1' });
  writeFiles(root, { 'out/notes/run.sh': 'mine' });
  const path = join(root, 'out/notes/run.sh');
  chmodSync(path, 0o751);
  utimesSync(path, 1_000_000_000, 1_000_000_000);
  chmodSync(join(root, 'out/notes'), 0o711);
  const before = lstatSync(path);
  write(root, { 'a/x': '2' });
  const { ino, mode, mtimeMs, nlink, uid, gid } = lstatSync(path);
  expect({ ino, mode, mtimeMs, nlink, uid, gid }).toEqual({
    ino: before.ino,
    mode: before.mode,
    mtimeMs: 1_000_000_000_000,
    nlink: 1,
    uid: before.uid,
    gid: before.gid,
  });
  expect(statSync(join(root, 'out/notes')).mode & 0o777).toBe(0o711);
});

test('files of targets that are not built are not copied either', () => {
  const root = folderWith();
  write(root, { 'a/x': '1', 'b/y': '2' });
  const { ino } = statSync(join(root, 'out/b/y'));
  write(root, { 'a/x': '3' }, 'a');
  expect(statSync(join(root, 'out/b/y')).ino).toBe(ino);
});

test('the folder itself keeps its rights, and empty folders stay', () => {
  const root = folderWith();
  write(root, { 'a/x': '1' });
  chmodSync(join(root, 'out'), 0o2750);
  mkdirSync(join(root, 'out/empty/deep'), { recursive: true });
  chmodSync(join(root, 'out/empty'), 0o700);
  write(root, { 'b/x': '1' });
  expect(statSync(join(root, 'out')).mode & 0o7777).toBe(0o2750);
  expect(statSync(join(root, 'out/empty')).mode & 0o777).toBe(0o700);
  expect(readdirSync(join(root, 'out')).sort()).toEqual(['b', 'empty', 'manifest.json']);
});

test('links stay links, wherever they lead, and nothing behind them is touched', () => {
  const root = folderWith({ 'elsewhere/deep/file': 'mine' });
  write(root, { 'a/x': '1' });
  const links = {
    inside: 'a/x',
    outside: '../elsewhere',
    absolute: join(root, 'elsewhere'),
    nowhere: 'gone',
    loop: 'loop',
  };
  for (const [name, to] of Object.entries(links)) symlinkSync(to, join(root, 'out', name));
  write(root, { 'a/x': '2' });
  for (const [name, to] of Object.entries(links)) {
    expect(readlinkSync(join(root, 'out', name))).toBe(to);
    unlinkSync(join(root, 'out', name));
  }
  expect(filesBelow(root)).toMatchObject({ 'elsewhere/deep/file': 'mine', 'out/a/x': '2' });
  expect(readdirSync(root).sort()).toEqual(['elsewhere', 'out']);
});

test('a folder of ours that somebody made a link: the build refuses, and writes nothing behind it', () => {
  const root = folderWith({ 'elsewhere/x': 'mine' });
  write(root, { 'b/y': '1' });
  symlinkSync('../elsewhere', join(root, 'out/a'));
  expect(refusal(() => write(root, { 'a/x': '2', 'b/y': '2' }))).toBe(
    '`out/a` is in the way: no build wrote it',
  );
  unlinkSync(join(root, 'out/a'));
  expect(filesBelow(root)).toMatchObject({ 'elsewhere/x': 'mine', 'out/b/y': '1' });
});

test.each<[about: string, mine: string, built: string, message: string]>([
  ['a file where a build has one', 'a/x', 'a/x', '`out/a/x` is in the way: no build wrote it'],
  ['a file where a build has a folder', 'a', 'a/x', '`out/a` is in the way: no build wrote it'],
  [
    'a folder where a build has a file',
    'a/x/notes',
    'a/x',
    '`out/a/x/notes` is in the way: no build wrote it',
  ],
  ['an empty folder where a build has a file', 'a/x/', 'a/x', '`out/a/x` is in the way: no build wrote it'],
])('%s', (_, mine, built, message) => {
  const root = folderWith();
  write(root, { 'b/y': '1' });
  if (mine.endsWith('/')) mkdirSync(join(root, 'out', mine), { recursive: true });
  else writeFiles(join(root, 'out'), { [mine]: 'mine' });
  const before = filesBelow(root);
  expect(refusal(() => write(root, { [built]: '2' }))).toBe(message);
  expect(filesBelow(root)).toEqual(before);
  expect(readdirSync(root)).toEqual(['out']);
});
