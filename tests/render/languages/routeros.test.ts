import { describe, expect, it } from 'vitest';
import { oneLine } from '../../../compiler/render/languages/characters.ts';
import type { Escape } from '../../../compiler/render/languages/language.ts';
import { ROUTEROS } from '../../../compiler/render/languages/routeros.ts';
import { anyText, forAllText, HOSTILE, LINE_BREAK } from './hostile.ts';

const { comment, identifier, element } = ROUTEROS.places as Record<
  'comment' | 'identifier' | 'element',
  Escape
>;

/** The bytes that a string between quotes stands for, as text. */
function decoded(string: string): string {
  const bytes = string.replace(/\\(?:([0-9A-F]{2})|(.))/g, (_, byte?: string, sign?: string) =>
    byte === undefined ? (sign as string) : String.fromCharCode(Number.parseInt(byte, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

describe('a string', () => {
  it.each([
    ['Example CERT', 'Example CERT'],
    ['say "x"', 'say \\"x\\"'],
    ['$x \\ ?', '\\$x \\\\ \\?'],
    ['Société', 'Soci\\C3\\A9t\\C3\\A9'],
    ['😀', '\\F0\\9F\\98\\80'],
    ['one\n/system reset', 'one /system reset'],
  ])('writes %j as %j', (text, written) => {
    expect(ROUTEROS.text.escape(text)).toBe(written);
  });

  it('is printable ASCII without an end, a variable or a help of its own, and stands for the text', () => {
    forAllText(anyText, (text) => {
      const written = ROUTEROS.text.escape(text);
      expect(written).toMatch(/^(?:[^"\\$?]|\\["\\$?]|\\[0-9A-F]{2})*$/);
      expect(written).toMatch(/^[ -~]*$/);
      expect(decoded(written)).toBe(oneLine(text));
    });
  });
});

it('a comment is one line that joins no other', () => {
  expect(comment.escape('a\\')).toBe('a/');
  forAllText(anyText, (text) => {
    expect(comment.escape(text)).not.toMatch(LINE_BREAK);
    expect(comment.escape(text)).not.toContain('\\');
  });
});

describe('a name', () => {
  it.each(['refang', 'refang-edge-2', 'a_b'])('takes %j', (text) => {
    expect(identifier.escape(text)).toBe(text);
  });

  it.each(['', '4a', '-x', 'A', 'a b', 'a"', 'a]', 'a\n', 'x'.repeat(64), ...HOSTILE])(
    'refuses %j',
    (text) => {
      expect(() => identifier.escape(text)).toThrow(RangeError);
    },
  );
});

it('takes addresses and networks as elements', () => {
  expect(element.escape('192.0.2.1/32')).toBe('192.0.2.1/32');
  expect(() => element.escape('192.0.2.1-192.0.2.9')).toThrow(RangeError);
});
