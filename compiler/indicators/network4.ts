/** IPv4 addresses and networks as numbers: read from bytes, and written. */

const [DOT, SLASH, ZERO, NINE] = [0x2e, 0x2f, 0x30, 0x39];
/** The length of an address in bits. */
const BITS4 = 32;

/** An IPv4 address, or a network of them. */
export interface Network4 {
  /** The first address. */
  address: number;
  /** The length of the prefix, 32 of a lone address. */
  prefix: number;
}

/**
 * Where the IPv4 address ends that begins at an offset of bytes, or the network `a/len` from 1 to 31 without host
 * bits: before the first byte that it does not hold, or at the limit. What it is goes into `network`. -1 where none
 * is there.
 */
export function network4End(bytes: Uint8Array, from: number, limit: number, network: Network4): number {
  let number = 0;
  let octet = 0;
  let start = from;
  let dots = 0;
  let at = from;
  for (; at < limit; at++) {
    const byte = bytes[at] as number;
    if (byte === DOT) {
      if (at === start || dots === 3) return -1;
      number = (number << 8) | octet;
      octet = 0;
      start = at + 1;
      dots++;
    } else if (byte < ZERO || byte > NINE) break;
    else {
      if (octet === 0 && at > start) return -1;
      octet = octet * 10 + byte - ZERO;
      if (octet > 255) return -1;
    }
  }
  if (dots !== 3 || at === start) return -1;
  network.address = ((number << 8) | octet) >>> 0;
  network.prefix = BITS4;
  return at < limit && bytes[at] === SLASH ? prefixEnd(bytes, at + 1, limit, network) : at;
}

function prefixEnd(bytes: Uint8Array, from: number, limit: number, network: Network4): number {
  let prefix = 0;
  let at = from;
  for (; at < limit && at < from + 2; at++) {
    const byte = bytes[at] as number;
    if (byte < ZERO || byte > NINE) break;
    prefix = prefix * 10 + byte - ZERO;
  }
  network.prefix = prefix;
  const isNetwork =
    at > from && bytes[from] !== ZERO && prefix < BITS4 && (network.address & (0xffff_ffff >>> prefix)) === 0;
  return isNetwork ? at : -1;
}

/** By the length of the prefix, how many addresses a network holds. */
const SIZES = Float64Array.from({ length: BITS4 + 1 }, (_, prefix) => 2 ** (BITS4 - prefix));

/** The first address of the network around an address, by the length of the prefix. */
export function firstOf4(address: number, prefix: number): number {
  return address - (address % (SIZES[prefix] as number));
}

/** The last address of a network, by its first one. */
export function lastOf4(first: number, prefix: number): number {
  return first + (SIZES[prefix] as number) - 1;
}

/** Numbers from 0 to 255 as they are written, and with a dot behind: a million addresses are written of them. */
const OCTETS = Array.from({ length: 256 }, (_, octet) => String(octet));
const DOTTED = OCTETS.map((octet) => `${octet}.`);

/** An IPv4 address as four decimal numbers. */
export function formatIpv4(number: number): string {
  const front = (DOTTED[number >>> 24] as string) + (DOTTED[(number >>> 16) & 255] as string);
  return front + (DOTTED[(number >>> 8) & 255] as string) + (OCTETS[number & 255] as string);
}

/** An address or `a/len` as text. */
export function formatNetwork4(address: number, prefix: number): string {
  return prefix === BITS4 ? formatIpv4(address) : `${formatIpv4(address)}/${prefix}`;
}

/** Writes an address or `a/len` to bytes from an offset on. Returns the offset behind it. There must be room. */
export function writeNetwork4(address: number, prefix: number, to: Uint8Array, offset: number): number {
  let at = writeOctet(address >>> 24, to, offset);
  to[at] = DOT;
  at = writeOctet((address >>> 16) & 255, to, at + 1);
  to[at] = DOT;
  at = writeOctet((address >>> 8) & 255, to, at + 1);
  to[at] = DOT;
  at = writeOctet(address & 255, to, at + 1);
  if (prefix === BITS4) return at;
  to[at] = SLASH;
  return writeOctet(prefix, to, at + 1);
}

/** Writes a number up to 255. */
function writeOctet(octet: number, to: Uint8Array, offset: number): number {
  let at = offset;
  const tens = (octet / 10) | 0;
  const hundreds = (octet / 100) | 0;
  if (hundreds > 0) to[at++] = ZERO + hundreds;
  if (tens > 0) to[at++] = ZERO + tens - hundreds * 10;
  to[at++] = ZERO + octet - tens * 10;
  return at;
}
