/** The smallest X.509 certificates (RFC 5280), in DER (X.690). They are read, never verified: nobody signed them. */

import { concat, u8, utf8 } from './bytes.ts';

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OBJECT_IDENTIFIER = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const SEQUENCE = 0x30;
const SET = 0x31;

/** id-Ed25519 (RFC 8410): keys and signatures are bytes without structure. */
const ED25519 = element(SEQUENCE, element(OBJECT_IDENTIFIER, u8(0x2b, 0x65, 0x70)));
/** id-at-commonName, 2.5.4.3. */
const COMMON_NAME = element(OBJECT_IDENTIFIER, u8(0x55, 0x04, 0x03));
const VALIDITY = element(
  SEQUENCE,
  element(UTC_TIME, utf8('250101000000Z')),
  element(UTC_TIME, utf8('350101000000Z')),
);

/** A version 1 certificate. Its serial number makes its bytes differ from any other's; `name` has under 50 bytes. */
export function certificate(serial: number, name: string): Uint8Array {
  const who = element(
    SEQUENCE,
    element(SET, element(SEQUENCE, COMMON_NAME, element(UTF8_STRING, utf8(name)))),
  );
  const key = element(SEQUENCE, ED25519, bitString(new Uint8Array(32).fill(1)));
  const body = element(SEQUENCE, unsigned(serial), ED25519, who, VALIDITY, who, key);
  return element(SEQUENCE, body, ED25519, bitString(new Uint8Array(64).fill(1)));
}

/** A positive number in the fewest bytes whose first bit is not set. */
function unsigned(number: number): Uint8Array {
  const digits = number.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  const bytes = Uint8Array.from(even.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return element(INTEGER, (bytes[0] as number) < 0x80 ? bytes : concat(u8(0), bytes));
}

function bitString(bytes: Uint8Array): Uint8Array {
  return element(BIT_STRING, u8(0), bytes);
}

/** A tag, the length (X.690, 8.1.3) and the content; up to 65,535 bytes. */
function element(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const whole = concat(...content);
  const { length } = whole;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return concat(u8(tag, ...size), whole);
}
