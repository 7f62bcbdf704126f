import { expect, it } from 'vitest';
import type { Escape } from '../../../compiler/render/languages/language.ts';
import { LINE } from '../../../compiler/render/languages/line.ts';
import { anyText, forAllText, LINE_BREAK } from './hostile.ts';

const { comment, hostname } = LINE.places as { comment: Escape; hostname: Escape };

it.each([
  ['one\ntwo', 'a line cannot hold U+000A'],
  ['a\r', 'a line cannot hold U+000D'],
  ['a\u2028b', 'a line cannot hold U+2028'],
  ['\ud800', 'a line cannot hold U+D800'],
  ['', 'a line cannot be empty'],
  ['#x', 'a line cannot begin with `#` or a blank, or end with a blank'],
  [' x', 'a line cannot begin with `#` or a blank, or end with a blank'],
  ['x ', 'a line cannot begin with `#` or a blank, or end with a blank'],
])('refuses %j', (text, message) => {
  expect(() => LINE.text.escape(text)).toThrow(new RangeError(message));
});

it('changes nothing, or refuses', () => {
  forAllText(anyText, (text) => {
    let written: string;
    try {
      written = LINE.text.escape(text);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
      expect(text).toMatch(/^$|^[# ]| $|[\p{Cc}\p{Cs}\u2028\u2029]/u);
      return;
    }
    expect(written).toBe(text);
    expect(written).not.toMatch(LINE_BREAK);
  });
});

it('keeps a comment on its line', () => {
  expect(comment.escape('title\n1.2.3.4')).toBe('title 1.2.3.4');
});

it.each(['host.example', '_dmarc.xn--bcher-kva.example', 'a'])('writes the host name %s as it is', (name) => {
  expect(hostname.escape(name)).toBe(name);
});

it.each([
  '',
  'a..b',
  '.a',
  'a.',
  'A.example',
  'a b',
  'a/b',
  'a"b',
  '*.a',
  'a\nb',
  'b\u00fccher.example',
  'a^',
  'a$x',
])('refuses %j as a host name', (name) => {
  expect(() => hostname.escape(name)).toThrow('a host name is labels of a to z');
});
