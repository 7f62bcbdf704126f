/** Comma-separated values (RFC 4180), one record a line. */

import { oneLine, refuseControl } from './characters.ts';
import type { Language } from './language.ts';

/** How a cell begins that a spreadsheet would run; the last four are the full-width forms. */
const FORMULA = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/;

/** Words of ASCII that begin with a letter or a digit: nothing to quote, and no formula. */
const PLAIN = /^(?:[A-Za-z0-9](?:[ -!#-+\--~]*[!#-+\--~])?)?$/;

function quoted(field: string): string {
  return /[",]|^ | $/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

function text(value: string): string {
  const field = oneLine(value);
  return quoted(FORMULA.test(field) ? `'${field}` : field);
}

function exact(value: string): string {
  refuseControl(value, 'a field');
  return quoted(value);
}

/** Quotes in front are guarded too: so whoever takes one away, before such a beginning, has the value again. */
const GUARDED = new RegExp(`^'*${FORMULA.source.slice(1)}`);

function guarded(value: string): string {
  refuseControl(value, 'a field');
  return quoted(GUARDED.test(value) ? `'${value}` : value);
}

export const CSV: Language = {
  name: 'csv',
  text: {
    about:
      "a whole field for people, quoted where needed; one line, and `'` before what a spreadsheet would take for a formula",
    escape: text,
    plain: PLAIN,
    words: true,
  },
  places: {
    exact: {
      about: 'a whole field for programs, quoted where needed and otherwise unchanged',
      escape: exact,
      plain: PLAIN,
      words: true,
    },
    guarded: {
      about:
        "a whole field for both: `'` before what a spreadsheet would take for a formula, and before quotes in front of such; without one of them it is the value, unchanged",
      escape: guarded,
      plain: PLAIN,
      words: true,
    },
  },
};
