import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine } from '../../../compiler/render/languages/characters.ts';
import type { Escape } from '../../../compiler/render/languages/language.ts';
import { POSTFIX } from '../../../compiler/render/languages/postfix.ts';
import { wholeMatches } from './grep.ts';
import { anyText, forAllText, LINE_BREAK, printableText } from './hostile.ts';

const { pattern, reason, expression_reason } = POSTFIX.places as Record<string, Escape>;

describe('a key', () => {
  it.each([
    'bad@host.example',
    'host.example',
    '.host.example',
    "a&b'c*d%e+f@host.example",
    '!x@host.example',
    '192.0.2.0/24',
    '2001:db8::/32',
  ])('takes %j', (text) => {
    expect(POSTFIX.text.escape(text)).toBe(text);
  });

  it.each(['', '#a@host.example', '"a b"@host.example', 'a b', ' a', 'a\t', 'a\nb', 'é@host.example', 'a\0'])(
    'refuses %j',
    (text) => {
      expect(() => POSTFIX.text.escape(text)).toThrow(
        new RangeError('a key is printable ASCII without blanks and `"`, and does not begin with `#`'),
      );
    },
  );
});

describe('a pattern', () => {
  it.each([
    ['#a/b@host.example', '#a\\/b@host\\.example'],
    ['a+b?c|d$^{x}@host.example', 'a\\+b\\?c\\|d\\$\\^\\{x\\}@host\\.example'],
  ])('writes %j as %j', (text, written) => {
    expect(pattern?.escape(text)).toBe(written);
  });

  it('does not end at a slash of its own, and matches the text and nothing near it', () => {
    const property = fc.property(
      printableText.filter((text) => text !== ''),
      (text) => {
        const written = pattern?.escape(text) ?? '';
        expect(written.replace(/\\./gsu, '')).not.toContain('/');
        const others = [`${text}x`, `x${text}`].filter((one) => one !== text);
        expect(wholeMatches(written, [text, ...others])).toEqual([text]);
      },
    );
    fc.assert(property, { numRuns: 200 });
  });
});

describe('what stands behind an action', () => {
  it('is one line', () => {
    forAllText(anyText, (text) => {
      expect(reason?.escape(text)).toBe(oneLine(text));
      expect(reason?.escape(text)).not.toMatch(LINE_BREAK);
    });
  });

  it('puts nothing of the match into a table of expressions', () => {
    expect(expression_reason?.escape('costs $1 or $(2)\nnext')).toBe('costs $$1 or $$(2) next');
  });
});
