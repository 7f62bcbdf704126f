/** What a place says it leaves as it is, it does: the short way past an escaper must not be another way. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../compiler/render/languages/languages.ts';

const PLACES = [...LANGUAGES].flatMap(([name, { text, places }]) =>
  Object.entries({ text, ...places }).flatMap(([place, one]) =>
    one.plain ? [[`${name} ${place}`, one, one.plain] as const] : [],
  ),
);

/** Short ones of every character of ASCII and some beyond, and longer ones like those that are listed. */
const texts = fc.oneof(
  fc.string({
    unit: fc.constantFrom(...Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code))),
  }),
  fc.string({ unit: fc.constantFrom(...'a-9._/:#=+@"\\\'%*?&, \n\u2028\u202e\ud800é') }),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.webUrl(),
);

test.each(PLACES)('%s', (_, place, plain) => {
  expect(plain.global).toBe(false);
  fc.assert(
    fc.property(texts, (text) => {
      fc.pre(plain.test(text));
      expect(place.escape(text)).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

test('there are some', () => {
  expect(PLACES.length).toBeGreaterThan(8);
});
