import { describe, expect, it } from 'vitest';
import { oneLine } from '../../../compiler/render/languages/characters.ts';
import type { Escape } from '../../../compiler/render/languages/language.ts';
import { PF } from '../../../compiler/render/languages/pf.ts';
import { anyText, forAllText, HOSTILE, LINE_BREAK } from './hostile.ts';

const { identifier, element } = PF.places as { identifier: Escape; element: Escape };

describe('a comment, a path or a label', () => {
  it.each([
    ['/etc/pf.refang', '/etc/pf.refang'],
    ['say "x"', "say 'x'"],
    ['the next line too\\', 'the next line too/'],
    ['one\npass quick all', 'one pass quick all'],
  ])('writes %j as %j', (text, written) => {
    expect(PF.text.escape(text)).toBe(written);
  });

  it('neither ends its line or quotes nor joins the next line, and changes nothing else', () => {
    forAllText(anyText, (text) => {
      const written = PF.text.escape(text);
      expect(written).not.toMatch(LINE_BREAK);
      expect(written).not.toMatch(/["\\]/);
      expect(written).toHaveLength(oneLine(text).length);
    });
  });
});

describe('a name', () => {
  it.each(['refang_block', 'a', 'A4_', 'x'.repeat(31)])('takes %j', (text) => {
    expect(identifier.escape(text)).toBe(text);
  });

  it.each(['', '4a', '_a', 'a-b', 'a b', 'a>', 'a\n', 'é', 'x'.repeat(32), ...HOSTILE])(
    'refuses %j',
    (text) => {
      expect(() => identifier.escape(text)).toThrow(RangeError);
    },
  );
});

it('takes addresses and networks as elements', () => {
  expect(element.escape('2001:db8::/32')).toBe('2001:db8::/32');
  expect(() => element.escape('em0')).toThrow(RangeError);
});
