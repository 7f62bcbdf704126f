import { resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolveBelow } from '../../compiler/source/node-path.ts';

test.each([
  ['a.yaml', '/work/a.yaml'],
  ['a/b.yaml', '/work/a/b.yaml'],
  ['.hidden/..b/c..', '/work/.hidden/..b/c..'],
  ['/else/where', '/else/where'],
  ['../a.yaml', '/a.yaml'],
  ['a/../b', '/work/b'],
  ['./a', '/work/a'],
  ['a//b', '/work/a/b'],
  ['a/', '/work/a'],
  ['/a/..', '/'],
  ['', '/work'],
  ['/', '/'],
])('%j below /work is %s', (path, expected) => {
  expect(resolveBelow('/work', path)).toBe(expected);
});

test('property: it is what `resolve` says', () => {
  const part = fc.constantFrom('', '.', '..', '...', 'a', '.b', 'c.', 'd e', '~', '\\', 'é');
  const path = fc.array(part, { maxLength: 6 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(path, path, (folder, below) => {
      const from = resolve('/', folder);
      expect(resolveBelow(from, below)).toBe(resolve(from, below));
    }),
  );
});
