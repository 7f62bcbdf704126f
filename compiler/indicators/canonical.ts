/** Values that are canonical as they are written: nearly all of a feed. They need none of the care that defanged ones do. */

import { ipv4At } from './address.ts';
import { AsciiBuffer, asciiTable } from './ascii.ts';
import { isNameAt } from './hostname.ts';
import type { Kind } from './kind.ts';

const HEX = asciiTable(/[0-9a-f]/);
const LOCAL = asciiTable(/[a-z0-9_+-]/);
const MAX_LOCAL = 64;
const MAX_EMAIL = 254;
/** What neither defanging nor encoding touches. */
const REQUEST = asciiTable(/[\w/?&=.~%+,;@!$-]/);
const SCHEMES = ['http://', 'https://'].map((scheme) => new TextEncoder().encode(scheme));
const [DOT, SLASH, AT, ZERO, NINE] = [0x2e, 0x2f, 0x40, 0x30, 0x39];
const [LOWER_X, LOWER_P, LOWER] = [0x78, 0x70, 0x20];
const MOST_BITS = 31;

const buffer = new AsciiBuffer();

/**
 * Whether a text is surely a canonical value of a kind: its `parse` gives the text itself, without notes. Others may be
 * canonical as well; `parse` tells.
 */
export function isCanonical(kind: Kind, text: string): boolean {
  return buffer.take(text) && isCanonicalAt(kind, buffer.bytes, 0, buffer.length);
}

/** The same of the bytes from one offset to another. */
export function isCanonicalAt(kind: Kind, bytes: Uint8Array, from: number, to: number): boolean {
  switch (kind) {
    case 'domain':
      return isNameAt(bytes, from, to);
    case 'ip':
      return ipv4At(bytes, from, to) >= 0;
    case 'cidr':
      return isNetwork(bytes, from, to);
    case 'url':
      return isUrl(bytes, from, to);
    case 'hash':
      return isDigest(bytes, from, to);
    case 'email':
      return isEmail(bytes, from, to);
    default:
      return false;
  }
}

/** The kind that bytes are read as under the key of a kind, where they are surely canonical: a lone address as a network is an `ip`. */
export function canonicalKindAt(kind: Kind, bytes: Uint8Array, from: number, to: number): Kind | undefined {
  if (isCanonicalAt(kind, bytes, from, to)) return kind;
  return kind === 'cidr' && ipv4At(bytes, from, to) >= 0 ? 'ip' : undefined;
}

/** `a/len` from 1 to 31 without host bits. */
function isNetwork(bytes: Uint8Array, from: number, to: number): boolean {
  const slash = bytes[to - 2] === SLASH ? to - 2 : to - 3;
  if (slash <= from || bytes[slash] !== SLASH) return false;
  let length = 0;
  for (let at = slash + 1; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte < ZERO || byte > NINE || (length === 0 && byte === ZERO)) return false;
    length = length * 10 + byte - ZERO;
  }
  if (length > MOST_BITS) return false;
  const address = ipv4At(bytes, from, slash);
  return address >= 0 && (address & (0xffff_ffff >>> length)) === 0;
}

/** A scheme, a host without a port, and a request. A defanged scheme is `hxxp` or `fxp`: no URL with `xp` is taken. */
function isUrl(bytes: Uint8Array, from: number, to: number): boolean {
  const scheme = SCHEMES.find((one) => beginsWith(bytes, from, to, one));
  if (!scheme) return false;
  const start = from + scheme.length;
  let slash = start;
  while (slash < to && bytes[slash] !== SLASH) slash++;
  if (slash === to || !isNameAt(bytes, start, slash)) return false;
  let before = 0;
  for (let at = start; at < to; at++) {
    const byte = bytes[at] as number;
    if (at > slash && REQUEST[byte] !== 1) return false;
    if ((byte | LOWER) === LOWER_P && (before | LOWER) === LOWER_X) return false;
    before = byte;
  }
  return true;
}

function beginsWith(bytes: Uint8Array, from: number, to: number, beginning: Uint8Array): boolean {
  if (to - from < beginning.length) return false;
  for (let at = 0; at < beginning.length; at++) if (bytes[from + at] !== beginning[at]) return false;
  return true;
}

function isDigest(bytes: Uint8Array, from: number, to: number): boolean {
  const length = to - from;
  if (length !== 32 && length !== 40 && length !== 64 && length !== 128) return false;
  for (let at = from; at < to; at++) if (HEX[bytes[at] as number] !== 1) return false;
  return true;
}

/** Words with single dots between them, `@` and a name. */
function isEmail(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from > MAX_EMAIL) return false;
  let word = from;
  let at = from;
  for (; at < to && bytes[at] !== AT; at++) {
    const byte = bytes[at] as number;
    if (byte === DOT && at > word) word = at + 1;
    else if (LOCAL[byte] !== 1) return false;
  }
  return at > word && at - from <= MAX_LOCAL && isNameAt(bytes, at + 1, to);
}
