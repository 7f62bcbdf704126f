/** SHA-256 of what is read and written, by Node's own implementation: outputs can be hundreds of megabytes. */

import { createHash } from 'node:crypto';
import type { Hasher } from '../identity/hasher.ts';

/** Hexadecimal. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** For the texts of rules. */
export const nodeHasher: Hasher = () => {
  const hash = createHash('sha256');
  return {
    update: (text) => {
      hash.update(text);
    },
    hex: () => hash.digest('hex'),
  };
};
