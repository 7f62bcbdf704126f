/** The first datagram of a QUIC version 1 connection (RFC 9000, 17.2.2), protected as RFC 9001, 5 says. */

import { createCipheriv, createHmac } from 'node:crypto';
import { concat, u8, u16, u32, utf8, withLength } from './bytes.ts';

const VERSION_1 = 1;
const INITIAL_SALT = Buffer.from('38762cf7f55934b34d179ae6a4c80cadccbb7f0a', 'hex');
/** RFC 9000, 14.1: a client's first datagram is at least this long. */
const MIN_DATAGRAM = 1200;
const PACKET_NUMBER_LENGTH = 4;
const TAG_LENGTH = 16;
const CRYPTO_FRAME = 6;

/** What protects Initial packets. */
export interface InitialKeys {
  key: Uint8Array;
  iv: Uint8Array;
  headerProtection: Uint8Array;
}

/** The client's keys, which anybody can derive from the connection id it chose (RFC 9001, 5.2). */
export function clientInitialKeys(connectionId: Uint8Array): InitialKeys {
  const initial = hmac(INITIAL_SALT, connectionId);
  const client = expandLabel(initial, 'client in', 32);
  return {
    key: expandLabel(client, 'quic key', 16),
    iv: expandLabel(client, 'quic iv', 12),
    headerProtection: expandLabel(client, 'quic hp', 16),
  };
}

/** A client's Initial packet with a TLS ClientHello (without a record), padded to 1,200 bytes. */
export function quicInitial(hello: Uint8Array, connectionId: Uint8Array, packetNumber: number): Uint8Array {
  const frame = concat(u8(CRYPTO_FRAME), varint(0), varint(hello.length), hello);
  // First byte to token length: long header, Initial, a packet number of four bytes; no source id, no token.
  const start = concat(
    u8(0xc0 | (PACKET_NUMBER_LENGTH - 1)),
    u32(VERSION_1),
    withLength(1, connectionId),
    u8(0, 0),
  );
  const around = start.length + 2 + PACKET_NUMBER_LENGTH + TAG_LENGTH;
  const payload = concat(frame, new Uint8Array(Math.max(0, MIN_DATAGRAM - around - frame.length)));
  const length = varint(PACKET_NUMBER_LENGTH + payload.length + TAG_LENGTH);
  const header = concat(start, length, u32(packetNumber));
  return protect(header, payload, packetNumber, clientInitialKeys(connectionId));
}

/** Encrypts the payload and masks the header (RFC 9001, 5.3 and 5.4). */
function protect(
  header: Uint8Array,
  payload: Uint8Array,
  packetNumber: number,
  keys: InitialKeys,
): Uint8Array {
  const nonce = Uint8Array.from(keys.iv);
  u32(packetNumber).forEach((byte, index) => {
    nonce[8 + index] = (nonce[8 + index] as number) ^ byte;
  });
  const cipher = createCipheriv('aes-128-gcm', keys.key, nonce);
  cipher.setAAD(header);
  const sealed = concat(cipher.update(payload), cipher.final(), cipher.getAuthTag());
  const mask = createCipheriv('aes-128-ecb', keys.headerProtection, null).update(
    sealed.subarray(4 - PACKET_NUMBER_LENGTH, 20 - PACKET_NUMBER_LENGTH),
  );
  const packet = concat(header, sealed);
  const numberAt = header.length - PACKET_NUMBER_LENGTH;
  packet[0] = (packet[0] as number) ^ ((mask[0] as number) & 0x0f);
  for (let index = 0; index < PACKET_NUMBER_LENGTH; index++) {
    packet[numberAt + index] = (packet[numberAt + index] as number) ^ (mask[1 + index] as number);
  }
  return packet;
}

/** HKDF-Expand-Label (RFC 8446, 7.1) for up to 32 bytes: one round of HKDF-Expand (RFC 5869, 2.3). */
function expandLabel(secret: Uint8Array, label: string, length: number): Uint8Array {
  const info = concat(u16(length), withLength(1, utf8(`tls13 ${label}`)), withLength(1));
  return hmac(secret, concat(info, u8(1))).subarray(0, length);
}

function hmac(key: Uint8Array, data: Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(data).digest();
}

/** A variable-length integer (RFC 9000, 16) below 16,384; two bytes from 64. */
function varint(number: number): Uint8Array {
  return number < 64 ? u8(number) : u16(0x4000 | number);
}
