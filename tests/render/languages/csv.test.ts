import { describe, expect, it } from 'vitest';
import { oneLine } from '../../../compiler/render/languages/characters.ts';
import { CSV } from '../../../compiler/render/languages/csv.ts';
import type { Escape } from '../../../compiler/render/languages/language.ts';
import { anyText, forAllText, LINE_BREAK, printableText } from './hostile.ts';

const { exact, guarded } = CSV.places as { exact: Escape; guarded: Escape };

/** The fields of one record of RFC 4180; fails on text beside quotes. */
function readRecord(record: string): string[] {
  const fields = record.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^",]*)(?=,|$)/gsu) ?? [];
  expect(fields.join(',')).toBe(record);
  return fields.map((field) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field));
}

describe('a field for people', () => {
  it.each([
    ['1ds.me', '1ds.me'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['one\r\ntwo', 'one two'],
    ['=1+1', "'=1+1"],
    ['+x@evil.example', "'+x@evil.example"],
    ['-2', "'-2"],
    ['@SUM(A1,A2)', '"\'@SUM(A1,A2)"'],
    ['\t=1', "'=1"],
    ['\uff1d1', "'\uff1d1"],
    ['a=1', 'a=1'],
    ['', ''],
  ])('writes %j as %j', (text, written) => {
    expect(CSV.text.escape(text)).toBe(written);
  });

  it('is read back as one line that no spreadsheet runs', () => {
    forAllText(anyText, (text) => {
      const written = CSV.text.escape(text);
      expect(written).not.toMatch(LINE_BREAK);
      const line = oneLine(text);
      const [before, field, after] = readRecord(`a,${written},b`);
      expect([before, after]).toEqual(['a', 'b']);
      expect(field).toBe(/^[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(line) ? `'${line}` : line);
    });
  });
});

describe('a field for programs', () => {
  it.each([
    ['+x@evil.example', '+x@evil.example'],
    [' a', '" a"'],
    ['/a,b"', '"/a,b"""'],
  ])('writes %j as %j', (text, written) => {
    expect(exact.escape(text)).toBe(written);
  });

  it('is read back unchanged', () => {
    forAllText(printableText, (text) => {
      if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text)) return;
      expect(readRecord(`a,${exact.escape(text)},b`)).toEqual(['a', text, 'b']);
    });
  });

  it.each([
    ['a\nb', 'a field cannot hold U+000A'],
    ['\0', 'a field cannot hold U+0000'],
    ['\ud800', 'a field cannot hold U+D800'],
  ])('refuses %j', (text, message) => {
    expect(() => exact.escape(text)).toThrow(new RangeError(message));
  });
});

describe('a field for both', () => {
  it.each([
    ['1ds.me', '1ds.me'],
    ['=1+1', "'=1+1"],
    ["'=1+1", "''=1+1"],
    ["''@x", "'''@x"],
    ["'quoted'", "'quoted'"],
    ['-, "x"', '"\'-, ""x"""'],
    ['\uff0b1', "'\uff0b1"],
  ])('writes %j as %j', (text, written) => {
    expect(guarded.escape(text)).toBe(written);
  });

  it('is never run, and is the value again without its guard', () => {
    forAllText(printableText, (text) => {
      if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text)) return;
      const [, field = ''] = readRecord(`a,${guarded.escape(text)},b`);
      expect(field).not.toMatch(/^[=+\-@\uff1d\uff0b\uff0d\uff20]/);
      expect(field.replace(/^'(?='*[=+\-@\uff1d\uff0b\uff0d\uff20])/, '')).toBe(text);
    });
  });

  it.each(['a\nb', '\0', '\ud800'])('refuses %j', (text) => {
    expect(() => guarded.escape(text)).toThrow(RangeError);
  });
});
