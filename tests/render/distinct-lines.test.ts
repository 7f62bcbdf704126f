import { expect, test } from 'vitest';
import { distinctLines } from '../../compiler/render/distinct-lines.ts';

const FIRST_CELL = '^[^\t]*';

test.each<[string, string[], string | undefined, string[]]>([
  ['all lines without a pattern', ['a\n', 'a\n'], undefined, ['a\n', 'a\n']],
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
  ['a last line without a line break', ['a\nb'], FIRST_CELL, ['a\nb']],
  ['empty texts', ['', ''], FIRST_CELL, ['', '']],
])('keeps %s', (_, texts, about, kept) => {
  expect([...distinctLines(texts, about)]).toEqual(kept);
});
