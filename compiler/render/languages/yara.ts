/** YARA rules, in the part of the language that YARA 4.2, YARA 4.5 and YARA-X share. */

import { encodable, refuseEmpty } from './characters.ts';
import type { Language } from './language.ts';
import { literalPattern } from './pattern.ts';
import { quotedBytes } from './quoted-bytes.ts';

function identifier(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/^_|_$/g, '');
  refuseEmpty(words, 'an identifier');
  return words;
}

function hexByte(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}

/** Each UTF-16 code unit, low byte first. Throws as `literalPattern` does. */
function utf16Pattern(text: string): string {
  refuseEmpty(text, 'a pattern');
  encodable(text); // throws on a lone surrogate
  let pattern = '';
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const low = unit < 0x80 ? literalPattern(text.charAt(at), '') : hexByte(unit & 0xff);
    pattern += low + hexByte(unit >> 8);
  }
  return pattern;
}

export const YARA: Language = {
  name: 'yara',
  text: {
    about: 'between the quotes of a string or a meta value `"…"`; the bytes of UTF-8',
    escape: quotedBytes,
    plain: /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/,
  },
  places: {
    regex: {
      about: 'a literal inside `/…/`, outside of `[…]`',
      escape: (text) => literalPattern(text, ''),
    },
    wide_regex: {
      about:
        'a literal inside `/…/`, outside of `[…]`, as bytes of UTF-16LE: for a pattern that says itself what may stand around a wide text',
      escape: utf16Pattern,
    },
    identifier: {
      about:
        'a part of a rule’s name or tag: `[A-Za-z0-9_]`, accents dropped, other runs one `_`. Two texts can become one; what stands before it begins with a letter and is no keyword',
      escape: identifier,
    },
  },
};
