/** Plain lists: one value a line, comments after `#`. */

import { oneLine, refuseControl, refuseEmpty } from './characters.ts';
import type { Language } from './language.ts';

function text(value: string): string {
  refuseEmpty(value, 'a line');
  refuseControl(value, 'a line');
  if (/^[# ]| $/.test(value))
    throw new RangeError('a line cannot begin with `#` or a blank, or end with a blank');
  return value;
}

const HOSTNAME = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;

function hostname(value: string): string {
  if (!HOSTNAME.test(value))
    throw new RangeError('a host name is labels of a to z, digits, `-` and `_`, joined by dots');
  return value;
}

export const LINE: Language = {
  name: 'line',
  text: {
    about: 'a line of its own, unchanged',
    escape: text,
    words: true,
  },
  places: {
    comment: {
      about: 'after `#`; one line',
      escape: oneLine,
    },
    hostname: {
      about: 'a domain in canonical form, anywhere in a line: it holds nothing that could be read as more',
      escape: hostname,
      words: true,
    },
  },
};
