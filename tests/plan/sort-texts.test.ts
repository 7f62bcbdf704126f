import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortedByText } from '../../compiler/plan/sort-texts.ts';

function sorted(texts: readonly string[], units: 'bytes' | 'wide'): string[] {
  const all = texts.join('');
  const starts = new Uint32Array(texts.length + 1);
  for (const [at, text] of texts.entries()) starts[at + 1] = (starts[at] as number) + text.length;
  const codes = Array.from({ length: all.length }, (_, at) => all.charCodeAt(at));
  const order = sortedByText({
    units: units === 'bytes' ? Uint8Array.from(codes) : Uint16Array.from(codes),
    starts,
  });
  return Array.from(order, (at) => texts[at] as string);
}

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
      expect(sorted(texts, 'wide')).toEqual([...texts].sort());
    }),
    { numRuns: 60 },
  );
});

test('property: the same of bytes', () => {
  const text = fc.stringMatching(/^[\x00-\x03a-c.]{0,30}$/);
  fc.assert(
    fc.property(fc.uniqueArray(text, { minLength: 40, maxLength: 300, size: 'max' }), (texts) => {
      expect(sorted(texts, 'bytes')).toEqual([...texts].sort());
    }),
    { numRuns: 60 },
  );
});

test('many texts that differ only at their end', () => {
  const texts = Array.from({ length: 5000 }, (_, at) => `${'x'.repeat(40)}${(at * 7919) % 5000}`);
  for (const units of ['bytes', 'wide'] as const) {
    expect(sorted(texts, units)).toEqual([...texts].sort());
    expect(sorted([], units)).toEqual([]);
  }
});
