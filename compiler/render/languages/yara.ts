/** YARA rules, in the part of the language that YARA 4.2, YARA 4.5 and YARA-X share. */

import { refuseEmpty } from './characters.ts';
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

export const YARA: Language = {
  name: 'yara',
  text: {
    about: 'between the quotes of a string or a meta value `"…"`; the bytes of UTF-8',
    escape: quotedBytes,
  },
  places: {
    regex: {
      about: 'a literal inside `/…/`, outside of `[…]`',
      escape: (text) => literalPattern(text, ''),
    },
    identifier: {
      about:
        'a part of a rule’s name or tag: `[A-Za-z0-9_]`, accents dropped, other runs one `_`. Two texts can become one; what stands before it begins with a letter and is no keyword',
      escape: identifier,
    },
  },
};
