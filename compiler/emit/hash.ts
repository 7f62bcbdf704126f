/** SHA-256 of what is read and written, by Node's own implementation: outputs can be hundreds of megabytes. */

import { createHash } from 'node:crypto';

/** Hexadecimal. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
