import { expect, it } from 'vitest';
import { JSON_TEXT } from '../../../compiler/render/languages/json.ts';
import { anyText, forAllText, LINE_BREAK, replaced } from './hostile.ts';

it.each([
  ['a"b\\', 'a\\"b\\\\'],
  ['\n\0', '\\n\\u0000'],
  ['\u2028\u202e\u0085\x7f\ufeff', '\\u2028\\u202e\\u0085\\u007f\\ufeff'],
  ['\ud800', '\ufffd'],
  ['</script> é 😀', '</script> é 😀'],
])('writes %j as %j', (text, written) => {
  expect(JSON_TEXT.text.escape(text)).toBe(written);
});

it('is read back', () => {
  forAllText(anyText, (text) => {
    const written = JSON_TEXT.text.escape(text);
    expect(written).not.toMatch(LINE_BREAK);
    expect(written).not.toMatch(/\p{Cc}|\p{Cs}/u);
    expect(JSON.parse(`["${written}"]`)).toEqual([replaced(text)]);
  });
});
