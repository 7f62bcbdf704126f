import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { replaceFile } from '../../compiler/emit/replace-file.ts';
import { WriteError } from '../../compiler/emit/write-error.ts';
import { filesBelow, folderWith } from '../temporary.ts';

test('writes a new file and replaces an old one', () => {
  const root = folderWith();
  replaceFile(join(root, 'refang.lock'), 'one');
  replaceFile(join(root, 'refang.lock'), 'two');
  expect(filesBelow(root)).toEqual({ 'refang.lock': 'two' });
});

test('what cannot be replaced is told, and nothing is left beside it', () => {
  const root = folderWith();
  mkdirSync(join(root, 'refang.lock/full'), { recursive: true });
  try {
    replaceFile(join(root, 'refang.lock'), 'text', { why: 'the reason' });
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(WriteError);
    expect((error as WriteError).diagnostic).toMatchObject({ code: 'RF603', why: 'the reason' });
    expect((error as WriteError).message).toMatch(/^cannot write `refang\.lock`: /);
  }
  expect(readdirSync(root)).toEqual(['refang.lock']);
});
