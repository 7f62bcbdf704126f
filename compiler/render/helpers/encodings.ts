/** Text as bytes of UTF-8, and bytes as text. */

import { percentEncoded, utf8 } from '../languages/characters.ts';
import { type Helper, textArgument } from './helper.ts';

function base64(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return btoa(text);
  return btoa(Array.from(utf8(text), (byte) => String.fromCharCode(byte)).join(''));
}

/** Of ASCII as many as characters. */
function byteLength(text: string): number {
  return /^[\0-\x7f]*$/.test(text) ? text.length : utf8(text).length;
}

/** What no URI holds (RFC 3986): other characters, `%` without two digits, a second `#`. */
const NOT_IN_URI = /[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+|%(?![0-9A-Fa-f]{2})|(?<=#.*)#/gsu;

/** A URL as a URI. Brackets are those of an address, so in front of the path alone. */
function uri(url: string): string {
  const [authority = ''] = /^[^/?#]*(?:\/\/[^/?#]*)?/.exec(url) ?? [];
  return (
    percentEncoded(authority, NOT_IN_URI) +
    percentEncoded(percentEncoded(url.slice(authority.length), NOT_IN_URI), /[[\]]+/g)
  );
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
    run: (value) => byteLength(textArgument(value)),
  },
  uri: {
    about: 'A URL as RFC 3986 has it: what it cannot hold is percent-encoded.',
    params: [1, 1],
    run: (value) => uri(textArgument(value)),
  },
  percent_encode: {
    about: 'Every byte but RFC 3986’s unreserved characters as `%HH`.',
    params: [1, 1],
    run: (value) => percentEncoded(textArgument(value), /[^A-Za-z0-9\-._~]+/gu),
  },
};
