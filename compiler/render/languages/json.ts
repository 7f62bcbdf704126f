/** JSON (RFC 8259). */

import { wellFormed } from './characters.ts';
import type { Language } from './language.ts';

/** Allowed raw, but unseen, or taken for a line break by some readers. */
const UNSEEN = /[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

function text(value: string): string {
  return JSON.stringify(wellFormed(value))
    .slice(1, -1)
    .replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export const JSON_TEXT: Language = {
  name: 'json',
  text: {
    about: 'between the quotes of a string; a lone surrogate becomes U+FFFD',
    escape: text,
  },
  places: {},
};
