/** SHA-256 of a text in pieces: in JavaScript alone, which runs everywhere, or as fast as the caller's platform can. */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** One hash in the making. Texts are hashed as UTF-8. */
export interface Hash {
  update(text: string): void;
  /** The whole hash, hexadecimal. To be asked for once, at the end. */
  hex(): string;
}

/** Begins a hash. */
export type Hasher = () => Hash;

/** Needs nothing of the platform, and takes five to ten times as long as its own implementation. */
export const portableHasher: Hasher = () => {
  const hash = sha256.create();
  return {
    update: (text) => {
      hash.update(utf8ToBytes(text));
    },
    hex: () => bytesToHex(hash.digest()),
  };
};
