/** Rules and tables of pf, as pfctl reads them. */

import { network } from './addresses.ts';
import { oneLine } from './characters.ts';
import type { Language } from './language.ts';

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,30}$/;

/** Stand-ins for what would end the string, or join the next line to this one, which it does in comments too. */
const STAND_INS: Readonly<Record<string, string>> = { '"': "'", '\\': '/' };

function text(value: string): string {
  return oneLine(value).replace(/["\\]/g, (character) => STAND_INS[character] as string);
}

function identifier(value: string): string {
  if (!NAME.test(value))
    throw new RangeError('a name in pf is a letter, then letters, digits and `_`, at most 31 in all');
  return value;
}

export const PF: Language = {
  name: 'pf',
  text: {
    about: 'after `#` or between quotes; one line, `"` becomes `\'`, `\\` becomes `/`',
    escape: text,
  },
  places: {
    identifier: {
      about: 'the name of a table, at most 31 characters',
      escape: identifier,
    },
    element: {
      about: 'an entry of a table or a host in a rule: an address or `address/length`',
      escape: network,
    },
  },
};
