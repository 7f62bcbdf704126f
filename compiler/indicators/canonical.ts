/** Values that are canonical as they are written: nearly all of a feed. They need none of the care that defanged ones do. */

import { AsciiBuffer, asciiTable } from './ascii.ts';
import { nameEnd } from './hostname.ts';
import { type Kind, kindCode } from './kind.ts';
import { type Network4, network4End } from './network4.ts';

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
  if (!buffer.take(text)) return false;
  const { bytes, length } = buffer;
  return canonicalEnd(code, bytes, 0, length, canonical) === length && canonical.code === code;
}

/**
 * Where the value ends that begins at an offset of bytes, read under the key of a kind, by its code, if it is surely
 * canonical: before the first byte that it cannot hold, or at the limit. What it is goes into `into`: a lone address
 * under `cidr` is an `ip`. Else -1.
 */
export function canonicalEnd(
  code: number,
  bytes: Uint8Array,
  from: number,
  limit: number,
  into: Canonical,
): number {
  into.code = code;
  into.prefix = 0;
  switch (code) {
    case DOMAIN:
      return nameEnd(bytes, from, limit);
    case IP:
    case CIDR:
      return addressEnd(bytes, from, limit, into);
    case LINK:
      return urlEnd(bytes, from, limit);
    case DIGEST:
      return digestEnd(bytes, from, limit);
    case EMAIL:
      return emailEnd(bytes, from, limit);
    default:
      return -1;
  }
}

function addressEnd(bytes: Uint8Array, from: number, limit: number, into: Canonical): number {
  const end = network4End(bytes, from, limit, into);
  if (into.prefix === LONE) into.code = IP;
  else if (into.code === IP) return -1;
  return end;
}

/** A scheme, a host without a port, and a request. A defanged scheme is `hxxp` or `fxp`: no URL with `xp` is taken. */
function urlEnd(bytes: Uint8Array, from: number, limit: number): number {
  const scheme = SCHEMES.find((one) => beginsWith(bytes, from, limit, one));
  if (!scheme) return -1;
  const start = from + scheme.length;
  const slash = nameEnd(bytes, start, limit);
  if (slash < 0 || slash === limit || bytes[slash] !== SLASH) return -1;
  let before = 0;
  let at = start;
  for (; at < limit && REQUEST[bytes[at] as number] === 1; at++) {
    const byte = bytes[at] as number;
    if ((byte | LOWER) === LOWER_P && (before | LOWER) === LOWER_X) return -1;
    before = byte;
  }
  return at;
}

function beginsWith(bytes: Uint8Array, from: number, limit: number, beginning: Uint8Array): boolean {
  if (limit - from < beginning.length) return false;
  for (let at = 0; at < beginning.length; at++) if (bytes[from + at] !== beginning[at]) return false;
  return true;
}

function digestEnd(bytes: Uint8Array, from: number, limit: number): number {
  let at = from;
  while (at < limit && HEX[bytes[at] as number] === 1) at++;
  const digits = at - from;
  return digits === 32 || digits === 40 || digits === 64 || digits === 128 ? at : -1;
}

/** Words with single dots between them, `@` and a name. */
function emailEnd(bytes: Uint8Array, from: number, limit: number): number {
  let word = from;
  let at = from;
  for (; at < limit && bytes[at] !== AT; at++) {
    const byte = bytes[at] as number;
    if (byte === DOT && at > word) word = at + 1;
    else if (LOCAL[byte] !== 1) return -1;
  }
  if (at === word || at - from > MAX_LOCAL) return -1;
  const end = nameEnd(bytes, at + 1, limit);
  return end - from <= MAX_EMAIL ? end : -1;
}
