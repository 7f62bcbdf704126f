/** IPv4 (RFC 791) and IPv6 (RFC 8200) packets in Ethernet frames, and the checksum they and their transports use. */

import { readIpv4, readIpv6 } from '../../indicators/address.ts';
import { concat, u8, u16, u32 } from './bytes.ts';

/** An IP address. */
export interface Address {
  family: 4 | 6;
  /** Four or sixteen bytes. */
  bytes: Uint8Array;
}

/** One end of a flow. */
export interface Endpoint {
  address: Address;
  port: number;
}

/** Both ends must be of the same family. */
export interface Flow {
  client: Endpoint;
  server: Endpoint;
}

/** The IANA numbers of the transports. */
export const TCP = 6;
export const UDP = 17;

const TIME_TO_LIVE = 64;
const DONT_FRAGMENT = 0x4000;
const ETHERTYPES = { 4: 0x0800, 6: 0x86dd } as const;
/** Two addresses of the range for private use (RFC 9542, 2.1). Who sends does not matter to anybody. */
const HARDWARE_ADDRESSES = u8(2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1);

/** Reads an address in the usual notation, without brackets; undefined for any other text. */
export function readAddress(text: string): Address | undefined {
  const four = readIpv4(text);
  if (four !== undefined) return { family: 4, bytes: u32(four) };
  const six = readIpv6(text);
  if (six === undefined) return undefined;
  const groups = Array.from({ length: 8 }, (_, group) => Number((six >> BigInt(112 - 16 * group)) & 0xffffn));
  return { family: 6, bytes: u16(...groups) };
}

/** An Ethernet frame (without its check sequence, which captures leave out) with one packet. */
export function ipFrame(from: Address, to: Address, protocol: number, payload: Uint8Array): Uint8Array {
  const header = from.family === 4 ? ipv4Header : ipv6Header;
  return concat(
    HARDWARE_ADDRESSES,
    u16(ETHERTYPES[from.family]),
    header(from, to, protocol, payload.length),
    payload,
  );
}

function ipv4Header(from: Address, to: Address, protocol: number, length: number): Uint8Array {
  const header = concat(
    u8(0x45, 0),
    u16(20 + length, 0, DONT_FRAGMENT),
    u8(TIME_TO_LIVE, protocol),
    u16(0),
    from.bytes,
    to.bytes,
  );
  header.set(u16(checksum(header)), 10);
  return header;
}

function ipv6Header(from: Address, to: Address, protocol: number, length: number): Uint8Array {
  return concat(u32(0x60000000), u16(length), u8(protocol, TIME_TO_LIVE), from.bytes, to.bytes);
}

/** The checksum of TCP or UDP over the pseudo-header (RFC 9293, 3.1; RFC 8200, 8.1) and the segment. */
export function transportChecksum(from: Address, to: Address, protocol: number, segment: Uint8Array): number {
  // The pseudo-headers of both versions of IP have the same sum.
  return checksum(concat(from.bytes, to.bytes, u32(segment.length), u32(protocol), segment));
}

/** The Internet checksum (RFC 1071). */
export function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) {
    sum += ((bytes[at] as number) << 8) | (bytes[at + 1] ?? 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}
