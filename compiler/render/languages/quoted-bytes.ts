/** The inside of a quoted string of the C family, as YARA and Zeek scripts read it. */

import { hexBytes, wellFormed } from './characters.ts';

/** `\` and `"` behind a backslash, every byte of UTF-8 outside 0x20-0x7e as `\xhh`. A lone surrogate becomes U+FFFD. */
export function quotedBytes(text: string): string {
  return wellFormed(text)
    .replace(/[\\"]/g, '\\$&')
    .replace(/[^\x20-\x7e]+/gu, (run) => hexBytes(run, '\\x').join(''));
}
