import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SubstringIndex } from '../../compiler/guard/substring-index.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', '.'), minLength: 1, maxLength: 5 });

test('property: the same as looking for each text', () => {
  fc.assert(
    fc.property(
      fc.array(word),
      fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 }),
      (texts, value) => {
        const index = new SubstringIndex();
        for (const text of texts) index.add(text);
        const found = index.find(value);
        expect(found !== undefined).toBe(texts.some((text) => value.includes(text)));
        if (texts.includes(value)) expect(found).toBe(value);
      },
    ),
  );
});
