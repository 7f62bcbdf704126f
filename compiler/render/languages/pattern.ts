/** A text as a regular expression that matches it and nothing else. */

import { hexBytes, refuseEmpty } from './characters.ts';

const NOT_PLAIN = /[^A-Za-z0-9_ -]/gu;
const PRINTABLE = /^[\x20-\x7e]$/;
const METACHARACTERS = '\\^$.|?*+()[]{}/';

/**
 * The pattern, outside of any `[…]`: metacharacters and `/` behind a backslash; every byte of UTF-8 outside 0x20-0x7e,
 * and each character of `hexed`, as `\xhh`. Throws `RangeError` for empty text and for a lone surrogate.
 */
export function literalPattern(text: string, hexed: string): string {
  refuseEmpty(text, 'a pattern');
  return text.replace(NOT_PLAIN, (character) => {
    if (!PRINTABLE.test(character) || hexed.includes(character)) return hexBytes(character, '\\x').join('');
    return METACHARACTERS.includes(character) ? `\\${character}` : character;
  });
}
