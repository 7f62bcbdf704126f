/** nftables rule files, as nft 1.0 reads them. It knows no escapes at all, so text is rewritten and names are refused. */

import { V4, V6 } from './addresses.ts';
import { oneLine } from './characters.ts';
import type { Language } from './language.ts';

const NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,254}$/;

const ELEMENT = new RegExp(`^(?:${V4}(?:-${V4}|/[0-9]{1,2})?|${V6}(?:-${V6}|/[0-9]{1,3})?)$`);

/** Stand-ins for what would end the string, continue the line or name a variable (`$` in a log prefix). */
const STAND_INS: Readonly<Record<string, string>> = { '"': "'", '\\': '/', $: '_' };

function text(value: string): string {
  return oneLine(value).replace(/["\\$]/g, (character) => STAND_INS[character] as string);
}

function identifier(value: string): string {
  if (!NAME.test(value))
    throw new RangeError('a name in nftables is a letter, then letters, digits, `_`, `.` or `-`');
  return value;
}

function element(value: string): string {
  if (!ELEMENT.test(value)) throw new RangeError('a set element is a canonical address, network or interval');
  return value;
}

export const NFTABLES: Language = {
  name: 'nftables',
  text: {
    about:
      'between the quotes of a log prefix or comment, or after `#`; one line, `"` becomes `\'`, `\\` becomes `/`, `$` becomes `_`. Its length (a log prefix: 127 bytes) is the template’s affair',
    escape: text,
  },
  places: {
    identifier: {
      about: 'the name of a table, chain or set, at most 255 characters',
      escape: identifier,
    },
    element: {
      about: 'an element of a set: an address, `address/length` or `first-last`',
      escape: element,
    },
  },
};
