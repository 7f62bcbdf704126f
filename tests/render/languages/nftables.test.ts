import { describe, expect, it } from 'vitest';
import { oneLine } from '../../../compiler/render/languages/characters.ts';
import type { Escape } from '../../../compiler/render/languages/language.ts';
import { NFTABLES } from '../../../compiler/render/languages/nftables.ts';
import { anyText, forAllText, HOSTILE, LINE_BREAK } from './hostile.ts';

const { identifier, element } = NFTABLES.places as { identifier: Escape; element: Escape };

describe('a comment or log prefix', () => {
  it.each([
    ['refang drop ', 'refang drop'],
    ['say "x"', "say 'x'"],
    ['C:\\dir\\', 'C:/dir/'],
    ['$HOME_NET', '_HOME_NET'],
    ['one\n}\nflush ruleset', 'one } flush ruleset'],
    ['Société', 'Société'],
  ])('writes %j as %j', (text, written) => {
    expect(NFTABLES.text.escape(text)).toBe(written);
  });

  it('neither ends its line nor its quotes nor names a variable, and changes nothing else', () => {
    forAllText(anyText, (text) => {
      const written = NFTABLES.text.escape(text);
      expect(written).not.toMatch(LINE_BREAK);
      expect(written).not.toMatch(/["\\$]/);
      expect(written).toHaveLength(oneLine(text).length);
      [...oneLine(text)].forEach((character, index) => {
        if (!'"\\$'.includes(character)) expect([...written][index]).toBe(character);
      });
    });
  });
});

describe('a name', () => {
  it.each(['bad4', 'refang', 'out_ioc', 'a.b-c', 'x'.repeat(255)])('takes %j', (text) => {
    expect(identifier.escape(text)).toBe(text);
  });

  it.each(['', '4bad', '-x', 'a b', 'a\n', 'a;', 'é', 'x'.repeat(256), ...HOSTILE])('refuses %j', (text) => {
    expect(() => identifier.escape(text)).toThrow(RangeError);
  });
});

describe('an element', () => {
  it.each([
    '192.0.2.1',
    '198.51.100.0/24',
    '192.0.2.10-192.0.2.20',
    '2001:db8::1',
    '::',
    '::1',
    '2001:db8::/32',
    '2001:db8::1-2001:db8::f',
  ])('takes %j', (text) => {
    expect(element.escape(text)).toBe(text);
  });

  it.each([
    ['a name of hexadecimal letters, which nft would resolve', 'fade.cafe'],
    ['a leading zero, which nft reads as octal', '010.0.0.1'],
    ['a name', 'localhost'],
    ['capitals', '2001:DB8::1'],
    ['a zone', 'fe80::1%lo'],
    ['a mapped address', '::ffff:192.0.2.1'],
    ['half an interval', '192.0.2.1-'],
    ['two families', '192.0.2.1-2001:db8::1'],
    ['two elements', '192.0.2.1, 192.0.2.2'],
    ['a line', '192.0.2.1\n'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(() => element.escape(text)).toThrow(
      new RangeError('a set element is a canonical address, network or interval'),
    );
  });

  it.each(HOSTILE)('refuses %j', (text) => {
    expect(() => element.escape(text)).toThrow(RangeError);
  });
});
