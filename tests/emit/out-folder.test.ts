import {
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FileToWrite } from '../../compiler/emit/file-writer.ts';
import { formatManifest, type ManifestFile } from '../../compiler/emit/manifest.ts';
import { OutFolder } from '../../compiler/emit/out-folder.ts';
import { WriteError } from '../../compiler/emit/write-error.ts';
import { filesBelow, folderWith, writeFiles } from '../temporary.ts';

function fileOf(path: string, chunks: Iterable<string>): FileToWrite {
  return { path, target: path.split('/')[0] as string, tier: undefined, chunks, entries: 1 };
}

const filesOf = (files: Readonly<Record<string, string>>) =>
  Object.entries(files).map(([path, text]) => fileOf(path, [text]));

const manifestOf = (files: ManifestFile[]) =>
  formatManifest({ refang: '0.1.0', inputs: [], indicators: 1, files, fates: {} });

/** A build of these files into `out` below the folder. */
function write(
  root: string,
  files: Readonly<Record<string, string>>,
  isBuilt?: (target: string) => boolean,
): void {
  const folder = OutFolder.open(root, 'out');
  folder.replace(filesOf(files), isBuilt ? folder.keptFiles(isBuilt) : [], manifestOf);
}

const texts = (root: string) => {
  const { 'manifest.json': _, ...rest } = filesBelow(join(root, 'out'));
  return rest;
};

/** The code and message of the diagnostic that is thrown. */
function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof WriteError) return `${error.diagnostic.code} ${error.diagnostic.message}`;
    throw error;
  }
  return 'nothing';
}

describe('replace', () => {
  test('writes files, and a manifest of their hashes and bytes', () => {
    const root = folderWith();
    write(root, { 'a/x.txt': 'abc', 'b/y.txt': 'ä\n' });
    expect(texts(root)).toEqual({ 'a/x.txt': 'abc', 'b/y.txt': 'ä\n' });
    expect(OutFolder.open(root, 'out').manifest?.files).toEqual([
      {
        path: 'a/x.txt',
        target: 'a',
        sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
        bytes: 3,
        entries: 1,
      },
      expect.objectContaining({ path: 'b/y.txt', bytes: 3 }),
    ]);
  });

  test('makes the folders above', () => {
    const root = folderWith();
    const folder = OutFolder.open(root, 'one/two/out');
    folder.replace(filesOf({ 'a/x.txt': '1' }), [], manifestOf);
    expect(Object.keys(filesBelow(root))).toEqual(['one/two/out/a/x.txt', 'one/two/out/manifest.json']);
  });

  test('many small chunks come out as they went in', () => {
    const root = folderWith();
    const chunks: string[] = new Array(200_000).fill('ä€😀x');
    OutFolder.open(root, 'out').replace([fileOf('a/x.txt', chunks)], [], manifestOf);
    expect(texts(root)['a/x.txt'] === chunks.join('')).toBe(true);
  });

  test('removes what only the old build wrote, and keeps what no build wrote', () => {
    const root = folderWith();
    write(root, { 'a/x.txt': '1', 'b/y.txt': '2' });
    writeFiles(join(root, 'out'), { 'README.md': 'mine', 'b/notes.txt': 'mine too', 'c/d/e': 'deep' });
    symlinkSync('nowhere', join(root, 'out', 'link'));
    write(root, { 'a/x.txt': '3' });
    rmSync(join(root, 'out', 'link'));
    expect(texts(root)).toEqual({
      'a/x.txt': '3',
      'README.md': 'mine',
      'b/notes.txt': 'mine too',
      'c/d/e': 'deep',
    });
  });

  test('a folder that is a link stays one, and the folder behind it is replaced', () => {
    const root = folderWith();
    mkdirSync(join(root, 'served'));
    symlinkSync('served', join(root, 'out'));
    write(root, { 'a/x.txt': 'old' });
    write(root, { 'a/x.txt': 'new' });
    expect(readlinkSync(join(root, 'out'))).toBe('served');
    expect(filesBelow(join(root, 'served'))['a/x.txt']).toBe('new');
    expect(readdirSync(root).sort()).toEqual(['out', 'served']);
  });

  test('a link that no build made stays a link', () => {
    const root = folderWith();
    write(root, { 'a/x.txt': '1' });
    symlinkSync('a/x.txt', join(root, 'out', 'current'));
    write(root, { 'a/x.txt': '2' });
    expect(readlinkSync(join(root, 'out', 'current'))).toBe('a/x.txt');
  });

  test('a file that no build wrote is not overwritten', () => {
    const root = folderWith();
    write(root, { 'a/x.txt': '1' });
    writeFiles(join(root, 'out'), { 'b/y.txt': 'mine' });
    expect(refusal(() => write(root, { 'a/x.txt': '2', 'b/y.txt': '2' }))).toBe(
      'RF602 `out/b/y.txt` is in the way: no build wrote it',
    );
    expect(texts(root)).toEqual({ 'a/x.txt': '1', 'b/y.txt': 'mine' });
  });

  test('leaves the files of other targets, as far as they are there', () => {
    const root = folderWith();
    write(root, { 'a/x.txt': '1', 'b/y.txt': '2', 'b/z.txt': '3' });
    rmSync(join(root, 'out', 'b/z.txt'));
    write(root, { 'a/new.txt': '4' }, (target) => target === 'a');
    expect(texts(root)).toEqual({ 'a/new.txt': '4', 'b/y.txt': '2' });
    expect(OutFolder.open(root, 'out').manifest?.files.map(({ path }) => path)).toEqual([
      'a/new.txt',
      'b/y.txt',
    ]);
  });

  test.each([
    ['while a file is made', (root: string) => write(root, {}), true],
    ['before there is a folder', () => {}, false],
  ])('what fails %s leaves everything as it was', (_, before, exists) => {
    const root = folderWith();
    before(root);
    if (exists) write(root, { 'a/x.txt': 'old' });
    function* failing(): Generator<string> {
      yield 'half';
      throw new RangeError('no');
    }
    const folder = OutFolder.open(root, 'out');
    const files = [fileOf('a/x.txt', ['new']), fileOf('a/y.txt', failing())];
    expect(() => folder.replace(files, [], manifestOf)).toThrow(new RangeError('no'));
    expect(readdirSync(root)).toEqual(exists ? ['out'] : []);
    if (exists) expect(texts(root)).toEqual({ 'a/x.txt': 'old' });
  });

  test('what an earlier build left half written is no hindrance', () => {
    const root = folderWith({ '.out.refang-new/files/a/x.txt': 'half' });
    write(root, { 'a/x.txt': '1' });
    expect(readdirSync(root)).toEqual(['out']);
    expect(texts(root)).toEqual({ 'a/x.txt': '1' });
  });
});

