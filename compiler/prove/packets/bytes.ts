/** Numbers and texts as the bytes that protocols send: big-endian, with lengths in front. */

/** Parts behind each other. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Numbers of one byte each. */
export function u8(...numbers: readonly number[]): Uint8Array {
  return new Uint8Array(numbers);
}

/** Numbers of two bytes each. */
export function u16(...numbers: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(2 * numbers.length);
  numbers.forEach((number, index) => {
    bytes[2 * index] = number >>> 8;
    bytes[2 * index + 1] = number;
  });
  return bytes;
}

/** A number of three bytes. */
export function u24(number: number): Uint8Array {
  return u8(number >>> 16, number >>> 8, number);
}

/** Numbers of four bytes each. */
export function u32(number: number): Uint8Array {
  return u8(number >>> 24, number >>> 16, number >>> 8, number);
}

/** A text as UTF-8. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Content behind its length of one, two or three bytes. Throws RangeError where the length does not fit. */
export function withLength(bytes: 1 | 2 | 3, ...content: readonly Uint8Array[]): Uint8Array {
  const whole = concat(...content);
  if (whole.length >= 2 ** (8 * bytes)) throw new RangeError(`${whole.length} bytes are too many here`);
  const length = { 1: u8, 2: u16, 3: u24 }[bytes](whole.length);
  return concat(length, whole);
}
