import { expect, test } from 'vitest';
import { isOutputPath } from '../../compiler/targets/output-path.ts';

test.each([
  'refang.rules',
  'a/b/c.yml',
  '_x',
  'domains-00.lst',
  'A-1_b.C',
  'console.txt',
  'a/auxiliary',
  `${'a'.repeat(200)}`,
])('%s can be', (path) => {
  expect(isOutputPath(path)).toBe(true);
});

const never = [
  '',
  '.',
  '..',
  'a/..',
  'a/../b',
  './a',
  '/a',
  'a/',
  'a//b',
  '.hidden',
  'a/.hidden',
  '-a',
  'a b',
  'a\\b',
  'C:a',
  'a\n',
  'a\0',
  'ä',
  'a?b',
  'con',
  'CON.txt',
  'a/nul',
  'lpt1.rules',
  'com9/x',
  'a'.repeat(201),
];
test.each(never)('%j cannot', (path) => {
  expect(isOutputPath(path)).toBe(false);
});
