import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HASH_BITS, ValueHashes } from '../../compiler/plan/value-hashes.ts';
import { setOf } from './help.ts';

const SIZE = 500;
const set = setOf(Array.from({ length: SIZE }, (_, at) => ['domain', `${at}.example`] as const));

/** The bits of a value's hash, as another program makes them. */
const expected = (index: number) =>
  [
    ...createHash('sha256')
      .update(`domain ${index}.example`)
      .digest('hex')
      .slice(0, HASH_BITS / 4),
  ]
    .map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0'))
    .join('');
const bitsOf = (hashes: ValueHashes, index: number) =>
  Array.from({ length: HASH_BITS }, (_, bit) => hashes.bit(index, bit)).join('');

test('every value that was asked for has the bits of its hash, and so has one that comes of another set', () => {
  const indexes = fc.array(fc.nat(SIZE - 1), { maxLength: SIZE });
  fc.assert(
    fc.property(indexes, fc.nat(SIZE - 1), (asked, shift) => {
      const hashes = new ValueHashes();
      for (const index of asked) hashes.remember(set, index);
      const moved = new ValueHashes();
      const same = Int32Array.from({ length: SIZE }, (_, index) =>
        index + shift < SIZE ? index + shift : -1,
      );
      moved.inherit(hashes, same);
      for (const index of asked) {
        expect(bitsOf(hashes, index)).toBe(expected(index));
        if (index >= shift) expect(bitsOf(moved, index - shift)).toBe(expected(index));
      }
    }),
    { numRuns: 50, seed: 20240320 },
  );
});
