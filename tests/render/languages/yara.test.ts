import { readFileSync } from 'node:fs';
import init, { Compiler } from '@virustotal/yara-x';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Escape } from '../../../compiler/render/languages/language.ts';
import { YARA } from '../../../compiler/render/languages/yara.ts';
import { anyText, binary, forAllText, HOSTILE, replaced, unicodeText } from './hostile.ts';

const { regex, wide_regex, identifier } = YARA.places as Record<
  'regex' | 'wide_regex' | 'identifier',
  Escape
>;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** The bytes that a YARA string says; fails on an escape that YARA 4 does not know. */
function readString(inside: string): string {
  expect(inside).toMatch(/^(?:[^"\\\n]|\\(?:["\\nrt]|x[0-9a-f]{2}))*$/);
  return inside.replace(/\\(x..|.)/g, (_, spelled: string) =>
    spelled.length === 1 ? spelled : String.fromCharCode(Number.parseInt(spelled.slice(1), 16)),
  );
}

describe('a string', () => {
  it.each([
    ['1ds.me', '1ds.me'],
    ['say "x"', 'say \\"x\\"'],
    ['a\\b', 'a\\\\b'],
    ['one\ntwo\t', 'one\\x0atwo\\x09'],
    ['a\x7f', 'a\\x7f'],
    ['é😀', '\\xc3\\xa9\\xf0\\x9f\\x98\\x80'],
    ['\u202e', '\\xe2\\x80\\xae'],
    ['\ud800', '\\xef\\xbf\\xbd'],
    ['\\x41', '\\\\x41'],
  ])('writes %j as %j', (text, written) => {
    expect(YARA.text.escape(text)).toBe(written);
  });

  it('is read back as the bytes of the text', () => {
    forAllText(anyText, (text) => {
      const written = YARA.text.escape(text);
      expect(written).toMatch(PRINTABLE_ASCII);
      expect(readString(written)).toBe(binary(replaced(text)));
    });
  });
});

describe('a regular expression', () => {
  it.each([
    ['1ds.me', '1ds\\.me'],
    ['a/b\\c', 'a\\/b\\\\c'],
    ['http://x:80', 'http:\\/\\/x:80'],
    ['[a]{2}^$|(b)*+?', '\\[a\\]\\{2\\}\\^\\$\\|\\(b\\)\\*\\+\\?'],
    ['é\n', '\\xc3\\xa9\\x0a'],
  ])('writes %j as %j', (text, written) => {
    expect(regex.escape(text)).toBe(written);
  });

  it('matches the bytes of the text and nothing else', () => {
    forAllText(unicodeText, (text) => {
      if (text === '' || /\p{Cs}/u.test(text)) return;
      const written = regex.escape(text);
      expect(written).toMatch(PRINTABLE_ASCII);
      expect(written.replace(/\\./g, '')).not.toMatch(/[/\\]/);
      const pattern = new RegExp(`^(?:${written})$`);
      expect(pattern.test(binary(text))).toBe(true);
      expect(pattern.test(`${binary(text)}x`)).toBe(false);
    });
  });

  it.each(['', '\ud800'])('refuses %j', (text) => {
    expect(() => regex.escape(text)).toThrow(RangeError);
  });
});

describe('a regular expression of UTF-16', () => {
  it.each([
    ['1ds.me', '1\\x00d\\x00s\\x00\\.\\x00m\\x00e\\x00'],
    ['a/\n', 'a\\x00\\/\\x00\\x0a\\x00'],
    ['é日😀', '\\xe9\\x00\\xe5\\x65\\x3d\\xd8\\x00\\xde'],
  ])('writes %j as %j', (text, written) => {
    expect(wide_regex.escape(text)).toBe(written);
  });

  it('matches the bytes of the text and nothing else', () => {
    forAllText(unicodeText, (text) => {
      if (text === '' || /\p{Cs}/u.test(text)) return;
      const written = wide_regex.escape(text);
      expect(written).toMatch(PRINTABLE_ASCII);
      const bytes = Buffer.from(text, 'utf16le').toString('latin1');
      expect(new RegExp(`^(?:${written})$`).exec(bytes)?.[0]).toBe(bytes);
      expect(new RegExp(`^(?:${written})$`).test(`${bytes}x`)).toBe(false);
    });
  });

  it.each(['', '\ud800'])('refuses %j', (text) => {
    expect(() => wide_regex.escape(text)).toThrow(RangeError);
  });
});

describe('an identifier', () => {
  it.each([
    ['insikt-i-soon', 'insikt_i_soon'],
    ['Poison Carp', 'Poison_Carp'],
    ['Société', 'Societe'],
    ['a} rule x {', 'a_rule_x'],
    ['2024', '2024'],
  ])('writes %j as %j', (text, written) => {
    expect(identifier.escape(text)).toBe(written);
  });

  it.each(['', '日本', '--'])('refuses %j, of which nothing is left', (text) => {
    expect(() => identifier.escape(text)).toThrow(new RangeError('an identifier cannot be empty'));
  });
});

describe('YARA-X', () => {
  beforeAll(async () => {
    const wasm = new URL('./yara_x_js_bg.wasm', import.meta.resolve('@virustotal/yara-x'));
    await init({ module_or_path: readFileSync(wasm) });
  });

  const texts = HOSTILE.filter((text) => text.length < 5000 && !/\p{Cs}/u.test(text));

  it.each(texts)('finds %j by its string, by its regular expression, and reads it in the meta', (text) => {
    const compiler = new Compiler();
    compiler.addSource(`rule r {
      meta: description = "${YARA.text.escape(text)}"
      strings:
        $s = "${YARA.text.escape(text)}"
        $r = /${regex.escape(text)}/
      condition: any of them
    }`);
    expect(compiler.errors).toEqual([]);
    const rules = compiler.build();
    const bytes = Buffer.from(text, 'utf8');
    const scanned = rules.scan(Buffer.concat([Buffer.from('<<'), bytes, Buffer.from('>>')])) as {
      matches: { patterns: { identifier: string; matches: { offset: number; length: number }[] }[] }[];
    };
    const found = scanned.matches[0]?.patterns.map((pattern) => [pattern.identifier, pattern.matches[0]]);
    const place = { offset: 2, length: bytes.length };
    expect(found).toEqual([
      ['$s', expect.objectContaining(place)],
      ['$r', expect.objectContaining(place)],
    ]);
    rules.free();
    compiler.free();
  });
});
