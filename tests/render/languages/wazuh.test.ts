import { expect, it } from 'vitest';
import type { Escape } from '../../../compiler/render/languages/language.ts';
import { WAZUH } from '../../../compiler/render/languages/wazuh.ts';
import { anyText, forAllText, LINE_BREAK, printableText } from './hostile.ts';

const { key, pcre2 } = WAZUH.places as { key: Escape; pcre2: Escape };

it.each([
  ['</description><rule id="1">', "(/description)(rule id='1')"],
  ['R&D $(srcip) \\<', 'R+D _(srcip) /('],
  ['a --- b', 'a - b'],
  ['one\ntwo', 'one two'],
  ['Société 😀', 'Société 😀'],
])('writes %j as %j', (text, written) => {
  expect(WAZUH.text.escape(text)).toBe(written);
});

it('holds nothing that an XML reader or Wazuh reads as more', () => {
  forAllText(anyText, (text) => {
    const written = WAZUH.text.escape(text);
    expect(written).not.toMatch(/[<>&\\$"]|--|\p{Cc}|\p{Cs}/u);
    expect(written).not.toMatch(LINE_BREAK);
  });
});

it.each([
  ['192.0.2.', '192.0.2.'],
  ['2001:db8::1', '"2001:db8::1"'],
  ['host.example', 'host.example'],
])('writes the key %s as %s', (text, written) => {
  expect(key.escape(text)).toBe(written);
});

it.each(['', 'a"b', 'a\nb', '\ud800'])('refuses %j as a key', (text) => {
  expect(() => key.escape(text)).toThrow(RangeError);
});

it('writes a pattern that matches the text alone', () => {
  expect(pcre2.escape('a.b-c_d')).toBe('a\\.b-c_d');
  forAllText(printableText, (text) => {
    if (!/^[\x20-\x7e]+$/.test(text)) return;
    const written = pcre2.escape(text);
    expect(written).not.toMatch(/[<>&"]/);
    expect(new RegExp(`^${written}$`).test(text)).toBe(true);
  });
});
