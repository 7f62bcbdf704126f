/**
 * What a TLS handshake shows in clear text: the hellos of both sides and, in TLS 1.2, the certificate (RFC 5246, 7.4;
 * RFC 8446, 4.1). Nothing is agreed on: there are no keys behind these messages.
 */

import { concat, u8, u16, u24, utf8, withLength } from './bytes.ts';
import type { Message } from './message.ts';

/** Extensions by their IANA numbers. */
export const SERVER_NAME = 0;
export const SUPPORTED_GROUPS = 10;
export const POINT_FORMATS = 11;
export const SIGNATURE_ALGORITHMS = 13;
export const ALPN = 16;
export const EXTENDED_MASTER_SECRET = 23;
export const SESSION_TICKET = 35;
export const SUPPORTED_VERSIONS = 43;
export const QUIC_TRANSPORT_PARAMETERS = 57;
export const RENEGOTIATION_INFO = 0xff01;

/** Versions as they stand in records and hellos. */
const TLS_1_0 = 0x0301;
export const TLS_1_2 = 0x0303;
export const TLS_1_3 = 0x0304;
export const DTLS_1_2 = 0xfefd;

/** An extension by its IANA number. */
export interface Extension {
  type: number;
  data: Uint8Array;
}

/** What a client offers. */
export interface ClientHello {
  /** The `legacy_version`. */
  version: number;
  ciphers: readonly number[];
  extensions: readonly Extension[];
}

/** What a server chooses. */
export interface ServerHello {
  version: number;
  cipher: number;
  extensions: readonly Extension[];
}

const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
const SERVER_HELLO = 2;
const CERTIFICATE = 11;
const SERVER_HELLO_DONE = 14;
const RANDOM = Uint8Array.from({ length: 32 }, (_, index) => index * 7);

/** The extension with the name of the server (RFC 6066, 3). */
export function serverName(name: string): Extension {
  return { type: SERVER_NAME, data: withLength(2, u8(0), withLength(2, utf8(name))) };
}

/** The extension with the protocols offered inside (RFC 7301). */
export function alpn(...protocols: readonly string[]): Extension {
  const names = protocols.map((protocol) => withLength(1, utf8(protocol)));
  return { type: ALPN, data: withLength(2, ...names) };
}

/** An extension that is a list of 16-bit numbers, such as the groups or the signature algorithms. */
export function numbers(type: number, list: readonly number[]): Extension {
  return { type, data: withLength(2, u16(...list)) };
}

/** A client's first handshake message, without a record around it, as QUIC carries it. */
export function encodeClientHello(hello: ClientHello): Uint8Array {
  return handshake(
    CLIENT_HELLO,
    u16(hello.version),
    RANDOM,
    withLength(1),
    withLength(2, u16(...hello.ciphers)),
    withLength(1, u8(0)),
    encodeExtensions(hello.extensions),
  );
}

/** A handshake up to where TLS 1.2 goes on encrypted: hello, and the server's hello, certificate and end of hello. */
export function tlsHandshake(hello: ClientHello, answer: ServerHello, certificate: Uint8Array): Message[] {
  const serverHello = handshake(
    SERVER_HELLO,
    u16(answer.version),
    RANDOM,
    withLength(1),
    u16(answer.cipher),
    u8(0),
    encodeExtensions(answer.extensions),
  );
  const certificates = handshake(CERTIFICATE, withLength(3, withLength(3, certificate)));
  const done = handshake(SERVER_HELLO_DONE);
  return [
    { from: 'client', data: record(TLS_1_0, encodeClientHello(hello)) },
    {
      from: 'server',
      data: concat(...[serverHello, certificates, done].map((message) => record(TLS_1_2, message))),
    },
  ];
}

function encodeExtensions(extensions: readonly Extension[]): Uint8Array {
  return withLength(2, ...extensions.map(({ type, data }) => concat(u16(type), withLength(2, data))));
}

function handshake(type: number, ...body: readonly Uint8Array[]): Uint8Array {
  const whole = concat(...body);
  return concat(u8(type), u24(whole.length), whole);
}

/** RFC 5246, 6.2.1. */
function record(version: number, content: Uint8Array): Uint8Array {
  return concat(u8(HANDSHAKE), u16(version), withLength(2, content));
}
