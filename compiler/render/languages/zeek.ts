/** Zeek's intel files and scripts, as Zeek 8.0 reads them. */

import { hexBytes, refuseEmpty, wellFormed } from './characters.ts';
import type { Language } from './language.ts';
import { quotedBytes } from './quoted-bytes.ts';

/** What no one could see in a file; a backslash, because `\xhh` is the one escape; what an edge of a cell must not be. */
const CELL_UNSAFE = /[\p{Cc}\p{Cf}\u2028\u2029\\]|^[# ]| $/gu;

function cell(text: string): string {
  refuseEmpty(text, 'a cell of an intel file');
  if (text === '-') return '\\x2d';
  return wellFormed(text).replace(CELL_UNSAFE, (character) => hexBytes(character, '\\x').join(''));
}

export const ZEEK: Language = {
  name: 'zeek',
  text: {
    about: 'a whole cell of an intel file; a field without a value is `-`, written by the template',
    escape: cell,
  },
  places: {
    string: {
      about: 'between the quotes of a string in a Zeek script; the bytes of UTF-8',
      escape: quotedBytes,
    },
  },
};
