/** Addresses as other programs count them. */

import { readIpv4 } from '../../indicators/address.ts';
import { type Helper, textArgument } from './helper.ts';

const OCTETS = 4;

/** An IPv4 address as a number. Throws `RangeError` for other text. */
function ipv4(value: unknown): number {
  const text = textArgument(value);
  const number = readIpv4(text);
  if (number === undefined) throw new RangeError(`\`${text}\` is not an IPv4 address`);
  return number;
}

/** The first octets of an address, with a final dot where they are not all. */
function prefix(address: number, octets: number): string {
  const all = [address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255];
  return octets === OCTETS ? all.join('.') : `${all.slice(0, octets).join('.')}.`;
}

/** The fewest prefixes of whole octets that are the interval together; of 0.0.0.0/0 that is 256. */
function octetPrefixes(first: number, last: number): string[] {
  const prefixes: string[] = [];
  for (let at = first; at <= last; ) {
    let octets = OCTETS;
    while (octets > 1 && fits(at, octets - 1, last)) octets--;
    prefixes.push(prefix(at, octets));
    at += size(octets);
  }
  return prefixes;
}

/** Whether the block of all addresses with these first octets begins here and ends inside. */
function fits(at: number, octets: number, last: number): boolean {
  return at % size(octets) === 0 && at + size(octets) - 1 <= last;
}

function size(octets: number): number {
  return 256 ** (OCTETS - octets);
}

export const ADDRESSES: Readonly<Record<string, Helper>> = {
  octet_prefixes: {
    about:
      'The fewest beginnings of whole octets that are the IPv4 addresses from one to another: `198.51.100.0`, `198.51.101.1` → `198.51.100.`, `198.51.101.0`, `198.51.101.1`.',
    params: [2, 2],
    run: (first, last) => octetPrefixes(ipv4(first), ipv4(last)),
  },
};
