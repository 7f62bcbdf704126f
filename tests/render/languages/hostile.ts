/** Text that tries to break out of where it is put. */

import fc from 'fast-check';

/** What people send, and what attackers do. */
export const HOSTILE: readonly string[] = [
  '";alert tcp any any -> any any (msg:"x"; sid:1;)',
  "';--",
  '\\',
  '\\\\',
  '\\"',
  "\\'",
  'a\\;b',
  '{{x}}',
  '{{{x}}}',
  'one\ntwo',
  'one\r\nalert ip any any -> any any (sid:2;)',
  'tab\there',
  '|3b|',
  '/|$(reboot)`reboot`',
  '$HOME_NET',
  '# comment',
  '-',
  '=cmd|x!A0',
  '\u202egnp.exe',
  '\u2028line\u2029paragraph\u0085next',
  'nul\0nul',
  '\ufeffbom',
  '\ud800half',
  'half\udc00',
  'Société 日本 😀',
  'C:\\Users\\*\\a?.exe\\',
  '\\x41\\\\x41',
  ' edges ',
  'x'.repeat(5000),
];

const SPECIAL = [
  '\\',
  '"',
  "'",
  '*',
  '?',
  ';',
  ':',
  '|',
  ',',
  '/',
  '#',
  '-',
  ' ',
  '\n',
  '\r',
  '\t',
  '\0',
  'x',
  '4',
  '1',
];

/** Any text of Unicode, control characters and lone surrogates included, rich in what escapers must handle. */
export const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...SPECIAL),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point)),
    ),
    { maxLength: 30 },
  )
  .map((characters) => characters.join(''));

/** The same without lone surrogates. */
export const unicodeText = anyText.map((text) => text.replace(/\p{Cs}/gu, ''));

/** The same without control characters and line separators as well. */
export const printableText = unicodeText.map((text) => text.replace(/[\p{Cc}\u2028\u2029]/gu, ''));

/** Calls `test` with each hostile text and with many random ones. */
export function forAllText(random: fc.Arbitrary<string>, test: (text: string) => void): void {
  fc.assert(fc.property(random, test), { numRuns: 2000 });
  for (const text of HOSTILE) test(text);
}

/** The UTF-8 bytes of a text, each as the character of that number. */
export function binary(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** A text with U+FFFD for lone surrogates. */
export function replaced(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

export const LINE_BREAK = /[\n\r\v\f\u0085\u2028\u2029]/;
