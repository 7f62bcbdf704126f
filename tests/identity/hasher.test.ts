import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeHasher } from '../../compiler/emit/hash.ts';
import { type Hasher, portableHasher } from '../../compiler/identity/hasher.ts';

function hashed(hasher: Hasher, pieces: readonly string[]): string {
  const hash = hasher();
  for (const piece of pieces) hash.update(piece);
  return hash.hex();
}

test.each([portableHasher, nodeHasher])('SHA-256, of all pieces together', (hasher) => {
  const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(hashed(hasher, ['abc'])).toBe(abc);
  expect(hashed(hasher, ['a', '', 'bc'])).toBe(abc);
});

test('property: whoever hashes, the lock says the same, also of text that is no Unicode', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', 'a\udfffb', '\ufeffx'));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 5 }), (pieces) => {
      expect(hashed(nodeHasher, pieces)).toBe(hashed(portableHasher, pieces));
    }),
  );
});
