import { expect, test } from 'vitest';
import { paragraph, table } from '../../compiler/cli/table.ts';

const ROWS = [
  ['a', '10', 'one two three four five six'],
  ['long', '7', ''],
];
const ALIGN = ['left', 'right', 'left'] as const;

test('columns are as wide as their widest cell, and nothing trails', () => {
  expect(table(ROWS, ALIGN)).toBe('a     10  one two three four five six\nlong   7\n');
});

test('colours take no room', () => {
  expect(
    table(
      [
        ['\u001b[1ma\u001b[22m', 'x'],
        ['bb', 'y'],
      ],
      ['left', 'left'],
    ),
  ).toBe('\u001b[1ma\u001b[22m   x\nbb  y\n');
});

test('the last column is wrapped to the terminal, below itself', () => {
  expect(table(ROWS, ALIGN, 32)).toBe('a     10  one two three four\n          five six\nlong   7\n');
});

test('a narrow terminal leaves the last column legible; a long word is not cut', () => {
  const word = 'x'.repeat(30);
  expect(table([['a', `one two three four five ${word} six`]], ['left', 'left'], 5)).toBe(
    `a  one two three four\n   five\n   ${word}\n   six\n`,
  );
});

test('a paragraph', () => {
  expect(paragraph('one two three four five six', 20)).toBe('one two three four\nfive six\n');
  expect(paragraph('one two')).toBe('one two\n');
});
