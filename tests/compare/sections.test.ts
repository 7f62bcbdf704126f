/** Numbers as a comparison tells them. */

import { expect, test } from 'vitest';
import { countWords, stepWords } from '../../compiler/compare/sections.ts';

test.each<[before: number | undefined, after: number | undefined, words: string]>([
  [59, 60, '59 → 60'],
  [60, 60, '60'],
  [undefined, 1_357_922, '– → 1,357,922'],
  [1000, undefined, '1,000 → –'],
  [undefined, undefined, '–'],
])('%j and %j are %j', (before, after, words) => {
  expect(stepWords(before, after)).toBe(words);
});

test('changes are counted in the order in which they are told', () => {
  expect(countWords({ withheld: 1, added: 1344, changed: 0, removed: 12 })).toBe('+1,344 −12 !1');
});
