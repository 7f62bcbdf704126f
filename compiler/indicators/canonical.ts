/** Values that are canonical as they are written: nearly all of a feed. They need none of the care that defanged ones do. */

import { readIpv4 } from './address.ts';
import { isCanonicalName } from './hostname.ts';
import type { Kind } from './kind.ts';

const HEX = /^[0-9a-f]+$/;
const NETWORK = /^([\d.]+)\/([1-9]|[12]\d|3[01])$/;
const LOCAL = /^[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*$/;
const MAX_LOCAL = 64;
const MAX_EMAIL = 254;
/** A scheme, a host without a port, and a request of characters that neither defanging nor encoding touches. */
const URL_PARTS = /^https?:\/\/([a-z0-9._-]+)\/[\w/?&=.~%+,;@!$-]*$/;
/** What a defanged scheme has: `hxxp`, `fxp`. */
const DEFANGED_SCHEME = /xp/i;

/**
 * Whether a text is surely a canonical value of a kind: its `parse` gives the text itself, without notes. Others may be
 * canonical as well; `parse` tells.
 */
export function isCanonical(kind: Kind, text: string): boolean {
  switch (kind) {
    case 'domain':
      return isCanonicalName(text);
    case 'ip':
      return readIpv4(text) !== undefined;
    case 'cidr':
      return isNetwork(text);
    case 'url':
      return isUrl(text);
    case 'hash':
      return isDigest(text);
    case 'email':
      return isEmail(text);
    default:
      return false;
  }
}

function isNetwork(text: string): boolean {
  const [, base = '', length] = NETWORK.exec(text) ?? [];
  const address = readIpv4(base);
  return address !== undefined && (address & (0xffff_ffff >>> Number(length))) === 0;
}

function isUrl(text: string): boolean {
  const host = URL_PARTS.exec(text)?.[1];
  return host !== undefined && isCanonicalName(host) && !DEFANGED_SCHEME.test(text);
}

function isDigest(text: string): boolean {
  const { length } = text;
  return (length === 32 || length === 40 || length === 64 || length === 128) && HEX.test(text);
}

function isEmail(text: string): boolean {
  const at = text.indexOf('@');
  if (at < 1 || at > MAX_LOCAL || text.length > MAX_EMAIL) return false;
  return LOCAL.test(text.slice(0, at)) && isCanonicalName(text.slice(at + 1));
}
