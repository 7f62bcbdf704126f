/**
 * Stand-ins for what can't be made from its hash or fingerprint: nobody can write the file that has a listed SHA-256.
 * So a rule of the same shape is made for a file, TLS hello or certificate that we do have. Any two numbers give
 * stand-ins that differ in every hash and fingerprint; the same number always gives the same one.
 */

import { createHash } from 'node:crypto';
import { u8, u16, utf8, withLength } from './packets/bytes.ts';
import { type Ja4Transport, ja3, ja3s, ja4 } from './packets/fingerprints.ts';
import {
  alpn,
  type ClientHello,
  DTLS_1_2,
  EXTENDED_MASTER_SECRET,
  type Extension,
  numbers,
  POINT_FORMATS,
  QUIC_TRANSPORT_PARAMETERS,
  RENEGOTIATION_INFO,
  SESSION_TICKET,
  type ServerHello,
  SIGNATURE_ALGORITHMS,
  SUPPORTED_GROUPS,
  SUPPORTED_VERSIONS,
  serverName,
  TLS_1_2,
  TLS_1_3,
} from './packets/tls.ts';
import { certificate } from './packets/x509.ts';

/** How many stand-ins there are of each sort. */
export const STAND_INS = 2 ** 24;

/** A name that nobody can list: `.invalid` is never anybody's (RFC 6761, 6.4). */
const SERVER = 'stand-in.invalid';

/** The kinds of which nothing with a given value can be made. */
export type StandInKind = 'hash' | 'ja3' | 'ja3s' | 'ja4' | 'certificate';

/** The algorithms by the number of hexadecimal digits. */
const ALGORITHMS: ReadonlyMap<number, string> = new Map([
  [32, 'md5'],
  [40, 'sha1'],
  [64, 'sha256'],
  [128, 'sha512'],
]);

/** The content of a file. */
export function standInFile(n: number): Uint8Array {
  return utf8(`Refang: stand-in for a listed file, number ${checked(n)}.\n`);
}

/** An X.509 certificate in DER. */
export function standInCertificate(n: number): Uint8Array {
  return certificate(checked(n), SERVER);
}

/** What a client says over TCP: TLS 1.2, as the server answers it in clear text. */
export function standInHello(n: number): ClientHello {
  return helloTo(SERVER, marks(n));
}

/** What a client says in QUIC, which is always TLS 1.3. */
export function standInQuicHello(n: number): ClientHello {
  return quicHelloTo(SERVER, marks(n));
}

/** What a server answers. */
export function standInServerHello(n: number): ServerHello {
  return { ...SERVER_HELLO, extensions: [...SERVER_HELLO.extensions, ...marks(n)] };
}

/**
 * The canonical value of stand-in `n`, in the form of a value of the same kind: the algorithm of a hash by its length,
 * the transport of a JA4 by its first letter.
 */
export function standInValue(kind: StandInKind, like: string, n: number): string {
  switch (kind) {
    case 'hash':
      return digest(standInFile(n), like);
    case 'certificate':
      return digest(standInCertificate(n), like);
    case 'ja3':
      return ja3(standInHello(n));
    case 'ja3s':
      return ja3s(standInServerHello(n));
    case 'ja4':
      return standInJa4(like.charAt(0) as Ja4Transport, n);
  }
}

function standInJa4(transport: Ja4Transport, n: number): string {
  switch (transport) {
    case 't':
      return ja4(standInHello(n), transport);
    case 'q':
      return ja4(standInQuicHello(n), transport);
    case 'd':
      return ja4({ ...standInHello(n), version: DTLS_1_2 }, transport);
  }
}

/** A plain TLS 1.2 hello to a server of this name. */
export function helloTo(name: string, more: readonly Extension[] = []): ClientHello {
  return {
    version: TLS_1_2,
    ciphers: [0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0x009c, 0x002f],
    extensions: [
      serverName(name),
      { type: EXTENDED_MASTER_SECRET, data: new Uint8Array() },
      { type: RENEGOTIATION_INFO, data: withLength(1) },
      numbers(SUPPORTED_GROUPS, [0x001d, 0x0017, 0x0018]),
      { type: POINT_FORMATS, data: withLength(1, u8(0)) },
      { type: SESSION_TICKET, data: new Uint8Array() },
      alpn('h2', 'http/1.1'),
      numbers(SIGNATURE_ALGORITHMS, [0x0403, 0x0804, 0x0401, 0x0503]),
      ...more,
    ],
  };
}

/** A plain hello in QUIC to a server of this name. */
export function quicHelloTo(name: string, more: readonly Extension[] = []): ClientHello {
  return {
    version: TLS_1_2,
    ciphers: [0x1301, 0x1302, 0x1303],
    extensions: [
      serverName(name),
      numbers(SUPPORTED_GROUPS, [0x001d, 0x0017]),
      alpn('h3'),
      numbers(SIGNATURE_ALGORITHMS, [0x0403, 0x0804, 0x0401]),
      { type: SUPPORTED_VERSIONS, data: withLength(1, u16(TLS_1_3)) },
      { type: QUIC_TRANSPORT_PARAMETERS, data: new Uint8Array() },
      ...more,
    ],
  };
}

/** A plain answer to either. */
export const SERVER_HELLO: ServerHello = {
  version: TLS_1_2,
  cipher: 0xc02f,
  extensions: [{ type: RENEGOTIATION_INFO, data: withLength(1) }],
};

/**
 * Empty extensions that nobody defined, whose types spell the number. Their first bytes keep them apart from each
 * other, and from the values that fingerprints leave out (RFC 8701).
 */
function marks(n: number): Extension[] {
  const number = checked(n);
  return [0x5b00 | (number >> 16), 0x5c00 | ((number >> 8) & 0xff), 0x5d00 | (number & 0xff)].map((type) => ({
    type,
    data: new Uint8Array(),
  }));
}

function digest(bytes: Uint8Array, like: string): string {
  const algorithm = ALGORITHMS.get(like.length);
  if (!algorithm) throw new RangeError(`no hash has ${like.length} digits`);
  return createHash(algorithm).update(bytes).digest('hex');
}

function checked(n: number): number {
  if (!Number.isInteger(n) || n < 0 || n >= STAND_INS) throw new RangeError(`there is no stand-in ${n}`);
  return n;
}
