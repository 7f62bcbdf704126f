/**
 * SHA-256 by Node, whose module is loaded when it is first asked: a build with nothing to do hardly ever needs it, and
 * loading it takes milliseconds.
 */

import type { Hash } from 'node:crypto';

/** A hash that has been given nothing yet. */
export function newSha256(): Hash {
  return process.getBuiltinModule('node:crypto').createHash('sha256');
}

/** That of some bytes, in hexadecimal. */
export function sha256Of(bytes: Uint8Array): string {
  return process.getBuiltinModule('node:crypto').hash('sha256', bytes, 'hex');
}
