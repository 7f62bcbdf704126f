/** Text as bytes of UTF-8, and bytes as text. */

import { percentEncoded, utf8 } from '../languages/characters.ts';
import { type Helper, textArgument } from './helper.ts';

function base64(text: string): string {
  return btoa(Array.from(utf8(text), (byte) => String.fromCharCode(byte)).join(''));
}

export const ENCODINGS: Readonly<Record<string, Helper>> = {
  base64: {
    about: 'Base64 (RFC 4648, padded) of the bytes.',
    params: [1, 1],
    run: (value) => base64(textArgument(value)),
  },
  byte_length: {
    about: 'The number of bytes.',
    params: [1, 1],
    run: (value) => utf8(textArgument(value)).length,
  },
  percent_encode: {
    about: 'Every byte but RFC 3986’s unreserved characters as `%HH`.',
    params: [1, 1],
    run: (value) => percentEncoded(textArgument(value), /[^A-Za-z0-9\-._~]+/gu),
  },
};
