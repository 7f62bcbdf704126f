import { describe, expect, it } from 'vitest';
import { IPSET } from '../../../compiler/render/languages/ipset.ts';
import type { Escape } from '../../../compiler/render/languages/language.ts';
import { anyText, forAllText, HOSTILE, LINE_BREAK } from './hostile.ts';

const { identifier, element } = IPSET.places as { identifier: Escape; element: Escape };

describe('a comment', () => {
  it.each([
    ['Names of "the" group', 'Names of "the" group'],
    ['one\ncreate evil hash:ip', 'one create evil hash:ip'],
    ['x'.repeat(300), 'x'.repeat(200)],
    ['é'.repeat(150), 'é'.repeat(100)],
    [`${'x'.repeat(198)}日本`, 'x'.repeat(198)],
  ])('writes %j as %j', (text, written) => {
    expect(IPSET.text.escape(text)).toBe(written);
  });

  it('is one line, and four of them are never one too long', () => {
    forAllText(anyText, (text) => {
      const written = IPSET.text.escape(text);
      expect(written).not.toMatch(LINE_BREAK);
      expect(Buffer.byteLength(written)).toBeLessThanOrEqual(200);
    });
  });
});

describe('a name', () => {
  it.each(['refang', 'REFANG', 'a4', 'refang_edge_2', 'x'.repeat(28)])('takes %j', (text) => {
    expect(identifier.escape(text)).toBe(text);
  });

  it.each(['', '4a', '-x', 'a b', 'a-b', 'a\n', 'a;reboot', '$(x)', 'é', 'x'.repeat(29), ...HOSTILE])(
    'refuses %j',
    (text) => {
      expect(() => identifier.escape(text)).toThrow(RangeError);
    },
  );
});

it('takes addresses and networks as elements', () => {
  expect(element.escape('192.0.2.0/24')).toBe('192.0.2.0/24');
  expect(() => element.escape('host.example')).toThrow(RangeError);
});
