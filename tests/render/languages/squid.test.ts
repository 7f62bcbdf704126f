import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine } from '../../../compiler/render/languages/characters.ts';
import type { Escape } from '../../../compiler/render/languages/language.ts';
import { SQUID } from '../../../compiler/render/languages/squid.ts';
import { wholeMatches } from './grep.ts';
import { anyText, forAllText, LINE_BREAK, printableText } from './hostile.ts';

const { pattern, comment } = SQUID.places as { pattern: Escape; comment: Escape };

describe('a word', () => {
  it.each([
    'host.example',
    '_dmarc.host.example',
    '-host.example',
    '192.0.2.1',
    '198.51.100.0/24',
    '192.0.2.1-192.0.2.9',
    '2001:db8::/32',
  ])('takes %j', (text) => {
    expect(SQUID.text.escape(text)).toBe(text);
  });

  it.each(['', 'a b', 'a\tb', '"list.txt"', "'a'", 'a#b', 'a\nb', 'a\\', '%{x}', '$x', 'é'])(
    'refuses %j',
    (text) => {
      expect(() => SQUID.text.escape(text)).toThrow(
        new RangeError('a word of squid.conf is letters, digits, `.`, `:`, `/`, `-` and `_`'),
      );
    },
  );

  it('is never more than a word', () => {
    forAllText(anyText, (text) => {
      try {
        expect(SQUID.text.escape(text)).toMatch(/^[\w.:/-]+$/);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    });
  });
});

describe('a pattern', () => {
  it.each([
    ['http://host.example/a?b=[1]', 'http://host\\.example/a\\?b=\\[1\\]'],
    ['C:\\a (b|c)', 'C:\\\\a[[:blank:]]\\(b\\|c\\)'],
    ['x{2}^$*+', 'x\\{2\\}\\^\\$\\*\\+'],
    ['"quoted" \'too\' #1', '"quoted"[[:blank:]]\'too\'[[:blank:]]#1'],
    ['Société', 'Société'],
  ])('writes %j as %j', (text, written) => {
    expect(pattern.escape(text)).toBe(written);
  });

  it.each(['', 'a\nb', 'a\tb', 'a\0b', '\u2028', '\ud800'])('refuses %j', (text) => {
    expect(() => pattern.escape(text)).toThrow(RangeError);
  });

  it('is one word, and matches the text and nothing near it', () => {
    const property = fc.property(
      printableText.filter((text) => text !== ''),
      (text) => {
        const written = pattern.escape(text);
        expect(written).not.toMatch(/[ \t]/);
        const near = [`${text}x`, `x${text}`, text.slice(1), text.replace(/./su, 'z'), `${text}${text}`];
        const others = near.filter((one) => one !== text && !/\p{Cs}/u.test(one));
        expect(wholeMatches(written, [text, ...others])).toEqual([text]);
      },
    );
    fc.assert(property, { numRuns: 200 });
  });
});

it('writes a comment on one line', () => {
  forAllText(anyText, (text) => {
    expect(comment.escape(text)).toBe(oneLine(text));
    expect(comment.escape(text)).not.toMatch(LINE_BREAK);
  });
});
