import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { oneLine } from '../../../compiler/render/languages/characters.ts';
import type { Escape } from '../../../compiler/render/languages/language.ts';
import { SIGMA } from '../../../compiler/render/languages/sigma.ts';
import { anyText, forAllText, LINE_BREAK, printableText } from './hostile.ts';

const { detection } = SIGMA.places as { detection: Escape };

/** A Sigma value as pySigma's SigmaString reads it: literal parts, and `null` for a wildcard. */
function readSigma(value: string): (string | null)[] {
  const parts: (string | null)[] = [];
  let literal = '';
  let escaped = false;
  for (const character of value) {
    if (escaped) {
      literal += '*?\\'.includes(character) ? character : `\\${character}`;
      escaped = false;
    } else if (character === '\\') {
      escaped = true;
    } else if ('*?'.includes(character)) {
      if (literal !== '') parts.push(literal);
      parts.push(null);
      literal = '';
    } else {
      literal += character;
    }
  }
  if (escaped) literal += '\\';
  if (literal !== '') parts.push(literal);
  return parts;
}

describe('a field', () => {
  it.each([
    ["Liang's domains", "Liang''s domains"],
    ['one\n\n  two', 'one two'],
    ['a: b # c', 'a: b # c'],
    ["'", "''"],
    ['\u202eabc\0', 'abc'],
    ['nonchar \ufffe', 'nonchar \ufffd'],
  ])('writes %j as %j', (text, written) => {
    expect(SIGMA.text.escape(text)).toBe(written);
  });

  it('is read back by YAML as one line', () => {
    forAllText(anyText, (text) => {
      const written = SIGMA.text.escape(text);
      expect(written).not.toMatch(LINE_BREAK);
      const expected = oneLine(text).replace(/\p{Noncharacter_Code_Point}/gu, '\ufffd');
      expect(load(`title: '${written}'\nid: 1\n`)).toEqual({ title: expected, id: 1 });
    });
  });
});

describe('a detection value', () => {
  it.each([
    ['evil.example', 'evil.example'],
    ['/a.php?x=1', '/a.php\\?x=1'],
    ['*', '\\*'],
    ['C:\\Windows\\x.exe', 'C:\\Windows\\x.exe'],
    ['dir\\', 'dir\\\\'],
    ['\\\\server\\share', '\\\\\\\\server\\share'],
    ['a\\*', 'a\\\\\\*'],
    ['a\\\\?', 'a\\\\\\\\\\?'],
    ['\\\\\\x', '\\\\\\\\\\\\x'],
    ["it's", "it''s"],
    ['\\', '\\\\'],
  ])('writes %j as %j', (text, written) => {
    expect(detection.escape(text)).toBe(written);
  });

  it('is read back by YAML and pySigma as one literal, alone and between a template’s own text', () => {
    forAllText(printableText, (text) => {
      if (text === '' || /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u2028\u2029]/u.test(text)) return;
      const written = detection.escape(text);
      expect(written).not.toMatch(LINE_BREAK);
      const { alone, inside } = load(`alone: '${written}'\ninside: '\\\\${written}*'\n`) as Record<
        string,
        string
      >;
      expect(readSigma(alone as string)).toEqual([text]);
      expect(readSigma(inside as string)).toEqual([`\\${text}`, null]);
    });
  });

  it.each([
    ['a\0', 'a detection value cannot hold U+0000'],
    ['a\nb', 'a detection value cannot hold U+000A'],
    ['a\u2028', 'a detection value cannot hold U+2028'],
    ['a\x85', 'a detection value cannot hold U+0085'],
    ['a\x7f', 'a detection value cannot hold U+007F'],
    ['\ud800', 'a detection value cannot hold U+D800'],
    ['\u{1f600}\uffff', 'a detection value cannot hold U+FFFF'],
    ['', 'a detection value cannot be empty'],
  ])('refuses %j', (text, message) => {
    expect(() => detection.escape(text)).toThrow(new RangeError(message));
  });

  it('keeps a right-to-left override: it is part of the name that malware uses', () => {
    expect(detection.escape('invoice\u202excod.exe')).toBe('invoice\u202excod.exe');
  });
});