describe('a folder that is not ours', () => {
  const cases: [about: string, files: Record<string, string>, refusal: string][] = [
    ['files and no manifest', { 'out/notes.txt': 'mine' }, 'RF602 `out` has files and no manifest of Refang'],
    [
      'another manifest',
      { 'out/manifest.json': '{"name": "app"}' },
      'RF602 `out` has files and no manifest of Refang',
    ],
    ['a file', { out: 'mine' }, 'RF602 `out` is not a folder'],
  ];

  test.each(cases)('%s', (_, files, expected) => {
    const root = folderWith(files);
    expect(refusal(() => OutFolder.open(root, 'out'))).toBe(expected);
    expect(filesBelow(root)).toEqual(files);
  });

  test('an empty folder, and none at all, are', () => {
    const root = folderWith();
    expect(OutFolder.open(root, 'out').manifest).toBeUndefined();
    mkdirSync(join(root, 'out'));
    write(root, { 'a/x.txt': '1' });
    expect(texts(root)).toEqual({ 'a/x.txt': '1' });
  });
});

describe('what the file system refuses', () => {
  test('a file where a folder should be', () => {
    const root = folderWith({ file: 'x' });
    expect(refusal(() => OutFolder.open(root, 'file/out'))).toBe(
      'RF603 cannot write `file/out`: a part of the path is a file',
    );
  });

  test('a link to nothing', () => {
    const root = folderWith();
    symlinkSync('nowhere', join(root, 'out'));
    expect(refusal(() => OutFolder.open(root, 'out'))).toBe('RF602 `out` is a link to nothing');
  });

  test('a link to itself', () => {
    const root = folderWith();
    symlinkSync('loop', join(root, 'loop'));
    expect(refusal(() => OutFolder.open(root, 'loop'))).toBe(
      'RF603 cannot write `loop`: a part of the path is a link to itself',
    );
  });

  test('a name that is too long, before anything changed', () => {
    const root = folderWith();
    const name = 'x'.repeat(240);
    const folder = OutFolder.open(root, name);
    expect(refusal(() => folder.replace(filesOf({ [`a/${'y'.repeat(300)}`]: '1' }), [], manifestOf))).toBe(
      `RF603 cannot write \`${name}\`: the path is too long`,
    );
    expect(readdirSync(root)).toEqual([]);
  });

  const isRoot = process.getuid?.() === 0;
  test.skipIf(isRoot)('a folder without permission [root may write everywhere]', () => {
    const root = folderWith();
    mkdirSync(join(root, 'locked'), { mode: 0o500 });
    const folder = OutFolder.open(root, 'locked/out');
    expect(refusal(() => folder.replace(filesOf({ 'a/x.txt': '1' }), [], manifestOf))).toBe(
      'RF603 cannot write `locked/out`: no permission to write there',
    );
  });
});

describe('compare', () => {
  const compare = (root: string, files: Readonly<Record<string, string>>) =>
    OutFolder.open(root, 'out').compare(filesOf(files), [], manifestOf);

  test('what a build would write again', () => {
    const root = folderWith();
    write(root, { 'a/x.txt': '1' });
    expect(compare(root, { 'a/x.txt': '1' })).toEqual([]);
  });

  test('differs, missing, no longer made; and nothing is written', () => {
    const root = folderWith();
    write(root, { 'a/x.txt': '1', 'a/y.txt': '2', 'a/z.txt': '3' });
    rmSync(join(root, 'out/a/y.txt'));
    writeFileSync(join(root, 'out/notes.txt'), 'mine');
    const before = filesBelow(root);
    expect(compare(root, { 'a/new.txt': '5', 'a/x.txt': '4', 'a/y.txt': '2' })).toEqual([
      'a/new.txt (missing)',
      'a/x.txt (differs)',
      'a/y.txt (missing)',
      'a/z.txt (no longer made)',
      'manifest.json (differs)',
    ]);
    expect(filesBelow(root)).toEqual(before);
  });

  test('no folder at all', () => {
    const root = folderWith();
    expect(compare(root, { 'a/x.txt': '1' })).toEqual(['a/x.txt (missing)', 'manifest.json (missing)']);
    expect(existsSync(join(root, 'out'))).toBe(false);
  });
});
