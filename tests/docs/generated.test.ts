/** The generated pages are fresh. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { generatedPages } from '../../scripts/docs.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const pages = await generatedPages(ROOT);

test.each([...pages.keys()])('%s is what `npm run docs` writes', (path) => {
  expect(readFileSync(join(ROOT, path), 'utf8')).toBe(pages.get(path));
});

test('docs/codes/ has no page of a code that is gone', () => {
  const there = readdirSync(join(ROOT, 'docs/codes')).map((name) => `docs/codes/${name}`);
  expect(there.filter((path) => !pages.has(path))).toEqual([]);
});
