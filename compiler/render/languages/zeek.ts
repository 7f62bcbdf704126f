/** Zeek's intel files and scripts, as Zeek 8.0 reads them. */

import { hexBytes, refuseEmpty, utf8, wellFormed } from './characters.ts';
import type { Language } from './language.ts';
import { quotedBytes } from './quoted-bytes.ts';

/** What no one could see in a file; a backslash, because `\xhh` is the one escape; what an edge of a cell must not be. */
const CELL_UNSAFE = /[\p{Cc}\p{Cf}\u2028\u2029\\]|^[# ]| $/gu;

/** Printable ASCII that begins with a letter or a digit: what nearly every value is. */
const PLAIN_CELL = /^[A-Za-z0-9](?:[ -[\]-~]*[!-[\]-~])?$/;

function cell(text: string): string {
  refuseEmpty(text, 'a cell of an intel file');
  if (text === '-') return '\\x2d';
  return wellFormed(text).replace(CELL_UNSAFE, (character) => hexBytes(character, '\\x').join(''));
}

/** In this order: the first of two percent signs, `%HH`, `%uHHHH`, and a percent sign that means itself with what follows. */
const URI_ESCAPE = /(%)(?=%.)|%([0-9A-Fa-f]{2})|%u([0-9A-Fa-f]{4})|%.?/gs;

/**
 * The path and query of a request as Zeek's HTTP analyzer has them (`unescape_URI`): decoded once, byte by byte,
 * whether UTF-8 comes of it or not. The high byte of `%uHHHH` is left out where it is zero.
 */
function decodedUri(text: string): Uint8Array {
  const bytes = Array.from(utf8(wellFormed(text)), (code) => String.fromCharCode(code)).join('');
  const decoded = bytes.replace(URI_ESCAPE, (whole, doubled, hex, wide) => {
    if (doubled) return '';
    if (hex) return character(hex);
    if (wide) return (wide.startsWith('00') ? '' : character(wide.slice(0, 2))) + character(wide.slice(2));
    return whole;
  });
  return Uint8Array.from(decoded, (each) => each.charCodeAt(0));
}

function character(hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}

/** The text that bytes are in UTF-8; undefined where they are none. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Without escapes of its own, and nothing that a cell would escape. */
const PLAIN_URI = /^[/A-Za-z0-9][!-$&-[\]-~]*$/;

function requestUri(uri: string): string {
  const bytes = decodedUri(uri);
  const text = textOf(bytes);
  if (text !== undefined) return cell(text);
  return Array.from(bytes, (code) =>
    code < 0x80 ? cell(String.fromCharCode(code)) : `\\x${code.toString(16)}`,
  ).join('');
}

export const ZEEK: Language = {
  name: 'zeek',
  text: {
    about: 'a whole cell of an intel file; a field without a value is `-`, written by the template',
    escape: cell,
    plain: PLAIN_CELL,
    words: true,
  },
  places: {
    request_uri: {
      about: 'a cell, for the path and query of an HTTP request: percent-decoded once, as Zeek shows them',
      escape: requestUri,
      plain: PLAIN_URI,
    },
    string: {
      about: 'between the quotes of a string in a Zeek script; the bytes of UTF-8',
      escape: quotedBytes,
    },
  },
};
