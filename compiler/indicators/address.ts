/** IP addresses, networks and ranges as numbers: reading, writing, covering and merging. No diagnostics here. */

import { AsciiBuffer } from './ascii.ts';
import { firstOf4, formatIpv4, lastOf4, type Network4, network4End } from './network4.ts';

/** An interval of addresses, both ends included. */
export interface AddressRange {
  family: 4 | 6;
  first: bigint;
  last: bigint;
}

/** The length of an address in bits. */
export const BITS = { 4: 32, 6: 128 } as const;

const LONGEST_IPV4 = '255.255.255.255'.length;
/** ::ffff:0:0/96, the IPv4-mapped addresses (RFC 4291, 2.5.5.2). */
const MAPPED_FIRST = 0xffff_0000_0000n;
const MAPPED_LAST = 0xffff_ffff_ffffn;

const buffer = new AsciiBuffer();
const network: Network4 = { address: 0, prefix: 0 };

/** The number of an IPv4 address written as four decimal numbers without leading zeros, else undefined. */
export function readIpv4(text: string): number | undefined {
  if (text.length > LONGEST_IPV4 || !buffer.take(text)) return undefined;
  const end = network4End(buffer.bytes, 0, buffer.length, network);
  return end === buffer.length && network.prefix === BITS[4] ? network.address : undefined;
}

