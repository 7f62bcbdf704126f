/** squid.conf, as Squid 5 reads it: a directive a line, its words parted by blanks. */

import { oneLine } from './characters.ts';
import { literalExpression } from './ere.ts';
import type { Language } from './language.ts';

const WORD = /^[a-z0-9_.:/-]+$/i;

function word(value: string): string {
  if (!WORD.test(value))
    throw new RangeError('a word of squid.conf is letters, digits, `.`, `:`, `/`, `-` and `_`');
  return value;
}

/** A blank would end the word, and no expression holds one otherwise: the class has the tab besides. */
function pattern(value: string): string {
  return literalExpression(value).replaceAll(' ', '[[:blank:]]');
}

export const SQUID: Language = {
  name: 'squid',
  text: {
    about: 'a word behind `--`, unchanged: a name, an address, a network, an interval',
    escape: word,
  },
  places: {
    comment: {
      about: 'after `#` at the start of a line; one line',
      escape: oneLine,
    },
    pattern: {
      about: 'a literal inside a regular expression; a blank is matched by a tab as well',
      escape: pattern,
    },
  },
};
