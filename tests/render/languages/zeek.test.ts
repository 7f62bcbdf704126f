import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Escape } from '../../../compiler/render/languages/language.ts';
import { ZEEK } from '../../../compiler/render/languages/zeek.ts';
import { anyText, binary, forAllText, LINE_BREAK, replaced } from './hostile.ts';

const { string, request_uri } = ZEEK.places as { string: Escape; request_uri: Escape };

/** A cell as Zeek's ASCII reader takes it: a lone `-` is unset, and only `\xHH` is an escape. */
function readCell(cell: string): string | undefined {
  if (cell === '-') return undefined;
  return binary(cell).replace(/\\x([0-9A-Fa-f]{2})/g, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

describe('a cell', () => {
  it.each([
    ['1ds.me', '1ds.me'],
    ['-', '\\x2d'],
    ['--', '--'],
    ['#1', '\\x231'],
    ['a#1', 'a#1'],
    [' a b ', '\\x20a b\\x20'],
    [' ', '\\x20'],
    ['a\tb\nc\0', 'a\\x09b\\x0ac\\x00'],
    ['\\x41', '\\x5cx41'],
    ['C:\\dir', 'C:\\x5cdir'],
    ['(empty)', '(empty)'],
    ['Société', 'Société'],
    ['\u202e\ufeff\u0085', '\\xe2\\x80\\xae\\xef\\xbb\\xbf\\xc2\\x85'],
    ['\ud800', '\ufffd'],
  ])('writes %j as %j', (text, written) => {
    expect(ZEEK.text.escape(text)).toBe(written);
  });

  it('is read back as the bytes of the text', () => {
    forAllText(anyText, (text) => {
      if (text === '') return;
      const written = ZEEK.text.escape(text);
      expect(written).not.toMatch(LINE_BREAK);
      expect(written).not.toMatch(/\p{Cc}|^[# ]| $/u);
      expect(readCell(written)).toBe(binary(replaced(text)));
    });
  });

  it('cannot be empty: Zeek would take it for an indicator', () => {
    expect(() => ZEEK.text.escape('')).toThrow(new RangeError('a cell of an intel file cannot be empty'));
  });
});

/** `unescape_URI` of Zeek's HTTP analyzer, step by step, on bytes. */
function unescapeUri(line: string): string {
  let uri = '';
  for (let at = 0; at < line.length; at++) {
    const rest = line.slice(at);
    if (!rest.startsWith('%')) uri += rest.charAt(0);
    else if (rest.length <= 2) return uri + rest;
    else if (rest.startsWith('%%')) continue;
    else if (/^%[0-9a-fA-F]{2}/.test(rest)) {
      uri += String.fromCharCode(Number.parseInt(rest.slice(1, 3), 16));
      at += 2;
    } else if (/^%u[0-9a-fA-F]{4}/.test(rest)) {
      const wide = Number.parseInt(rest.slice(2, 6), 16);
      if (wide > 0xff) uri += String.fromCharCode(wide >> 8);
      uri += String.fromCharCode(wide & 0xff);
      at += 5;
    } else {
      uri += rest.slice(0, 2);
      at += 1;
    }
  }
  return uri;
}

describe('the path and query of a request', () => {
  it.each([
    ['/a%20b/c%2Fd', '/a b/c/d'],
    ['/%C3%A9', '/é'],
    ['/é', '/é'],
    ['/%25', '/%'],
    ['/d%2541', '/d%41'],
    ['/%09', '/\\x09'],
    ['/%00', '/\\x00'],
    ['/%ff', '/\\xff'],
    ['/%ff -#a', '/\\xff\\x20\\x2d\\x23a'],
    ['/a+b', '/a+b'],
    ['/%zz%', '/%zz%'],
    ['/%%41', '/A'],
    ['/%%', '/%%'],
    ['/%u00AE%u4e2d', '/\\xaeN\\x2d'],
    ['/a%20', '/a\\x20'],
    ['/%5cx41', '/\\x5cx41'],
  ])('writes %j as %j', (text, written) => {
    expect(request_uri.escape(text)).toBe(written);
  });

  it('is read back as the bytes that Zeek compares', () => {
    const escapes = fc.array(fc.constantFrom('%', 'u', '4', '1', 'f', 'F', '0', 'z', 'é', ' '), {
      maxLength: 12,
    });
    forAllText(
      fc.oneof(
        anyText,
        escapes.map((parts) => parts.join('')),
      ),
      (text) => {
        const written = request_uri.escape(`/${text}`);
        expect(written).not.toMatch(LINE_BREAK);
        expect(written).not.toMatch(/\p{Cc}| $/u);
        expect(readCell(written)).toBe(unescapeUri(binary(`/${replaced(text)}`)));
      },
    );
  });
});

describe('a string of a script', () => {
  it.each([
    ['say "x"\\', 'say \\"x\\"\\\\'],
    ['one\ntwo', 'one\\x0atwo'],
    ['a\x7f', 'a\\x7f'],
    ['é1', '\\xc3\\xa91'],
    ['', ''],
  ])('writes %j as %j', (text, written) => {
    expect(string.escape(text)).toBe(written);
  });

  it('is read back as the bytes of the text', () => {
    forAllText(anyText, (text) => {
      const written = string.escape(text);
      expect(`"${written}"`).toMatch(/^"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]|\\x[0-9a-f]{2})*"$/);
      const read = written.replace(/\\(?:x(..)|(.))/g, (_, hex, character) =>
        hex === undefined ? character : String.fromCharCode(Number.parseInt(hex, 16)),
      );
      expect(read).toBe(binary(replaced(text)));
    });
  });
});
