import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CODES } from '../../compiler/diagnostics/codes.ts';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { visible, widthOf } from '../../compiler/diagnostics/visible.ts';

test.each([
  ['a\nb', 2, { line: 2, column: 1 }],
  ['a\r\nb', 3, { line: 2, column: 1 }],
  ['a\rb', 2, { line: 2, column: 1 }],
  ['😀b', 2, { line: 1, column: 2 }],
  ['a\n', 2, { line: 2, column: 1 }],
  ['\uFEFFa: b', 3, { line: 1, column: 4 }],
  ['', 0, { line: 1, column: 1 }],
])('in %j the offset %i is at %j', (text, offset, position) => {
  expect(new SourceFile('a', text).position(offset)).toEqual(position);
});

test('lines are without their breaks', () => {
  const file = new SourceFile('a', 'one\r\ntwo\rthree\n\nfive');
  expect([1, 2, 3, 4, 5, 6].map((line) => file.line(line))).toEqual(['one', 'two', 'three', '', 'five', '']);
});

test('every offset lies in the line that its position names', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '\r', '\n', '\t', '😀') }), fc.nat(40), (text, at) => {
      const file = new SourceFile('a', text);
      const offset = Math.min(at, file.text.length);
      const { line } = file.position(offset);
      const { start, end } = file.lineRange(line);
      expect(offset).toBeGreaterThanOrEqual(start);
      expect(offset).toBeLessThanOrEqual(end + 2);
    }),
  );
});

test('nothing that steers a terminal is left visible as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
  );
  expect(visible('a\u00A0b\u2066')).toBe('a<U+00A0>b<U+2066>');
  expect(widthOf('aé中😀e\u0301')).toBe(7);
});

test('codes have names of their own', () => {
  const names = Object.values(CODES).map((entry) => entry.name);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});
