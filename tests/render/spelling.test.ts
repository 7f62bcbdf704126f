/** Which values are words, and that the places that say so leave all words alone. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callableIn } from '../../compiler/render/check-and-compile.ts';
import { LANGUAGES } from '../../compiler/render/languages/languages.ts';
import { IS_PLAIN, IS_WORD, spellingOf, spellings } from '../../compiler/render/spelling.ts';
import { setOf } from '../plan/help.ts';
import { render } from './help.ts';

test.each<[text: string, word: boolean, plain: boolean]>([
  ['1ds.me', true, true],
  ['xn--bcher-kva.example', true, true],
  ['192.0.2.1', true, true],
  ['0f0e0d0c0b0a09080706050403020100', true, true],
  ['', false, true],
  ['Host.example', false, true],
  ['_dmarc.example', false, true],
  ['a..b', false, true],
  ['.a', false, true],
  ['a.', false, true],
  ['-a', false, true],
  ['a-.b', false, true],
  ['a\n', false, false],
  ['a;b', false, false],
  ['bücher.example', false, false],
  ['http://host.example/a', false, true],
  // What a response policy zone gives a meaning.
  ['1.0.0.127.rpz-ip', true, false],
])('%j', (text, word, plain) => {
  expect([(spellingOf(text) & IS_WORD) !== 0, (spellingOf(text) & IS_PLAIN) !== 0]).toEqual([word, plain]);
});

test('of a set, each value', () => {
  const set = setOf([
    ['domain', '1ds.me', {}],
    ['url', 'http://1ds.me/', {}],
  ]);
  expect([...spellings(set)]).toEqual([IS_WORD | IS_PLAIN, IS_PLAIN]);
});

const PLACES = [...LANGUAGES.values()].flatMap(({ name, text, places }) =>
  Object.entries({ text, ...places }).flatMap(([place, one]) =>
    one.words ? [[`${name} ${place}`, one] as const] : [],
  ),
);
const words = fc
  .array(fc.stringMatching(/^[a-z0-9]{1,8}$/), { minLength: 1, maxLength: 6 })
  .chain((parts) =>
    fc
      .array(fc.constantFrom('.', '-', '--'), { minLength: parts.length, maxLength: parts.length })
      .map((joints) => parts.reduce((word, part, at) => word + joints[at] + part)),
  );

describe('a place that leaves words as they are', () => {
  test.each(PLACES)('%s', (_, place) => {
    fc.assert(
      fc.property(words, (word) => {
        expect(spellingOf(word) & IS_WORD).toBe(IS_WORD);
        expect(place.escape(word)).toBe(word);
      }),
    );
  });

  test('is not asked for a value that is one, and for all others', () => {
    const asked: string[] = [];
    const note = (text: string) => {
      asked.push(text);
      return `<${text}>`;
    };
    const place = { about: '', escape: note };
    const language = { name: 'noting', text: { ...place, words: true as const }, places: { quoted: place } };
    const p = [
      { value: 'a', $word: true },
      { value: 'b', $word: false },
    ];
    const template = '{{#each p}}{{value}} {{quoted value}} {{upper value}}\n{{/each}}';
    expect(render(template, {}, { p }, language)).toBe('a <a> <A>\n<b> <b> <B>\n');
    expect(asked).toEqual(['a', 'A', 'b', 'b', 'B']);
  });

  test('is one in every language of the outputs that may share a template', () => {
    const writes = { about: '', escape: (text: string) => text };
    const leaves = { ...writes, words: true as const };
    const one = { name: 'one', text: leaves, places: { both: leaves, first: leaves, differs: leaves } };
    const other = { name: 'other', text: writes, places: { both: leaves, differs: writes, last: writes } };
    const places = { both: true, first: true, differs: false, last: false };
    for (const languages of [
      [one, other],
      [other, one],
    ]) {
      const callable = callableIn(languages);
      expect([Object.fromEntries(callable.places), callable.text]).toEqual([places, false]);
    }
    expect(callableIn([one]).text).toBe(true);
  });
});
