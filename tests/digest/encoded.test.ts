/** Pieces of encoded text are together what the text is. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encoded } from '../../compiler/digest/encoded.ts';

/** The pieces, copied as they come, and the last one. */
function drawn(chunks: readonly string[], size: number): { full: Uint8Array[]; last: Uint8Array } {
  const pieces = encoded(chunks, new Uint8Array(size));
  const full: Uint8Array[] = [];
  for (let piece = pieces.next(); ; piece = pieces.next()) {
    if (piece.done) return { full, last: piece.value.slice() };
    full.push(piece.value.slice());
  }
}

test('property: whatever the chunks and the buffer are', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '€', '\u{1f600}', '\n'), maxLength: 30 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 10 }), fc.integer({ min: 4, max: 40 }), (chunks, size) => {
      const { full, last } = drawn(chunks, size);
      expect(Buffer.concat([...full, last]).toString('utf8')).toBe(chunks.join(''));
      // No character is cut: up to three bytes of the buffer are not used.
      for (const piece of full) expect(piece.length).toBeGreaterThan(size - 4);
    }),
  );
});

test('what fits the buffer is the last piece', () => {
  expect(drawn(['ab', '', 'c'], 3)).toEqual({ full: [], last: Uint8Array.from([97, 98, 99]) });
  expect(drawn([], 3)).toEqual({ full: [], last: new Uint8Array() });
});
