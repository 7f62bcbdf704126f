/** Values that are canonical as they are written: nearly all of a feed. They need none of the care that defanged ones do. */

import { type Network4, readNetwork4 } from './address.ts';
import { AsciiBuffer, asciiTable } from './ascii.ts';
import { isNameAt } from './hostname.ts';
import { type Kind, kindCode } from './kind.ts';

const HEX = asciiTable(/[0-9a-f]/);
const LOCAL = asciiTable(/[a-z0-9_+-]/);
const MAX_LOCAL = 64;
const MAX_EMAIL = 254;
/** What neither defanging nor encoding touches. */
const REQUEST = asciiTable(/[\w/?&=.~%+,;@!$-]/);
const SCHEMES = ['http://', 'https://'].map((scheme) => new TextEncoder().encode(scheme));
const [DOT, SLASH, AT] = [0x2e, 0x2f, 0x40];
const [LOWER_X, LOWER_P, LOWER] = [0x78, 0x70, 0x20];
const LONE = 32;

const [DOMAIN, IP, CIDR] = [kindCode('domain'), kindCode('ip'), kindCode('cidr')];
const [LINK, DIGEST, EMAIL] = [kindCode('url'), kindCode('hash'), kindCode('email')];

/** A value that is canonical: of what kind, and of IPv4 its number. */
export interface Canonical extends Network4 {
  /** The code of its kind. */
  code: number;
  /** 0 of what is no IPv4 address or network. */
  prefix: number;
}

const buffer = new AsciiBuffer();
const canonical: Canonical = { code: 0, address: 0, prefix: 0 };

/**
 * Whether a text is surely a canonical value of a kind: its `parse` gives the text itself, without notes. Others may be
 * canonical as well; `parse` tells.
 */
export function isCanonical(kind: Kind, text: string): boolean {
  const code = kindCode(kind);
  return (
    buffer.take(text) &&
    readCanonical(code, buffer.bytes, 0, buffer.length, canonical) &&
    canonical.code === code
  );
}

/**
 * Reads the bytes from one offset to another under the key of a kind, by its code, where they are surely canonical: a lone address under `cidr`
 * is an `ip`. Tells whether they are.
 */
export function readCanonical(
  code: number,
  bytes: Uint8Array,
  from: number,
  to: number,
  into: Canonical,
): boolean {
  into.code = code;
  into.prefix = 0;
  switch (code) {
    case DOMAIN:
      return isNameAt(bytes, from, to);
    case IP:
      return readNetwork4(bytes, from, to, into) && into.prefix === LONE;
    case CIDR:
      if (!readNetwork4(bytes, from, to, into)) return false;
      if (into.prefix === LONE) into.code = IP;
      return true;
    case LINK:
      return isUrl(bytes, from, to);
    case DIGEST:
      return isDigest(bytes, from, to);
    case EMAIL:
      return isEmail(bytes, from, to);
    default:
      return false;
  }
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
