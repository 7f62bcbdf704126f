/** Lookup tables of Postfix, as postmap and its daemons read them (postmap(1), regexp_table(5), cidr_table(5)). */

import { oneLine } from './characters.ts';
import { literalExpression } from './ere.ts';
import type { Language } from './language.ts';

/** A blank would end it, a quote would join words, `#` would make the line a comment. */
const KEY = /^(?!#)[!#-~]+$/;

function key(value: string): string {
  if (!KEY.test(value))
    throw new RangeError('a key is printable ASCII without blanks and `"`, and does not begin with `#`');
  return value;
}

export const POSTFIX: Language = {
  name: 'postfix',
  text: {
    about: 'a key at the start of a line, unchanged: a mail address, a name, an address, a network',
    escape: key,
  },
  places: {
    comment: {
      about: 'after `#` at the start of a line; one line',
      escape: oneLine,
    },
    pattern: {
      about: 'a literal between the slashes of a `regexp:` table',
      escape: (value) => literalExpression(value).replaceAll('/', '\\/'),
    },
    reason: {
      about: 'behind an action, in a table that is not of expressions; one line',
      escape: oneLine,
    },
    expression_reason: {
      about: 'behind an action in a `regexp:` table, where `$` is doubled; one line',
      escape: (value) => oneLine(value).replaceAll('$', '$$$$'),
    },
  },
};
