/** Free text: user agents, mutexes, names and paths. Letter case is kept, nothing is refanged. */

import type { ParseNote, Refused } from './kind.ts';
import { type LiveText, readPlain } from './refang.ts';
import { codePoint, quote, refuse, refuseEmpty } from './result.ts';

const MAX_TEXT = 1024;
/** Defanged dots and schemes, which free text hardly ever holds of itself. */
const LOOKS_DEFANGED = /\w\s?(?:\[(?:\.|dot)\]|\(\.\)|\{\.\})\s?\w|\bhxxps?:/i;

/** Reads a text without blanks around it: not empty, no control characters, at most 1024 characters. */
export function readText(source: string): LiveText | Refused {
  const part = readPlain(source);
  const { text } = part;
  if (text === '') return refuseEmpty();
  const control = /\p{Cc}/u.exec(text);
  if (control) {
    return refuse('RF328', `${quote(part)} holds the control character ${codePoint(control[0])}`, {
      label: 'control character here',
      at: part.span(control.index, control.index + 1),
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
