/** Addresses and names that never belong to one party on the internet, by the registries of the IANA. */

import { type AddressRange, rangeOf } from './address.ts';

/** Why an address or a name is special. */
export interface SpecialUse {
  /** Such as "private network". */
  name: string;
  /** The document that reserves it. */
  source: string;
  /** The network or the name that is reserved. */
  entry: string;
  /** The addresses of the network. */
  range?: AddressRange;
}

/** Network, name and source; the more specific of two that overlap stands first. */
type Row = readonly [network: string, name: string, source: string];

/* IANA IPv4 Special-Purpose Address Registry, and RFC 5771 for multicast. */
const IPV4: readonly Row[] = [
  ['0.0.0.0/8', 'this network', 'RFC 791'],
  ['10.0.0.0/8', 'private network', 'RFC 1918'],
  ['100.64.0.0/10', 'carrier-grade NAT', 'RFC 6598'],
  ['127.0.0.0/8', 'loopback', 'RFC 1122'],
  ['169.254.0.0/16', 'link-local', 'RFC 3927'],
  ['172.16.0.0/12', 'private network', 'RFC 1918'],
  ['192.0.0.0/24', 'IETF protocol assignments', 'RFC 6890'],
  ['192.0.2.0/24', 'documentation', 'RFC 5737'],
  ['192.31.196.0/24', 'AS112 name service', 'RFC 7535'],
  ['192.52.193.0/24', 'automatic multicast tunneling', 'RFC 7450'],
  ['192.88.99.0/24', '6to4 relay', 'RFC 7526'],
  ['192.168.0.0/16', 'private network', 'RFC 1918'],
  ['192.175.48.0/24', 'AS112 name service', 'RFC 7534'],
  ['198.18.0.0/15', 'benchmarking', 'RFC 2544'],
  ['198.51.100.0/24', 'documentation', 'RFC 5737'],
  ['203.0.113.0/24', 'documentation', 'RFC 5737'],
  ['224.0.0.0/4', 'multicast', 'RFC 5771'],
  ['255.255.255.255', 'limited broadcast', 'RFC 8190'],
  ['240.0.0.0/4', 'reserved', 'RFC 1112'],
];

/* IANA IPv6 Special-Purpose Address Registry; RFC 4291 for the rest, of which only 2000::/3 is global unicast. */
const IPV6: readonly Row[] = [
  ['::1', 'loopback', 'RFC 4291'],
  ['::', 'unspecified', 'RFC 4291'],
  ['::ffff:0:0/96', 'IPv4-mapped', 'RFC 4291'],
  ['64:ff9b::/96', 'IPv4/IPv6 translation', 'RFC 6052'],
  ['64:ff9b:1::/48', 'IPv4/IPv6 translation', 'RFC 8215'],
  ['100::/64', 'discard-only', 'RFC 6666'],
  ['100:0:0:1::/64', 'dummy prefix', 'RFC 9780'],
  ['2001::/32', 'Teredo', 'RFC 4380'],
  ['2001:2::/48', 'benchmarking', 'RFC 5180'],
  ['2001:3::/32', 'automatic multicast tunneling', 'RFC 7450'],
  ['2001:4:112::/48', 'AS112 name service', 'RFC 7535'],
  ['2001:10::/28', 'ORCHID', 'RFC 4843'],
  ['2001:20::/28', 'ORCHIDv2', 'RFC 7343'],
  ['2001:30::/28', 'drone remote identification', 'RFC 9374'],
  ['2001::/23', 'IETF protocol assignments', 'RFC 2928'],
  ['2001:db8::/32', 'documentation', 'RFC 3849'],
  ['2002::/16', '6to4', 'RFC 3056'],
  ['2620:4f:8000::/48', 'AS112 name service', 'RFC 7534'],
  ['3fff::/20', 'documentation', 'RFC 9637'],
  ['5f00::/16', 'segment routing', 'RFC 9602'],
  ['fc00::/7', 'unique local', 'RFC 4193'],
  ['fe80::/10', 'link-local', 'RFC 4291'],
  ['fec0::/10', 'site-local', 'RFC 3879'],
  ['ff00::/8', 'multicast', 'RFC 4291'],
  ['::/3', 'reserved', 'RFC 4291'],
  ['4000::/2', 'reserved', 'RFC 4291'],
  ['8000::/1', 'reserved', 'RFC 4291'],
];

