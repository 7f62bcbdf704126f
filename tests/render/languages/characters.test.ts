import { describe, expect, it } from 'vitest';
import { oneLine, utf8 } from '../../../compiler/render/languages/characters.ts';
import { anyText, forAllText, LINE_BREAK } from './hostile.ts';

describe('oneLine', () => {
  it.each([
    ['one\ntwo', 'one two'],
    ['one \r\n\t two', 'one two'],
    ['two  blanks stay', 'two  blanks stay'],
    ['  ends go\n', 'ends go'],
    ['a\u202eb\u2066c', 'a b c'],
    ['a\u2028b\u0085c\0d', 'a b c d'],
    ['\ud800x', '\ufffdx'],
    ['Société 😀', 'Société 😀'],
    ['\n', ''],
  ])('makes %j into %j', (text, line) => {
    expect(oneLine(text)).toBe(line);
  });

  it('leaves no line break, control or bidirectional override, and changes nothing the second time', () => {
    forAllText(anyText, (text) => {
      const line = oneLine(text);
      expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(line).not.toMatch(LINE_BREAK);
      expect(oneLine(line)).toBe(line);
    });
  });

  it('takes long runs of blanks in linear time', () => {
    expect(oneLine(`${' '.repeat(200_000)}x${' '.repeat(200_000)}y`)).toHaveLength(200_002);
  });
});

describe('utf8', () => {
  it('gives the bytes', () => {
    expect([...utf8('é😀')]).toEqual([0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80]);
  });

  it.each(['\ud800', 'a\udc00b'])('refuses half of a character: %j', (text) => {
    expect(() => utf8(text)).toThrow(new RangeError('half of a character (a lone surrogate) has no bytes'));
  });
});
