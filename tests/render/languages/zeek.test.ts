import { describe, expect, it } from 'vitest';
import type { Escape } from '../../../compiler/render/languages/language.ts';
import { ZEEK } from '../../../compiler/render/languages/zeek.ts';
import { anyText, binary, forAllText, LINE_BREAK, replaced } from './hostile.ts';

const { string } = ZEEK.places as { string: Escape };

/** A cell as Zeek's ASCII reader takes it: a lone `-` is unset, and only `\xHH` is an escape. */
function readCell(cell: string): string | undefined {
  if (cell === '-') return undefined;
  return binary(cell).replace(/\\x([0-9A-Fa-f]{2})/g, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

describe('a cell', () => {
  it.each([
    ['1ds.me', '1ds.me'],
    ['-', '\\x2d'],
    ['--', '--'],
    ['#1', '\\x231'],
    ['a#1', 'a#1'],
    [' a b ', '\\x20a b\\x20'],
    [' ', '\\x20'],
    ['a\tb\nc\0', 'a\\x09b\\x0ac\\x00'],
    ['\\x41', '\\x5cx41'],
    ['C:\\dir', 'C:\\x5cdir'],
    ['(empty)', '(empty)'],
    ['Société', 'Société'],
    ['\u202e\ufeff\u0085', '\\xe2\\x80\\xae\\xef\\xbb\\xbf\\xc2\\x85'],
    ['\ud800', '\ufffd'],
  ])('writes %j as %j', (text, written) => {
    expect(ZEEK.text.escape(text)).toBe(written);
  });

  it('is read back as the bytes of the text', () => {
    forAllText(anyText, (text) => {
      if (text === '') return;
      const written = ZEEK.text.escape(text);
      expect(written).not.toMatch(LINE_BREAK);
      expect(written).not.toMatch(/\p{Cc}|^[# ]| $/u);
      expect(readCell(written)).toBe(binary(replaced(text)));
    });
  });

  it('cannot be empty: Zeek would take it for an indicator', () => {
    expect(() => ZEEK.text.escape('')).toThrow(new RangeError('a cell of an intel file cannot be empty'));
  });
});

describe('a string of a script', () => {
  it.each([
    ['say "x"\\', 'say \\"x\\"\\\\'],
    ['one\ntwo', 'one\\x0atwo'],
    ['a\x7f', 'a\\x7f'],
    ['é1', '\\xc3\\xa91'],
    ['', ''],
  ])('writes %j as %j', (text, written) => {
    expect(string.escape(text)).toBe(written);
  });

  it('is read back as the bytes of the text', () => {
    forAllText(anyText, (text) => {
      const written = string.escape(text);
      expect(`"${written}"`).toMatch(/^"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]|\\x[0-9a-f]{2})*"$/);
      const read = written.replace(/\\(?:x(..)|(.))/g, (_, hex, character) =>
        hex === undefined ? character : String.fromCharCode(Number.parseInt(hex, 16)),
      );
      expect(read).toBe(binary(replaced(text)));
    });
  });
});
