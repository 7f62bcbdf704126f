/** Suricata rules, as Suricata 7 and 8 read them. */

import { hexBytes, oneLine, percentEncoded, refuseEmpty } from './characters.ts';
import type { Language } from './language.ts';
import { literalPattern } from './pattern.ts';

const CONTENT_UNSAFE = /[^A-Za-z0-9 ._/=&?@+,()*#~!%^<>{}[\]'$-]+/gu;
const REFERENCE_UNSAFE = /[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+=%]+/gu;

/** Text in printable ASCII; a message never spells a name otherwise than its source did, so the rest is `?`. */
function ascii(text: string): string {
  return oneLine(text).replace(/[^\x20-\x7e]/gu, '?');
}

function content(text: string): string {
  refuseEmpty(text, 'a content');
  return text.replace(CONTENT_UNSAFE, (run) => `|${hexBytes(run, '').join(' ')}|`);
}

/**
 * Suricata keeps only `[A-Za-z0-9._/?=-]` from the start, and refuses a rule where nothing is kept, or too much (7.0.10
 * loads 1,000 characters and refuses 1,100).
 */
function reference(text: string): string {
  refuseEmpty(text, 'a reference');
  if (!/^[A-Za-z0-9._/?=-]/.test(text)) throw new RangeError('a reference begins with its host');
  const url = percentEncoded(text, REFERENCE_UNSAFE);
  if (url.length > 1000) throw new RangeError('a reference is at most 1000 characters long');
  return url;
}

function metadata(text: string): string {
  const words = ascii(text)
    .replace(/[ ,;"'`\\]+/g, '_')
    .replace(/^_|_$/g, '');
  refuseEmpty(words, 'a metadata value');
  return words;
}

export const SURICATA: Language = {
  name: 'suricata',
  text: {
    about:
      'between the quotes of `msg:"…"`; one line, `?` for each character that is not printable ASCII. Its length (at most 250) is the template’s affair',
    escape: (text) => ascii(text).replace(/[\\";]/g, '\\$&'),
    words: true,
    plain: /^(?:[!#-:<-[\]-~](?:[ !#-:<-[\]-~]*[!#-:<-[\]-~])?)?$/,
  },
  places: {
    content: {
      about: 'between the quotes of `content:"…"`; the bytes of UTF-8, all but plain ASCII as `|hh|`',
      escape: content,
      words: true,
      plain: /^[A-Za-z0-9 ._/=&?@+,()*#~!%^<>{}[\]'$-]+$/,
    },
    pcre: {
      about: 'a literal inside `pcre:"/…/"`, outside of `[…]`',
      escape: (text) => literalPattern(text, '\\;":'),
    },
    reference: {
      about:
        'the value of `reference:url,…`, without its scheme; what a URL or a rule cannot hold is percent-encoded',
      escape: reference,
    },
    metadata: {
      about:
        'a value of `metadata:`; printable ASCII, words joined by `_`, `?` for each character that is not ASCII',
      escape: metadata,
    },
  },
};