/* IANA Special-Use Domain Names, RFC 2606, and RFC 6762 appendix G for the private names in wide use. A name holds all below it. */
const NAMES: ReadonlyMap<string, SpecialUse> = new Map(
  (
    [
      ['example', 'documentation', 'RFC 6761'],
      ['example.com', 'documentation', 'RFC 6761'],
      ['example.net', 'documentation', 'RFC 6761'],
      ['example.org', 'documentation', 'RFC 6761'],
      ['test', 'testing', 'RFC 6761'],
      ['invalid', 'invalid names', 'RFC 6761'],
      ['localhost', 'loopback', 'RFC 6761'],
      ['local', 'multicast DNS', 'RFC 6762'],
      ['onion', 'Tor', 'RFC 7686'],
      ['alt', 'names outside the DNS', 'RFC 9476'],
      ['home.arpa', 'home network', 'RFC 8375'],
      ['arpa', 'infrastructure of the DNS', 'RFC 3172'],
      ['internal', 'private network', 'ICANN Board, 29 July 2024'],
      ['intranet', 'private network', 'RFC 6762'],
      ['private', 'private network', 'RFC 6762'],
      ['corp', 'private network', 'RFC 6762'],
      ['home', 'private network', 'RFC 6762'],
      ['lan', 'private network', 'RFC 6762'],
    ] as const
  ).map(([suffix, name, source]) => [suffix, { name, source, entry: suffix }]),
);

/** A network that is reserved. */
type ReservedNetwork = SpecialUse & { range: AddressRange };

/** By family, once it is asked for: reading them takes milliseconds. */
const networks: { 4?: readonly ReservedNetwork[]; 6?: readonly ReservedNetwork[] } = {};

function networksOf(family: 4 | 6): readonly ReservedNetwork[] {
  networks[family] ??= (family === 4 ? IPV4 : IPV6).map(([entry, name, source]) => ({
    name,
    source,
    entry,
    range: rangeOf(entry),
  }));
  return networks[family];
}

/** By the first number of IPv4 addresses, whether any is reserved: most of a feed need not be compared with each network. */
let reservedOctets: Uint8Array | undefined;

function isReservedOctet(octet: number): boolean {
  if (!reservedOctets) {
    reservedOctets = new Uint8Array(256);
    for (const { range } of networksOf(4))
      reservedOctets.fill(1, octetOf(range.first), octetOf(range.last) + 1);
  }
  return reservedOctets[octet] === 1;
}

function octetOf(address: bigint): number {
  return Number(address >> 24n);
}

/** All names that are reserved, with those below them. */
export const RESERVED_NAMES: readonly string[] = [...NAMES.keys()];

/** All networks that are reserved. */
export function reservedRanges(): AddressRange[] {
  return [...networksOf(4), ...networksOf(6)].map(({ range }) => range);
}

/** What makes addresses special: a reserved network that they are in, or that they overlap. */
export function specialAddresses({ family, first, last }: AddressRange): SpecialUse | undefined {
  if (family === 4 && octetOf(first) === octetOf(last) && !isReservedOctet(octetOf(first))) return undefined;
  return networksOf(family).find(({ range }) => first <= range.last && range.first <= last);
}

/** What makes a name special: it is reserved, or a name above it is. */
export function specialName(name: string): SpecialUse | undefined {
  const top = name.lastIndexOf('.');
  const second = name.lastIndexOf('.', top - 1);
  return NAMES.get(name.slice(second + 1)) ?? NAMES.get(name.slice(top + 1));
}
