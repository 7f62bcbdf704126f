import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { piecesOf } from '../../compiler/source/node-pieces.ts';
import { folderWith } from '../temporary.ts';

test.each([0, 1, 2 ** 18, 2 ** 18 + 1, 600_000])('all of a file of %d bytes', (size) => {
  const path = join(folderWith(), 'file');
  const bytes = Buffer.from(Array.from({ length: size }, (_, at) => (at * 7) % 251));
  writeFileSync(path, bytes);
  const read: Buffer[] = [];
  for (const piece of piecesOf(path)) read.push(Buffer.from(piece));
  expect(Buffer.concat(read).equals(bytes)).toBe(true);
});

test('what is not there is told by the system', () => {
  expect(() => [...piecesOf(join(folderWith(), 'file'))]).toThrow(/ENOENT/);
});
