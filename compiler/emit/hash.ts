/** SHA-256 of what is read and written, by Node's own implementation: outputs can be hundreds of megabytes. */

import { createHash, type Hash, hash } from 'node:crypto';
import type { Hasher } from '../identity/hasher.ts';

/** Hexadecimal. */
export function sha256Hex(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
}

/** For the texts of rules: of one piece, most are, the hash costs half when nothing is kept for more. */
export const nodeHasher: Hasher = () => {
  let first: string | undefined;
  let whole: Hash | undefined;
  return {
    update: (text) => {
      if (first === undefined) first = text;
      else whole = (whole ?? createHash('sha256').update(first)).update(text);
    },
    hex: () => whole?.digest('hex') ?? sha256Hex(first ?? ''),
  };
};
