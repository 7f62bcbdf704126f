import { describe, expect, it } from 'vitest';
import { oneLine } from '../../../compiler/render/languages/characters.ts';
import type { Escape } from '../../../compiler/render/languages/language.ts';
import { YARA_L } from '../../../compiler/render/languages/yara-l.ts';
import { anyText, forAllText, LINE_BREAK } from './hostile.ts';

const { cell, remark } = YARA_L.places as { cell: Escape; remark: Escape };

describe('a string', () => {
  it.each([
    ['plain', 'plain'],
    ['say "x"', 'say \\"x\\"'],
    ['C:\\new', 'C:\\\\new'],
    ['one\r\ntwo', 'one two'],
    ['// no comment', '// no comment'],
  ])('writes %j as %j', (text, written) => {
    expect(YARA_L.text.escape(text)).toBe(written);
  });

  it('ends where it should, and is one line', () => {
    forAllText(anyText, (text) => {
      const written = YARA_L.text.escape(text);
      expect(written).not.toMatch(LINE_BREAK);
      expect(written).toMatch(/^(?:[^"\\]|\\["\\])*$/u);
      expect(written.replace(/\\(["\\])/g, '$1')).toBe(oneLine(text));
    });
  });
});

describe('a cell', () => {
  it.each([
    ['=a', '=a'],
    ['a,"b"', '"a,""b"""'],
    ['C:\\x', 'C:\\x'],
  ])('writes %j as %j', (text, written) => {
    expect(cell.escape(text)).toBe(written);
  });

  it('refuses a line break, which a remark turns into a blank', () => {
    expect(() => cell.escape('a\nb')).toThrow(RangeError);
    expect(remark.escape('a\nb, c')).toBe('"a b, c"');
  });
});
