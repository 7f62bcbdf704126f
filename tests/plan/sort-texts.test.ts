import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortedByText } from '../../compiler/plan/sort-texts.ts';

const sorted = (texts: readonly string[]) =>
  Array.from(
    sortedByText(texts.length, (at) => texts[at] as string),
    (at) => texts[at],
  );

const label = fc.constantFrom(
  'a',
  'aa',
  'ab',
  'www.',
  'http://',
  '-',
  '.',
  '0',
  'z'.repeat(30),
  'é',
  '\u{1f600}',
  '\uffff',
);

test('property: texts come in the order of their UTF-16 units, whatever they share', () => {
  const text = fc.oneof(
    fc.array(label, { maxLength: 8 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(fc.uniqueArray(text, { maxLength: 400, size: 'max' }), (texts) => {
      expect(sorted(texts)).toEqual([...texts].sort());
    }),
    { numRuns: 60 },
  );
});

test('many texts that differ only at their end', () => {
  const texts = Array.from({ length: 5000 }, (_, at) => `${'x'.repeat(40)}${(at * 7919) % 5000}`);
  expect(sorted(texts)).toEqual([...texts].sort());
  expect(sorted([])).toEqual([]);
});
