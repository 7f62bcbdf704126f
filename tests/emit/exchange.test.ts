import { lstatSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hexDigest } from '../../compiler/digest/digest.ts';
import { restore } from '../../compiler/emit/exchange.ts';
import { WriteError } from '../../compiler/emit/write-error.ts';
import { filesBelow, folderWith, writeFiles } from '../temporary.ts';

type Files = Readonly<Record<string, string>>;

const manifest = (...paths: string[]): string =>
  JSON.stringify({
    refang: '0.1.0',
    inputs: [],
    files: paths.map((path) => ({ path, target: 'a' })),
    fates: {},
  });

const OLD: Files = { 'a/x': 'old', 'manifest.json': manifest('a/x') };
const NEW: Files = { 'a/y': 'new', 'manifest.json': manifest('a/y') };
const under = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

const STAGED = under('.out.refang-new/files', NEW);
const [oldSha256, newSha256] = ['old lock', 'new lock'].map((text) => hexDigest('sha256', text));
const UNDO = {
  '.out.refang-new/lock': 'old lock',
  '.out.refang-new/undo.json': JSON.stringify({ before: oldSha256, after: newSha256 }),
};
const FIRST = {
  '.out.refang-new/undo.json': JSON.stringify({ before: null, after: newSha256 }),
};
const oldLock = { 'refang.lock': 'old lock' };
const newLock = { 'refang.lock': 'new lock' };

/** Each moment at which a build can be killed, what lies there then, and what must be there after `restore`. */
const moments: [about: string, before: Files, after: Files][] = [
  [
    'while files are written',
    { ...under('out', OLD), ...STAGED, ...oldLock },
    { ...under('out', OLD), ...oldLock },
  ],
  [
    'before the lock is written',
    { ...under('out', OLD), ...STAGED, ...UNDO, ...oldLock },
    { ...under('out', OLD), ...oldLock },
  ],
  [
    'while the new lock is written',
    { ...under('out', OLD), ...STAGED, '.refang.lock.refang-new': 'new l', ...oldLock },
    { ...under('out', OLD), ...oldLock },
  ],
  [
    'while the old lock is copied',
    {
      ...under('out', OLD),
      ...STAGED,
      '.refang.lock.refang-new': 'new lock',
      '.out.refang-new/lock': 'old',
      ...oldLock,
    },
    { ...under('out', OLD), ...oldLock },
  ],
  [
    'after the lock is written',
    { ...under('out', OLD), ...STAGED, ...UNDO, ...newLock },
    { ...under('out', OLD), ...oldLock },
  ],
  ['after the first lock is written', { ...STAGED, ...FIRST, ...newLock }, {}],
  [
    'between the two renames',
    { ...under('.out.refang-old', OLD), ...STAGED, ...UNDO, ...newLock },
    { ...under('out', NEW), ...newLock },
  ],
  [
    'after the second',
    { ...under('out', NEW), ...under('.out.refang-old', OLD), ...UNDO, ...newLock },
    { ...under('out', NEW), ...newLock },
  ],
  [
    'while the old folder is removed',
    { ...under('out', NEW), '.out.refang-new/old/a/x': 'old', ...UNDO, ...newLock },
    { ...under('out', NEW), ...newLock },
  ],
  [
    'between the renames, and somebody removed what was staged',
    { ...under('.out.refang-old', OLD), ...newLock },
    { ...under('out', OLD), ...newLock },
  ],
  [
    'after the lock is written, and somebody changed the lock since',
    { ...under('out', OLD), ...STAGED, ...UNDO, 'refang.lock': 'another lock' },
    { ...under('out', OLD), 'refang.lock': 'another lock' },
  ],
  [
    'after the lock is written, and the copy of the old one is damaged',
    { ...under('out', OLD), ...STAGED, ...UNDO, '.out.refang-new/lock': 'old', ...newLock },
    { ...under('out', OLD), ...newLock },
  ],
  [
    'after the lock is written, and what undoes it is damaged',
    { ...under('out', OLD), ...STAGED, '.out.refang-new/undo.json': '{"before": 1', ...newLock },
    { ...under('out', OLD), ...newLock },
  ],
];

test.each(moments)('killed %s', (_, before, after) => {
  const root = folderWith(before);
  expect(restore(join(root, 'out'), join(root, 'refang.lock'))).toBe(true);
  expect(filesBelow(root)).toEqual(after);
  expect(restore(join(root, 'out'), join(root, 'refang.lock'))).toBe(false);
});

describe('what no build wrote', () => {
  test('and came into the old folder at the last moment moves into the new one', () => {
    const root = folderWith({
      ...under('out', NEW),
      ...under('.out.refang-old', { ...OLD, 'a/notes.txt': 'mine', 'b/c/d.txt': 'mine too' }),
    });
    mkdirSync(join(root, '.out.refang-old/empty'));
    restore(join(root, 'out'), undefined);
    expect(filesBelow(root)).toEqual(
      under('out', { ...NEW, 'a/notes.txt': 'mine', 'b/c/d.txt': 'mine too' }),
    );
    expect(readdirSync(join(root, 'out/empty'))).toEqual([]);
  });

  test('is kept, in both folders, where the folder was made anew meanwhile', () => {
    const files = {
      ...under('out', OLD),
      ...under('.out.refang-old', { ...OLD, 'a/notes.txt': 'mine' }),
      ...STAGED,
    };
    const root = folderWith(files);
    expect(() => restore(join(root, 'out'), undefined)).toThrow(
      new WriteError({
        code: 'RF611',
        severity: 'error',
        message: '`out` was made anew after a build was killed that had moved it to `.out.refang-old`',
        help: 'keep one of the two: remove `.out.refang-old`, or put it in the place of `out`',
      }),
    );
    expect(filesBelow(root)).toEqual(files);
  });
});

test('links that lie where a build keeps its own are not followed', () => {
  const root = folderWith({ ...under('out', OLD), ...under('elsewhere', { 'a/x': 'mine' }) });
  symlinkSync('elsewhere', join(root, '.out.refang-new'));
  restore(join(root, 'out'), join(root, 'refang.lock'));
  expect(filesBelow(root)).toEqual({ ...under('elsewhere', { 'a/x': 'mine' }), ...under('out', OLD) });
  writeFiles(root, oldLock);
  expect(lstatSync(join(root, 'out')).isDirectory()).toBe(true);
});
