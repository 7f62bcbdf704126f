/** Scripts of MikroTik's RouterOS, as `/import` reads them. */

import { network } from './addresses.ts';
import { hexBytes, oneLine } from './characters.ts';
import type { Language } from './language.ts';

const NAME = /^[a-z][a-z0-9_-]{0,62}$/;

/** What means more than itself between quotes: the end, an escape, a variable, the console's help. */
const SPECIAL = /["\\$?]/g;

/** The device has no Unicode of its own: it keeps bytes, and exports them like this. */
function text(value: string): string {
  return oneLine(value)
    .replace(SPECIAL, '\\$&')
    .replace(/[^ -~]/gu, (character) => hexBytes(character, '\\').join('').toUpperCase());
}

function comment(value: string): string {
  return oneLine(value).replaceAll('\\', '/');
}

function identifier(value: string): string {
  if (!NAME.test(value))
    throw new RangeError('a name in RouterOS, without quotes, is a letter, then a to z, digits, `_` or `-`');
  return value;
}

export const ROUTEROS: Language = {
  name: 'routeros',
  text: {
    about:
      'between double quotes; one line, `"`, `\\`, `$` and `?` behind a `\\`, each byte of what is not ASCII as `\\XX`',
    escape: text,
  },
  places: {
    comment: {
      about: 'after the `#` that a line begins with; one line, `\\` becomes `/`',
      escape: comment,
    },
    identifier: {
      about: 'the name of a list, without quotes',
      escape: identifier,
    },
    element: {
      about: 'an address or `address/length`, without quotes',
      escape: network,
    },
  },
};
