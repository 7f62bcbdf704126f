/** A text as a POSIX extended regular expression that matches it and nothing else. */

import { refuseControl, refuseEmpty } from './characters.ts';

/** What means something in an expression, outside of any `[…]`. POSIX leaves a backslash before all else undefined. */
const METACHARACTERS = /[\\^$.|?*+()[\]{}]/g;

/**
 * The expression, without anchors: metacharacters behind a backslash, all else as it is. Throws `RangeError` for empty
 * text and for what POSIX knows no escapes for: control characters, line separators and lone surrogates.
 */
export function literalExpression(text: string): string {
  refuseEmpty(text, 'a pattern');
  refuseControl(text, 'a pattern');
  return text.replace(METACHARACTERS, '\\$&');
}
