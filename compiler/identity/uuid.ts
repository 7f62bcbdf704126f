/** UUIDs derived from a rule's key: the same key has the same UUID on every machine and for ever. */

import { utf8ToBytes } from '@noble/hashes/utils.js';
import { hexDigest } from '../digest/digest.ts';

/** The namespace of Refang's own UUIDs (a random UUID, fixed for ever). */
const REFANG_NAMESPACE = 'b1a6a3a0-6f0e-4c55-9a3e-0d6f4f1c7e21';

/** The namespace that was asked for last: a build has one for nearly all its names. */
let last = { uuid: '', bytes: new Uint8Array() };

function uuidBytes(uuid: string): Uint8Array {
  if (uuid !== last.uuid) {
    const hex = uuid.replaceAll('-', '');
    const bytes = Uint8Array.from({ length: 16 }, (_, at) =>
      Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16),
    );
    last = { uuid, bytes };
  }
  return last.bytes;
}

/** A version 5 UUID (RFC 9562): SHA-1 of the namespace and the name. */
export function uuid5(namespace: string, name: string): string {
  const space = uuidBytes(namespace);
  const text = utf8ToBytes(name);
  const input = new Uint8Array(space.length + text.length);
  input.set(space);
  input.set(text, space.length);
  const hex = hexDigest('sha1', input);
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The namespace under which a publisher's rules get their UUIDs. */
export function publisherNamespace(publisherId: string): string {
  return uuid5(REFANG_NAMESPACE, publisherId);
}
