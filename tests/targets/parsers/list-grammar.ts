/** What the parsers of plain lists share: lines, addresses, names and URLs, each with what is wrong with it. */

import { isIP } from 'node:net';

/** What a list holds, and what its product would refuse: `line: what is wrong`. */
export interface ParsedList {
  entries: string[];
  problems: string[];
}

/** What is wrong with a text, or nothing. */
export type Check = (text: string) => string | undefined;

export interface ListRules {
  /** Judges one entry. */
  check: Check;
  /** The most entries. */
  most?: number;
  /** The most bytes of the file. */
  bytes?: number;
  /** The most characters of a line. */
  length?: number;
  /** Lines that begin with `#` are comments. */
  comments?: boolean;
  /** What follows the first blank is a comment. */
  trailing?: boolean;
  /** Entries that differ in the case of letters alone are the same. */
  caseless?: boolean;
}

/** Reads a list of one entry a line. */
export function parseList(text: string, rules: ListRules): ParsedList {
  const entries: string[] = [];
  const problems: string[] = [];
  if (text !== '' && !text.endsWith('\n')) problems.push('the last line has no end');
  if (Buffer.byteLength(text) > (rules.bytes ?? Number.POSITIVE_INFINITY))
    problems.push(`more than ${rules.bytes} bytes`);
  const seen = new Set<string>();
  for (const [at, line] of text.split('\n').slice(0, -1).entries()) {
    if (rules.comments && line.startsWith('#')) continue;
    const entry = rules.trailing ? (line.split(' ', 1)[0] as string) : line;
    const key = rules.caseless ? entry.toLowerCase() : entry;
    const wrong = wrongLine(line, rules.length) ?? rules.check(entry) ?? (seen.has(key) && 'a duplicate');
    if (wrong) problems.push(`${at + 1}: ${wrong}`);
    seen.add(key);
    entries.push(entry);
  }
  if (entries.length > (rules.most ?? Number.POSITIVE_INFINITY))
    problems.push(`more than ${rules.most} entries`);
  return { entries, problems };
}

function wrongLine(line: string, length = Number.POSITIVE_INFINITY): string | undefined {
  if (line === '') return 'a blank line';
  if (line.length > length) return `longer than ${length} characters`;
  if (/[^\x20-\x7e]/.test(line)) return 'not printable ASCII';
  return line !== line.trim() ? 'a blank at an end' : undefined;
}

/** Several checks, of which one must find nothing; what the last one finds otherwise. */
export function anyOf(...checks: Check[]): Check {
  return (text) => {
    let wrong: string | undefined;
    for (const check of checks) {
      wrong = check(text);
      if (wrong === undefined) return undefined;
    }
    return wrong;
  };
}

/** An address in canonical form. */
export const address: Check = (text) => {
  const family = isIP(text);
  if (family === 0) return 'not an address';
  return family === 6 && new URL(`http://[${text}]/`).hostname !== `[${text}]` ? 'not canonical' : undefined;
};

/** The number of an address. */
function numberOf(text: string): bigint {
  if (isIP(text) === 4) return text.split('.').reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const [head = '', tail] = text.split('::');
  const groups = (some: string) => (some === '' ? [] : some.split(':'));
  const [front, back] = [groups(head), groups(tail ?? '')];
  const all = [...front, ...Array(8 - front.length - back.length).fill('0'), ...back];
  return all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

/** `address/length` without host bits, and not everything. */
export const network: Check = (text) => {
  const [, base = '', length = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const wrong = address(base);
  if (wrong) return wrong === 'not an address' ? 'not a network' : wrong;
  const bits = isIP(base) === 4 ? 32 : 128;
  if (Number(length) > bits || length !== String(Number(length))) return 'no such prefix length';
  if (Number(length) === 0) return 'everything';
  return numberOf(base) % (1n << BigInt(bits - Number(length))) === 0n ? undefined : 'host bits are set';
};

/** `first-last` of one family, ascending. */
export const range: Check = (text) => {
  const [first = '', last = '', more] = text.split('-');
  if (more !== undefined || address(first) || address(last)) return 'not a range of addresses';
  if (isIP(first) !== isIP(last)) return 'a range of two families';
  return numberOf(first) < numberOf(last) ? undefined : 'a range that ends before it begins';
};

/** An address, network or range, with what is wrong in the way it is written. */
export const addresses: Check = (text) => {
  if (text.includes('/')) return network(text);
  return text.includes('-') ? range(text) : address(text);
};

/** The same of IPv4 alone. */
export const ipv4: Check = (text) => (text.includes(':') ? 'not IPv4' : addresses(text));

/** A name of at least two labels, in lower case. */
export const hostname: Check = (text) => {
  if (text.includes('://')) return 'a scheme';
  if (isIP(text) !== 0) return 'an address, not a name';
  if (/[A-Z]/.test(text)) return 'upper case';
  if (text.length > 253) return 'a name longer than 253 characters';
  const labels = text.split('.');
  if (labels.length < 2) return 'a single label';
  if (labels.some((label) => label === '')) return 'an empty label';
  if (labels.some((label) => label.length > 63)) return 'a label longer than 63 characters';
  if (!labels.every((label) => /^[a-z0-9_-]+$/.test(label))) return 'not a name';
  return /^[a-z]/.test(labels.at(-1) as string) ? undefined : 'a number in place of a top-level domain';
};

/** A name or an IPv4 address. */
export const host: Check = (text) => (isIP(text) === 4 ? undefined : hostname(text));

/** `host/path?query`, without a scheme, a port and a user. */
export const siteAddress: Check = (text) => {
  if (text.includes('://') && text.indexOf('://') < text.indexOf('/')) return 'a scheme';
  const slash = text.indexOf('/');
  if (slash < 0) return 'no path';
  return host(text.slice(0, slash)) ?? requestTarget(text.slice(slash));
};

/** Path and query of RFC 3986, and what browsers let pass beside it; no fragment. */
export const requestTarget: Check = (text) => {
  if (!text.startsWith('/')) return 'no path';
  return /^[\x21\x22\x24-\x7e]+$/.test(text) ? undefined : 'not a path and query';
};

/** A whole URL of `http` or `https`, in canonical spelling. */
export const webUrl: Check = (text) => {
  const [, authority, rest] = /^https?:\/\/([^/?#]+)(\/.*)$/.exec(text) ?? [];
  if (authority === undefined || rest === undefined) return 'not a URL of the web';
  const [, bracketed, name, port] = /^(?:\[([^\]]+)\]|([^:@]+))(?::(\d+))?$/.exec(authority) ?? [];
  if (port !== undefined && !(Number(port) >= 1 && Number(port) <= 65535)) return 'no such port';
  if (bracketed === undefined && name === undefined) return 'not a host and port';
  return (bracketed === undefined ? host(name as string) : address(bracketed)) ?? requestTarget(rest);
};

/** Digits of a hash by its algorithm. */
export const HASH_DIGITS: Readonly<Record<string, number>> = { md5: 32, sha1: 40, sha256: 64, sha512: 128 };

/** A hash of an algorithm, in lower case. */
export function hashOf(algorithm: string): Check {
  const digits = HASH_DIGITS[algorithm] as number;
  return (text) =>
    new RegExp(`^[0-9a-f]{${digits}}$`).test(text) ? undefined : `not a hash of ${algorithm}`;
}

/** `local@domain`, in lower case. */
export const email: Check = (text) => {
  const at = text.lastIndexOf('@');
  if (at < 1 || /[\sA-Z]/.test(text.slice(0, at))) return 'not an email address';
  return hostname(text.slice(at + 1));
};
