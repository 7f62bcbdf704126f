/** Words and spelling. Nothing here depends on a locale. */

import { oneLine } from '../languages/characters.ts';
import { type Helper, listArgument, numberArgument, textArgument } from './helper.ts';

/** The words that SigmaHQ's title check takes in lower case. */
const SMALL_WORDS = new Set(
  'a an and as at by for from in new of on or over the through to via with without'.split(' '),
);

/** The first letter of a word upper-cased where SigmaHQ's title check would reject the word. */
function titleWord(word: string): string {
  const isLower = word === word.toLowerCase() && word !== word.toUpperCase();
  const accepted = !isLower || SMALL_WORDS.has(word) || /[./_]|^\d/.test(word);
  return accepted ? word : word.replace(/\p{Ll}/u, (letter) => letter.toUpperCase());
}

function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}

function truncate(text: string, limit: number): string {
  if (!Number.isInteger(limit) || limit < 3) throw new RangeError('`truncate` wants a whole number from 3');
  // No character is shorter than one unit of UTF-16.
  if (text.length <= limit) return text;
  const points = Array.from(text);
  return points.length <= limit ? text : `${points.slice(0, limit - 3).join('')}...`;
}

function repeated(text: string, times: number): string {
  if (!Number.isInteger(times) || times < 0) throw new RangeError('`repeat` wants a whole number from 0');
  return text.repeat(times);
}

export const TEXT: Readonly<Record<string, Helper>> = {
  lower: {
    about: 'In lower case.',
    params: [1, 1],
    run: (value) => textArgument(value).toLowerCase(),
  },
  upper: {
    about: 'In upper case.',
    params: [1, 1],
    run: (value) => textArgument(value).toUpperCase(),
  },
  spaced: {
    about: 'A space before each dot, so that a message is not itself a live name: `1ds.me` → `1ds .me`.',
    params: [1, 1],
    run: (value) => textArgument(value).replaceAll('.', ' .'),
  },
  slug: {
    about:
      'For file names: `[a-z0-9_]`, accents dropped, words joined by `_`: `Poison Carp` → `poison_carp`.',
    params: [1, 1],
    run: (value) => slug(textArgument(value)),
  },
  one_line: {
    about:
      'On one line, or each text of a list: control characters, line breaks and what turns the direction of text become blanks.',
    params: [1, 1],
    run: (value) =>
      Array.isArray(value) ? value.map((one) => oneLine(textArgument(one))) : oneLine(textArgument(value)),
  },
  title_case: {
    about: 'A title as SigmaHQ wants it, on one line: `domains of RedAlpha` → `Domains of RedAlpha`.',
    params: [1, 1],
    run: (value) => oneLine(textArgument(value)).split(' ').map(titleWord).join(' '),
  },
  truncate: {
    about: 'At most so many characters, the last three `...` where any are cut: `{{truncate note 120}}`.',
    params: [2, 2],
    run: (value, limit) => truncate(textArgument(value), numberArgument(limit)),
  },
  join: {
    about: 'The items of a list with a text between them: `{{join tags ", "}}`.',
    params: [2, 2],
    run: (list, separator) => listArgument(list).map(textArgument).join(textArgument(separator)),
  },
  repeat: {
    about: 'A text so many times: `{{repeat "[.][^.]+" (minus labels 1)}}`.',
    params: [2, 2],
    run: (text, times) => repeated(textArgument(text), numberArgument(times)),
  },
  concat: {
    about: 'Several values as one text: `(concat "." value)`.',
    params: [1, Number.POSITIVE_INFINITY],
    run: (...values) => values.map(textArgument).join(''),
  },
  without_scheme: {
    about: 'A URL without `http://` or `https://`.',
    params: [1, 1],
    run: (value) => textArgument(value).replace(/^https?:\/\//i, ''),
  },
  plain_host: {
    about: 'True where the host of a URL begins with a letter or a digit of ASCII: `(plain_host this)`.',
    params: [1, 1],
    run: (value) => /^https?:\/\/[a-z0-9]/i.test(textArgument(value)),
  },
};
