/** Every link between the pages of the project leads somewhere. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

function pagesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
}

const targets = readdirSync(join(ROOT, 'templates')).map((name) => join('templates', name));
const pages = ['.', 'docs', 'docs/codes', ...targets].flatMap(pagesIn);

/** The anchor that a heading gets: lower case, without punctuation, blanks as hyphens. */
function anchorsOf(path: string): string[] {
  const headings = readFileSync(join(ROOT, path), 'utf8').matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, text = '']) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test.each(pages)('%s', (page) => {
  const links = readFileSync(join(ROOT, page), 'utf8').matchAll(
    /\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g,
  );
  const dead = [...links].filter(([, path = '', anchor]) => {
    const to = path === '' ? page : join(dirname(page), path);
    return !existsSync(join(ROOT, to)) || (anchor !== undefined && !anchorsOf(to).includes(anchor));
  });
  expect(dead.map(([link]) => link)).toEqual([]);
});
