/** Fingerprints of TLS hellos: JA3 and JA3S (Salesforce, 2017) and JA4 (FoxIO's technical details of JA4). */

import { createHash } from 'node:crypto';
import {
  ALPN,
  type ClientHello,
  DTLS_1_2,
  POINT_FORMATS,
  SERVER_NAME,
  type ServerHello,
  SIGNATURE_ALGORITHMS,
  SUPPORTED_GROUPS,
  SUPPORTED_VERSIONS,
} from './tls.ts';

/** How JA4 writes the transport: TLS over TCP, QUIC, DTLS. */
export type Ja4Transport = 't' | 'q' | 'd';

/** JA4's words for versions. */
const VERSIONS: ReadonlyMap<number, string> = new Map([
  [0x0301, '10'],
  [0x0302, '11'],
  [0x0303, '12'],
  [0x0304, '13'],
  [DTLS_1_2, 'd2'],
]);

/** MD5 of version, ciphers, extensions, groups and point formats, in the order of the hello. */
export function ja3(hello: ClientHello): string {
  const lists = [
    hello.ciphers,
    hello.extensions.map(({ type }) => type),
    list16(hello, SUPPORTED_GROUPS),
    [...(find(hello, POINT_FORMATS)?.subarray(1) ?? [])],
  ];
  return md5([hello.version, ...lists.map((list) => withoutGrease(list).join('-'))].join(','));
}

/** MD5 of version, cipher and extensions, in the order of the server's hello. */
export function ja3s({ version, cipher, extensions }: ServerHello): string {
  return md5([version, cipher, extensions.map(({ type }) => type).join('-')].join(','));
}

/** Counts and sorted lists, so that a client that shuffles its extensions keeps its fingerprint. */
export function ja4(hello: ClientHello, transport: Ja4Transport): string {
  const ciphers = withoutGrease(hello.ciphers);
  const extensions = withoutGrease(hello.extensions.map(({ type }) => type));
  const hashed = extensions.filter((type) => type !== SERVER_NAME && type !== ALPN);
  const algorithms = list16(hello, SIGNATURE_ALGORITHMS).map(hex4);
  const a = [
    transport,
    ja4Version(hello),
    extensions.includes(SERVER_NAME) ? 'd' : 'i',
    twoDigits(ciphers.length),
    twoDigits(extensions.length),
    ja4Alpn(hello),
  ].join('');
  const c = [sorted(hashed), ...(algorithms.length > 0 ? [algorithms.join(',')] : [])].join('_');
  return `${a}_${hash12(sorted(ciphers))}_${hash12(c)}`;
}

/** The highest version offered. */
function ja4Version(hello: ClientHello): string {
  const data = find(hello, SUPPORTED_VERSIONS);
  const offered = data ? pairs(data.subarray(1)) : [hello.version];
  return VERSIONS.get(Math.max(...withoutGrease(offered))) ?? '00';
}

/** First and last character of the first protocol offered, which here are always letters and digits. */
function ja4Alpn(hello: ClientHello): string {
  const data = find(hello, ALPN);
  if (!data) return '00';
  const first = data.subarray(3, 3 + (data[2] as number));
  return String.fromCharCode(first[0] as number, first.at(-1) as number);
}

function find(hello: ClientHello, wanted: number): Uint8Array | undefined {
  return hello.extensions.find(({ type }) => type === wanted)?.data;
}

/** The numbers of an extension that is a list of 16-bit numbers; empty without it. */
function list16(hello: ClientHello, wanted: number): number[] {
  return pairs(find(hello, wanted)?.subarray(2) ?? new Uint8Array());
}

function pairs(bytes: Uint8Array): number[] {
  return Array.from(
    { length: bytes.length >> 1 },
    (_, index) => ((bytes[2 * index] as number) << 8) | (bytes[2 * index + 1] as number),
  );
}

/** Without the values that clients send to keep servers tolerant (RFC 8701): 0x0a0a, 0x1a1a, … */
function withoutGrease(list: readonly number[]): number[] {
  return list.filter((number) => (number & 0x0f0f) !== 0x0a0a || number >> 8 !== (number & 0xff));
}

function sorted(list: readonly number[]): string {
  return list.map(hex4).sort().join(',');
}

function hex4(number: number): string {
  return number.toString(16).padStart(4, '0');
}

function twoDigits(count: number): string {
  return String(Math.min(count, 99)).padStart(2, '0');
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function hash12(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
