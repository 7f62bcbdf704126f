import { createHash, hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Digests,
  hexDigest,
  newSha256,
  nodeDigests,
  PORTABLE,
  sha256OfPieces,
} from '../../compiler/digest/digest.ts';

const NODE = nodeDigests({ hash, createHash });
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

function inPieces(digests: Digests, pieces: readonly (string | Uint8Array)[]): string {
  const whole = digests.sha256();
  for (const piece of pieces) whole.update(piece);
  return whole.hex();
}

describe.each([
  ['in JavaScript alone', PORTABLE],
  ['by Node', NODE],
])('%s', (_, digests) => {
  // RFC 1321, FIPS 180-4.
  test.each([
    ['md5', '900150983cd24fb0d6963f7d28e17f72'],
    ['sha1', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['sha256', ABC],
  ] as const)('%s', (algorithm, expected) => {
    expect(digests.hex(algorithm, 'abc')).toBe(expected);
    expect(digests.hex(algorithm, new Uint8Array([0x61, 0x62, 0x63]))).toBe(expected);
  });

  test('of all pieces together', () => {
    expect(inPieces(digests, ['a', '', new Uint8Array([0x62]), 'c'])).toBe(ABC);
  });
});

test('property: whoever makes it, the digest is the same, also of text that is no Unicode', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', 'a\udfffb', '\ufeffx'));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 5 }), (pieces) => {
      expect(inPieces(NODE, pieces)).toBe(inPieces(PORTABLE, pieces));
      // Pieces are encoded one by one.
      expect(sha256OfPieces(pieces)).toBe(inPieces(PORTABLE, pieces));
      for (const algorithm of ['md5', 'sha1', 'sha256'] as const)
        expect(NODE.hex(algorithm, pieces.join(' '))).toBe(PORTABLE.hex(algorithm, pieces.join(' ')));
    }),
  );
});

test('what is used here is one of them', () => {
  expect(hexDigest('sha256', 'abc')).toBe(ABC);
  const whole = newSha256();
  whole.update('abc');
  expect(whole.hex()).toBe(ABC);
  expect(sha256OfPieces([])).toBe(PORTABLE.hex('sha256', ''));
});
