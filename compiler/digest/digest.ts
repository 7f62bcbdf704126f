/**
 * Digests of texts, as UTF-8, and of bytes. Where Node runs they are Node's own, which are faster; elsewhere,
 * in a browser, JavaScript alone makes the same.
 */

import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

type Algorithm = 'md5' | 'sha1' | 'sha256';

/** A digest of what comes in pieces. */
export interface Sha256 {
  update(piece: string | Uint8Array): void;
  /** Of all pieces together, in hexadecimal. To be asked for once, at the end. */
  hex(): string;
}

/** What makes digests. */
export interface Digests {
  /** In hexadecimal. */
  hex(algorithm: Algorithm, data: string | Uint8Array): string;
  sha256(): Sha256;
}

/** The part of `node:crypto` that is used here: `hash` makes a digest at once. */
interface NodeCrypto {
  hash(algorithm: Algorithm, data: string | Uint8Array, encoding: 'hex'): string;
  createHash(algorithm: Algorithm): {
    update(data: string | Uint8Array): unknown;
    digest(encoding: 'hex'): string;
  };
}

const ALGORITHMS = { md5, sha1, sha256 };

/** In JavaScript alone. */
export const PORTABLE: Digests = {
  hex: (algorithm, data) => bytesToHex(ALGORITHMS[algorithm](bytesOf(data))),
  sha256() {
    const hash = sha256.create();
    return {
      update: (piece) => void hash.update(bytesOf(piece)),
      hex: () => bytesToHex(hash.digest()),
    };
  },
};

function bytesOf(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? utf8ToBytes(data) : data;
}

/** With Node's. */
export function nodeDigests(crypto: NodeCrypto): Digests {
  return {
    hex: (algorithm, data) => crypto.hash(algorithm, data, 'hex'),
    sha256() {
      const hash = crypto.createHash('sha256');
      return {
        update: (piece) => void hash.update(piece),
        hex: () => hash.digest('hex'),
      };
    },
  };
}

let digests: Digests | undefined;

/** Found when it is first asked for: Node takes a while to load its module. */
function here(): Digests {
  if (!digests) {
    const { process } = globalThis as {
      process?: { getBuiltinModule?(name: string): NodeCrypto | undefined };
    };
    const crypto = process?.getBuiltinModule?.('node:crypto');
    digests = crypto ? nodeDigests(crypto) : PORTABLE;
  }
  return digests;
}

/** A digest in hexadecimal. */
export function hexDigest(algorithm: Algorithm, data: string | Uint8Array): string {
  return here().hex(algorithm, data);
}

/** Begins a SHA-256. */
export function newSha256(): Sha256 {
  return here().sha256();
}

/** The SHA-256 of a text in pieces, in hexadecimal. Most come in one. */
export function sha256OfPieces(pieces: Iterable<string>): string {
  let first: string | undefined;
  let whole: Sha256 | undefined;
  for (const piece of pieces) {
    if (first === undefined) {
      first = piece;
      continue;
    }
    if (!whole) {
      whole = newSha256();
      whole.update(first);
    }
    whole.update(piece);
  }
  return whole?.hex() ?? hexDigest('sha256', first ?? '');
}
