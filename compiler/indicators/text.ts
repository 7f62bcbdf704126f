/** Free text: user agents, mutexes, names and paths. Letter case is kept, nothing is refanged. */

import type { ParseNote, Refused } from './kind.ts';
import { type LiveText, readPlain } from './refang.ts';
import { codePoint, quote, refuse, refuseEmpty } from './result.ts';

const MAX_TEXT = 1024;
/** Defanged dots and schemes, which free text hardly ever holds of itself. */
const LOOKS_DEFANGED = /\w\s?(?:\[(?:\.|dot)\]|\(\.\)|\{\.\})\s?\w|\bhxxps?:/i;

const CONTROL = /[\0-\x1f\x7f-\x9f]/;

/**
 * Control characters, line and paragraph separators, and what is no character at all: `\p{Cc}`, `\p{Cs}` and
 * `\p{Noncharacter_Code_Point}` written out, which V8 takes up to a millisecond to find.
 */
const UNSPEAKABLE =
  /[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{3fffe}\u{3ffff}\u{4fffe}\u{4ffff}\u{5fffe}\u{5ffff}\u{6fffe}\u{6ffff}\u{7fffe}\u{7ffff}\u{8fffe}\u{8ffff}\u{9fffe}\u{9ffff}\u{afffe}\u{affff}\u{bfffe}\u{bffff}\u{cfffe}\u{cffff}\u{dfffe}\u{dffff}\u{efffe}\u{effff}\u{ffffe}\u{fffff}\u{10fffe}\u{10ffff}]/u;

/** Reads a text without blanks around it: not empty, nothing of `UNSPEAKABLE`, at most 1024 characters. */
export function readText(source: string): LiveText | Refused {
  const part = readPlain(source);
  const { text } = part;
  if (text === '') return refuseEmpty();
  const found = UNSPEAKABLE.exec(text);
  if (found) {
    const what = CONTROL.test(found[0]) ? 'the control character ' : '';
    return refuse('RF328', `${quote(part)} holds ${what}${codePoint(found[0])}`, {
      label: `${what === '' ? codePoint(found[0]) : 'control character'} here`,
      at: part.span(found.index, found.index + found[0].length),
    });
  }
  if (text.length <= MAX_TEXT) return part;
  return refuse('RF329', `${quote(part)} has ${text.length} characters; ${MAX_TEXT} is the most`, {
    at: part.span(),
  });
}

/** Tells that a text looks defanged and was kept. */
export function defangedNotes(part: LiveText): ParseNote[] {
  if (!LOOKS_DEFANGED.test(part.text)) return [];
  return [{ code: 'RF335', message: `${quote(part)} looks defanged and was kept as it is` }];
}
