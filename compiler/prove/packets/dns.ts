/** DNS messages (RFC 1035): a question for an address, and the answer that the name does not exist. */

import { concat, u8, u16, utf8, withLength } from './bytes.ts';
import type { Message } from './message.ts';

const MAX_LABEL = 63;
const MAX_NAME = 255;
const TYPE_A = 1;
const CLASS_IN = 1;
const RECURSION_DESIRED = 0x0100;
/** A response, recursion available, no such name. */
const NO_SUCH_NAME = 0x8183;
const ID = 0x1d5e;

/** A lookup and its answer; undefined where DNS can't carry the name. A final dot is not seen on the wire. */
export function dnsLookup(name: string): Message[] | undefined {
  const encoded = encodeName(name);
  if (!encoded) return undefined;
  const question = concat(u16(1, 0, 0, 0), encoded, u16(TYPE_A, CLASS_IN));
  return [
    { from: 'client', data: concat(u16(ID, RECURSION_DESIRED), question) },
    { from: 'server', data: concat(u16(ID, NO_SUCH_NAME), question) },
  ];
}

/** RFC 1035, 3.1, and 2.3.4 for the lengths. */
function encodeName(name: string): Uint8Array | undefined {
  const labels = name.replace(/\.$/, '').split('.').map(utf8);
  if (labels.some(({ length }) => length === 0 || length > MAX_LABEL)) return undefined;
  const encoded = concat(...labels.map((label) => withLength(1, label)), u8(0));
  return encoded.length > MAX_NAME ? undefined : encoded;
}
