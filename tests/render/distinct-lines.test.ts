import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distinctLines } from '../../compiler/render/distinct-lines.ts';

const FIRST_CELL = '^[^\t]*';

test.each<[string, string[], string, string[]]>([
  ['the first line about the same', ['a\t1\n', 'b\t1\n', 'a\t2\n'], FIRST_CELL, ['a\t1\n', 'b\t1\n', '']],
  ['lines one by one, within a text too', ['a\na\nb\n', 'c\nb\n'], FIRST_CELL, ['a\nb\n', 'c\n']],
  ['one of those that differ in the case of ASCII letters', ['Ab\n', 'aB\n'], FIRST_CELL, ['Ab\n', '']],
  [
    'those that differ in the case of other letters',
    ['Ä\n', 'ä\n', '\u212a\n', 'k\n'],
    FIRST_CELL,
    ['Ä\n', 'ä\n', '\u212a\n', 'k\n'],
  ],
  ['lines in which nothing is found', ['#\n', '#\n', 'x1\n', 'x1\n'], 'x\\d', ['#\n', '#\n', 'x1\n', '']],
  [
    'of a text that comes again and again the lines in which nothing is found',
    ['#\nx1\n', '#\nx1\n', '#\nx1\n'],
    'x\\d',
    ['#\nx1\n', '#\n', '#\n'],
  ],
  ['a last line without a line break', ['a\nb'], FIRST_CELL, ['a\nb']],
  ['empty texts', ['', ''], FIRST_CELL, ['', '']],
])('keeps %s', (_, texts, about, kept) => {
  expect(texts.map(distinctLines(about))).toEqual(kept);
});

test('property: what comes again is treated as if nothing were remembered of whole texts', () => {
  const line = fc.constantFrom('a\n', 'b1\n', 'B1\n', 'c2 x\n', 'c2 y\n', '#\n');
  const text = fc.array(line, { maxLength: 3 }).map((lines) => lines.join(''));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 200 }), (texts) => {
      const seen = new Set<string>();
      const kept = texts.map((one) =>
        one
          .split(/(?<=\n)/)
          .filter((each) => {
            const key = /[a-z]\d/i.exec(each)?.[0].toLowerCase();
            const isNew = key === undefined || !seen.has(key);
            if (key !== undefined) seen.add(key);
            return isNew;
          })
          .join(''),
      );
      expect(texts.map(distinctLines('[A-Za-z]\\d'))).toEqual(kept);
    }),
  );
});
