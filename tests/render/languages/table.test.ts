import { expect, it } from 'vitest';
import { tableLanguage } from '../../../compiler/render/languages/table.ts';
import { anyText, forAllText, LINE_BREAK } from './hostile.ts';

const routerOs = tableLanguage({ escape: { '"': '\\"', '\\': '\\\\', $: '\\$' }, refuse: '😀`' });

it.each([
  ['say "x" $y \\', 'say \\"x\\" \\$y \\\\'],
  ['Société', 'Société'],
  ['', ''],
])('writes %j as %j', (text, written) => {
  expect(routerOs.text.escape(text)).toBe(written);
});

it.each([
  ['a`b', 'the target cannot hold U+0060'],
  ['a😀', 'the target cannot hold U+1F600'],
  ['a\nb', 'the target cannot hold U+000A'],
  ['\u2029', 'the target cannot hold U+2029'],
  ['\udc00', 'the target cannot hold U+DC00'],
])('refuses %j', (text, message) => {
  expect(() => routerOs.text.escape(text)).toThrow(new RangeError(message));
});

it('writes a control character that the table spells', () => {
  expect(tableLanguage({ escape: { '\n': '\\n' } }).text.escape('a\nb')).toBe('a\\nb');
});

it('is read back, or refused', () => {
  forAllText(anyText, (text) => {
    if (/[`😀\p{Cc}\p{Cs}\u2028\u2029]/u.test(text)) {
      expect(() => routerOs.text.escape(text)).toThrow(RangeError);
      return;
    }
    const written = routerOs.text.escape(text);
    expect(written).not.toMatch(LINE_BREAK);
    expect(written).not.toMatch(/(?<!\\)(?:\\\\)*["$]/);
    expect(written.replace(/\\(.)/gs, '$1')).toBe(text);
  });
});
