import { expect, it } from 'vitest';
import { KQL } from '../../../compiler/render/languages/kql.ts';
import type { Escape } from '../../../compiler/render/languages/language.ts';
import { stringToken } from '../../targets/parsers/kql-lexer.ts';
import { anyText, forAllText, LINE_BREAK, printableText } from './hostile.ts';

const { comment } = KQL.places as { comment: Escape };

it.each([
  ['a"b\\', 'a\\"b\\\\'],
  ["' | take 1 //", "' | take 1 //"],
  ['Société 😀', 'Société 😀'],
])('writes %j as %j', (text, written) => {
  expect(KQL.text.escape(text)).toBe(written);
});

it('is read back by a lexer of the language', () => {
  forAllText(printableText, (text) => {
    if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text)) return;
    expect(stringToken(`"${KQL.text.escape(text)}"`)).toBe(text);
  });
});

it.each(['one\ntwo', 'tab\t', '\ud800', '\u2028'])('refuses %j', (text) => {
  expect(() => KQL.text.escape(text)).toThrow(RangeError);
});

it('keeps a comment on its line', () => {
  forAllText(anyText, (text) => {
    expect(comment.escape(text)).not.toMatch(LINE_BREAK);
  });
});
