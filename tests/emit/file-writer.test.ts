import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hexDigest } from '../../compiler/digest/digest.ts';
import { FileWriter } from '../../compiler/emit/file-writer.ts';
import { folderWith } from '../temporary.ts';

function writeList(staging: string, place: string, chunks: readonly string[]) {
  const file = { path: 'a/list.txt', target: 'a', tier: undefined, chunks, entries: 1 };
  return new FileWriter(staging, place).write(file);
}

/** An old folder with a file, and an empty new one. */
function places(old: string) {
  const place = folderWith({ 'a/list.txt': old });
  const staging = folderWith({});
  const write = (chunks: readonly string[]) => writeList(staging, place, chunks);
  const [before, after] = [join(place, 'a/list.txt'), join(staging, 'a/list.txt')];
  return { write, before, after };
}

describe('a file beside the one that it replaces', () => {
  test.each([
    ['the same text is the same file', 'one\ntwo\n', ['one\n', 'two\n'], true],
    ['another text of the same length', 'one\ntwo\n', ['one\n', 'twO\n'], false],
    ['a longer text', 'one\n', ['one\n', 'two\n'], false],
    ['an empty one', '', [], true],
  ])('%s', (_, old, chunks, same) => {
    const { write, before, after } = places(old);
    const text = chunks.join('');
    expect(write(chunks)).toEqual({
      path: 'a/list.txt',
      target: 'a',
      sha256: hexDigest('sha256', text),
      bytes: text.length,
      entries: 1,
    });
    expect(readFileSync(after, 'utf8')).toBe(text);
    expect(statSync(after).ino === statSync(before).ino).toBe(same);
  });

  test('a text longer than what is gathered is written, in bytes of UTF-8', () => {
    const { write, after } = places('old');
    const chunks = Array.from({ length: 5 }, (_, at) => `${at}é`.repeat(60_000));
    const text = chunks.join('');
    expect(write(chunks)).toMatchObject({
      sha256: hexDigest('sha256', text),
      bytes: Buffer.byteLength(text),
    });
    expect(readFileSync(after, 'utf8') === text).toBe(true);
  });

  test.each([
    ['the same text', ['one\n']],
    ['another text', ['two\n']],
  ])('its folder keeps its rights: %s', (_, chunks) => {
    const { write, before, after } = places('one\n');
    chmodSync(dirname(before), 0o2751);
    write(chunks);
    expect(statSync(dirname(after)).mode & 0o7777).toBe(0o2751);
  });

  test('a file where there is a folder now leaves it the rights of a new one', () => {
    const [place, staging] = [folderWith({ a: 'a file' }), folderWith({})];
    chmodSync(join(place, 'a'), 0o600);
    writeList(staging, place, ['one\n']);
    expect(statSync(join(staging, 'a')).mode & 0o700).toBe(0o700);
  });

  test('a link in the old folder is not taken for the file', () => {
    const place = folderWith({ 'elsewhere.txt': 'one\n' });
    mkdirSync(join(place, 'a'));
    symlinkSync('../elsewhere.txt', join(place, 'a/list.txt'));
    const staging = folderWith({});
    writeList(staging, place, ['one\n']);
    writeFileSync(join(staging, 'a/list.txt'), 'two\n');
    expect(readFileSync(join(place, 'elsewhere.txt'), 'utf8')).toBe('one\n');
  });
});
