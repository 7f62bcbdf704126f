import { describe, expect, it } from 'vitest';
import { oneLine } from '../../../compiler/render/languages/characters.ts';
import type { Escape } from '../../../compiler/render/languages/language.ts';
import { ZONE } from '../../../compiler/render/languages/zone.ts';
import { anyText, forAllText, HOSTILE, LINE_BREAK } from './hostile.ts';

const { owner } = ZONE.places as { owner: Escape };

it('keeps a comment on its line, and changes nothing else', () => {
  expect(ZONE.text.escape('one\n$INCLUDE /etc/passwd')).toBe('one $INCLUDE /etc/passwd');
  forAllText(anyText, (text) => {
    const written = ZONE.text.escape(text);
    expect(written).not.toMatch(LINE_BREAK);
    expect(written).toBe(oneLine(text));
  });
});

describe('an owner', () => {
  it.each([
    'host.example',
    '_dmarc.xn--bcher-kva.example',
    '24.0.2.0.192',
    '48.zz.db8.2001',
    'rpz-ip.example',
  ])('is written as it is: %s', (name) => {
    expect(owner.escape(name)).toBe(name);
  });

  it.each([
    ['a final dot, which leads out of the zone', 'host.example.'],
    ['the name of the zone', '@'],
    ['a directive', '$ORIGIN'],
    ['a wildcard, which is the template’s own', '*.host.example'],
    ['capitals', 'HOST.example'],
    ['an empty label', 'host..example'],
    ['an escape', 'host\\.example'],
    ['a comment', 'host.example;x'],
    ['two fields', 'host.example A'],
    ['a line more', 'host.example\nother.example'],
    ['nothing', ''],
  ])('refuses %s', (_, name) => {
    expect(() => owner.escape(name)).toThrow('a host name is labels of a to z');
  });

  it.each([
    '32.8.8.8.8.rpz-ip',
    '32.8.8.8.8.rpz-client-ip',
    '32.8.8.8.8.rpz-nsip',
    'a.rpz-nsdname',
    'rpz-ip',
  ])('refuses %s, which is no name that is asked for', (name) => {
    expect(() => owner.escape(name)).toThrow(
      new RangeError('an owner name cannot end as the triggers of response policy zones do'),
    );
  });

  it.each(HOSTILE.filter((text) => !/^[a-z-]+$/.test(text)))('refuses %j', (text) => {
    expect(() => owner.escape(text)).toThrow(RangeError);
  });
});