/** The number of an IPv6 address (RFC 4291, 2.2; no zone, no brackets), else undefined. */
export function readIpv6(text: string): bigint | undefined {
  const halves = hexTail(text)?.split('::');
  if (halves === undefined || halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  let number = 0n;
  for (const group of [...head, ...Array<string>(missing).fill('0'), ...tail]) {
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
    number = (number << 16n) | BigInt(Number.parseInt(group, 16));
  }
  return number;
}

/** The text with an IPv4 tail (`::ffff:192.0.2.1`) rewritten as two groups. */
function hexTail(text: string): string | undefined {
  if (!text.includes(':')) return undefined;
  if (!text.includes('.')) return text;
  const split = text.lastIndexOf(':') + 1;
  const tail = readIpv4(text.slice(split));
  if (tail === undefined) return undefined;
  return `${text.slice(0, split)}${Math.floor(tail / 0x10000).toString(16)}:${(tail % 0x10000).toString(16)}`;
}

/** An IPv6 address by RFC 5952: lower case, the longest run of zero groups as `::`, the first of equally long ones. */
export function formatIpv6(number: bigint): string {
  const groups: number[] = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) groups.push(Number((number >> shift) & 0xffffn));
  const { start, length } = longestZeroRun(groups);
  const hex = (part: number[]): string => part.map((group) => group.toString(16)).join(':');
  if (length < 2) return hex(groups);
  return `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let length = 0;
  groups.forEach((group, index) => {
    length = group === 0 ? length + 1 : 0;
    if (length > best.length) best = { start: index - length + 1, length };
  });
  return best;
}

/** An address in canonical form. */
export function formatAddress(family: 4 | 6, number: bigint): string {
  return family === 4 ? formatIpv4(Number(number)) : formatIpv6(number);
}

/** A range of IPv4-mapped IPv6 addresses as the IPv4 addresses it stands for; any other range as it is. */
export function unmapped(range: AddressRange): AddressRange {
  if (range.family === 4 || range.first < MAPPED_FIRST || range.last > MAPPED_LAST) return range;
  return { family: 4, first: range.first - MAPPED_FIRST, last: range.last - MAPPED_FIRST };
}

/** The network of a prefix length around an address; host bits are masked. */
export function networkOf(family: 4 | 6, address: bigint, prefix: number): AddressRange {
  const hostBits = BigInt(BITS[family] - prefix);
  const first = (address >> hostBits) << hostBits;
  return { family, first, last: first + (1n << hostBits) - 1n };
}

/** The range of a canonical value of kind `ip` or `cidr`: an address, `a/len` or `a-b`. Throws RangeError for any other text. */
export function rangeOf(value: string): AddressRange {
  const dash = value.indexOf('-');
  if (dash >= 0) {
    const from = addressOf(value.slice(0, dash));
    return { ...from, last: addressOf(value.slice(dash + 1)).first };
  }
  const slash = value.indexOf('/');
  if (slash < 0) return addressOf(value);
  const { family, first } = addressOf(value.slice(0, slash));
  return networkOf(family, first, Number(value.slice(slash + 1)));
}

/** IPv4 addresses as numbers, the first and the last. */
export interface Range4 {
  first: number;
  last: number;
}

/** The same of IPv4 as numbers; undefined for any other text. */
export function range4Of(value: string): Range4 | undefined {
  const dash = value.indexOf('-');
  const slash = value.indexOf('/');
  const end = dash >= 0 ? dash : slash;
  const first = readIpv4(end < 0 ? value : value.slice(0, end));
  if (first === undefined || end < 0) return first === undefined ? undefined : { first, last: first };
  if (dash >= 0) {
    const last = readIpv4(value.slice(dash + 1));
    return last === undefined ? undefined : { first, last };
  }
  const prefix = Number(value.slice(slash + 1));
  const base = firstOf4(first, prefix);
  return { first: base, last: lastOf4(base, prefix) };
}

function addressOf(text: string): AddressRange {
  const four = readIpv4(text);
  if (four !== undefined) return { family: 4, first: BigInt(four), last: BigInt(four) };
  const six = readIpv6(text);
  if (six === undefined) throw new RangeError(`not an address: ${text}`);
  return { family: 6, first: six, last: six };
}

/** The prefix length of a range that is exactly one network, else undefined. */
export function prefixOf(range: AddressRange): number | undefined {
  const size = range.last - range.first + 1n;
  if ((size & (size - 1n)) !== 0n || range.first % size !== 0n) return undefined;
  return BITS[range.family] - (size.toString(2).length - 1);
}

/** The canonical value of a range: an address, else `a/len` where it is exactly one network, else `a-b`. */
export function formatRange(range: AddressRange): string {
  if (range.family === 4) return formatRange4(Number(range.first), Number(range.last));
  const first = formatAddress(range.family, range.first);
  if (range.first === range.last) return first;
  const prefix = prefixOf(range);
  return prefix === undefined ? `${first}-${formatAddress(range.family, range.last)}` : `${first}/${prefix}`;
}

/** The same of IPv4 addresses as numbers: a million of them take a while as bigints. */
export function formatRange4(first: number, last: number): string {
  if (first === last) return formatIpv4(first);
  const size = last - first + 1;
  const network = Number.isInteger(Math.log2(size)) && first % size === 0;
  return network
    ? `${formatIpv4(first)}/${BITS[4] - Math.log2(size)}`
    : `${formatIpv4(first)}-${formatIpv4(last)}`;
}

/** The fewest networks that cover a range exactly, in order, all as `a/len`. */
export function cidrsOf(range: AddressRange): string[] {
  const cidrs: string[] = [];
  if (range.family === 4) {
    eachNetwork4(Number(range.first), Number(range.last), (first, prefix) => {
      cidrs.push(`${formatIpv4(first)}/${prefix}`);
    });
    return cidrs;
  }
  const bits = BITS[range.family];
  let first = range.first;
  while (first <= range.last) {
    const aligned = first === 0n ? bits : trailingZeros(first);
    const fitting = (range.last - first + 1n).toString(2).length - 1;
    const hostBits = Math.min(aligned, fitting);
    cidrs.push(`${formatAddress(range.family, first)}/${bits - hostBits}`);
    first += 1n << BigInt(hostBits);
  }
  return cidrs;
}

/** Tells the fewest networks that cover IPv4 addresses exactly, in order: the first address of each and its prefix length. */
export function eachNetwork4(
  first: number,
  last: number,
  tell: (first: number, prefix: number) => void,
): void {
  for (let at = first; at <= last; ) {
    const size = last - at + 1;
    const aligned = at === 0 ? BITS[4] : Math.clz32(1) - Math.clz32(at & -at);
    const fitting = size > 0xffff_ffff ? BITS[4] : Math.clz32(1) - Math.clz32(size);
    const hostBits = Math.min(aligned, fitting);
    tell(at, BITS[4] - hostBits);
    at += 2 ** hostBits;
  }
}

function trailingZeros(number: bigint): number {
  return (number & -number).toString(2).length - 1;
}

/** The ranges as few as possible: overlapping and adjacent ones become one. IPv4 first, each family in order. */
export function mergeRanges(ranges: Iterable<AddressRange>): AddressRange[] {
  const starts4: number[] = [];
  const ends4: number[] = [];
  const starts6: bigint[] = [];
  const ends6: bigint[] = [];
  for (const { family, first, last } of ranges) {
    if (family === 4) {
      starts4.push(Number(first));
      ends4.push(Number(last) + 1);
    } else {
      starts6.push(first);
      ends6.push(last + 1n);
    }
  }
  // Typed arrays of doubles, which hold IPv4 exactly, sort many times faster than bigints.
  const four = sweep(Float64Array.from(starts4).sort(), Float64Array.from(ends4).sort());
  const six = sweep(starts6.sort(ascending), ends6.sort(ascending));
  return [
    ...four.map(
      ([first, end]): AddressRange => ({ family: 4, first: BigInt(first), last: BigInt(end) - 1n }),
    ),
    ...six.map(([first, end]): AddressRange => ({ family: 6, first, last: end - 1n })),
  ];
}

const ascending = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Walks over all starts and all ends (each the address after a range), both sorted, counting the ranges that are open.
 * A start at an end goes first, so adjacent ranges never close the merged one.
 */
function sweep<T extends number | bigint>(starts: ArrayLike<T>, ends: ArrayLike<T>): [T, T][] {
  const merged: [T, T][] = [];
  let opened = 0;
  let from = starts[0] as T;
  for (let closed = 0; closed < ends.length; closed++) {
    const end = ends[closed] as T;
    while (opened < starts.length && (starts[opened] as T) <= end) opened++;
    if (opened > closed + 1) continue;
    merged.push([from, end]);
    from = starts[opened] as T;
  }
  return merged;
}
