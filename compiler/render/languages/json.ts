/** JSON (RFC 8259), and the patterns of STIX 2.1 and the queries of EQL that stand in it. */

import { encodable, refuseEmpty, wellFormed } from './characters.ts';
import type { Language } from './language.ts';

/** Allowed raw, but unseen, or taken for a line break by some readers. */
const UNSEEN = /[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Printable ASCII that JSON has no escape for. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** The same without what STIX patterns, regular expressions and EQL escape. */
const WORD = /^[A-Za-z0-9._/:-]+$/;

function text(value: string): string {
  return JSON.stringify(wellFormed(value))
    .slice(1, -1)
    .replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A string of a STIX pattern, which knows two escapes. Throws `RangeError` for a lone surrogate: it would be another text. */
function stixString(value: string): string {
  return text(encodable(value).replace(/[\\']/g, '\\$&'));
}

/** What a regular expression (PCRE) can mean otherwise. */
const PUNCTUATION = /[!-/:-@[-^`{-~]/g;

/** A string of EQL (Elastic's Event Query Language) has `\u{…}` for what is better not raw in a query. */
function eql(value: string): string {
  refuseEmpty(value, 'a string of EQL');
  const literal = encodable(value)
    .replace(/[\\"]/g, '\\$&')
    .replace(
      /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
      (one) => `\\u{${one.codePointAt(0)?.toString(16).padStart(2, '0')}}`,
    );
  return text(literal);
}

export const JSON_TEXT: Language = {
  name: 'json',
  text: {
    about: 'between the quotes of a string; a lone surrogate becomes U+FFFD',
    escape: text,
    plain: PLAIN,
    words: true,
  },
  places: {
    eql: {
      about:
        'between the quotes of an EQL string `\\"…\\"` in a JSON string. Behind `:` and `like`, `*` and `?` are wildcards: elsewhere they are themselves',
      escape: eql,
      plain: WORD,
      words: true,
    },
    stix_string: {
      about: 'between the single quotes of a string in a STIX pattern, which is itself a JSON string',
      escape: stixString,
      plain: WORD,
      words: true,
    },
    stix_regex: {
      about: 'a literal inside the regular expression of `MATCHES` in a STIX pattern, outside of `[…]`',
      escape: (value) => stixString(value.replace(PUNCTUATION, '\\$&')),
    },
  },
};
