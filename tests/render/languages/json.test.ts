import { describe, expect, it } from 'vitest';
import { JSON_TEXT } from '../../../compiler/render/languages/json.ts';
import type { Escape } from '../../../compiler/render/languages/language.ts';
import { anyText, forAllText, LINE_BREAK, printableText, replaced, unicodeText } from './hostile.ts';

it.each([
  ['a"b\\', 'a\\"b\\\\'],
  ['\n\0', '\\n\\u0000'],
  ['\u2028\u202e\u0085\x7f\ufeff', '\\u2028\\u202e\\u0085\\u007f\\ufeff'],
  ['\ud800', '\ufffd'],
  ['</script> é 😀', '</script> é 😀'],
])('writes %j as %j', (text, written) => {
  expect(JSON_TEXT.text.escape(text)).toBe(written);
});

it('is read back', () => {
  forAllText(anyText, (text) => {
    const written = JSON_TEXT.text.escape(text);
    expect(written).not.toMatch(LINE_BREAK);
    expect(written).not.toMatch(/\p{Cc}|\p{Cs}/u);
    expect(JSON.parse(`["${written}"]`)).toEqual([replaced(text)]);
  });
});

describe('a string of EQL', () => {
  const { eql } = JSON_TEXT.places as { eql: Escape };

  it.each([
    ['1ds.me', '1ds.me'],
    ['C:\\x "y"', 'C:\\\\\\\\x \\\\\\"y\\\\\\"'],
    ['a\nb\u202e', 'a\\\\u{0a}b\\\\u{202e}'],
  ])('writes %j as %j', (text, written) => {
    expect(eql.escape(text)).toBe(written);
  });

  it('is read back', () => {
    forAllText(unicodeText, (text) => {
      if (text === '' || /\p{Cs}/u.test(text)) return;
      const literal = JSON.parse(`"${eql.escape(text)}"`);
      expect(literal).toMatch(/^(?:[^"\\\p{Cc}]|\\["\\]|\\u\{[0-9a-f]+\})*$/u);
      const read = literal.replace(
        /\\(?:u\{([0-9a-f]+)\}|(.))/gu,
        (_: string, code?: string, one?: string) =>
          code ? String.fromCodePoint(Number.parseInt(code, 16)) : one,
      );
      expect(read).toBe(text);
    });
  });

  it.each(['', '\ud800'])('refuses %j', (text) => {
    expect(() => eql.escape(text)).toThrow(RangeError);
  });
});

const { stix_string, stix_regex } = JSON_TEXT.places;

/** The text that a string of a STIX pattern means, whose two escapes are of a quote and a backslash. */
function patternString(written: string): string {
  const pattern = JSON.parse(`"'${written}'"`);
  expect(pattern).toMatch(/^'(?:[^'\\]|\\['\\])*'$/su);
  return pattern.slice(1, -1).replace(/\\(.)/gsu, '$1');
}

describe('a string of a STIX pattern', () => {
  it.each([
    ["it's", "it\\\\'s"],
    ['C:\\a', 'C:\\\\\\\\a'],
    ['say "x"', 'say \\"x\\"'],
  ])('writes %j as %j', (text, written) => {
    expect(stix_string?.escape(text)).toBe(written);
  });

  it('is read back', () => {
    forAllText(unicodeText, (text) => {
      if (/\p{Cs}/u.test(text)) return;
      expect(patternString(stix_string?.escape(text) ?? '')).toBe(text);
    });
  });

  it('as a regular expression matches itself', () => {
    expect(patternString(stix_regex?.escape('a.b-c_d') ?? '')).toBe('a\\.b\\-c_d');
    forAllText(printableText, (text) => {
      if (/\p{Cs}|[\p{Cc}\u2028\u2029]/u.test(text)) return;
      const pattern = patternString(stix_regex?.escape(text) ?? '');
      // PCRE lets any punctuation be escaped; JavaScript does so without its flag for Unicode.
      expect(new RegExp(`^${pattern}$`).test(text)).toBe(true);
      expect(new RegExp(`^${pattern}$`).test(`${text}x`)).toBe(false);
    });
  });

  it.each(['\ud800', 'half\udc00'])('cannot hold %j', (text) => {
    expect(() => stix_string?.escape(text)).toThrow(RangeError);
  });
});
