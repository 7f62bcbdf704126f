/** The two ends of a parse: a canonical value, or a refusal that says what and where. */

import type { Code } from '../diagnostics/codes.ts';
import type { Kind, Parsed, ParseNote, Refused } from './kind.ts';
import type { LiveText } from './refang.ts';

const NO_NOTES: readonly ParseNote[] = [];

/** A value in canonical form. */
export function accept(kind: Kind, value: string, notes: readonly ParseNote[] = NO_NOTES): Parsed {
  return { ok: true, kind, value, notes };
}

/** Beside the message of a refusal. */
export interface RefusalDetails {
  label?: string;
  why?: string;
  help?: string;
  at?: { start: number; end: number };
}

/** A refusal. `message` is one line with the value in backquotes, see `quote`. */
export function refuse(code: Code, message: string, details: RefusalDetails = {}): Refused {
  return { ok: false, code, message, ...details };
}

/** Values are hostile: longer ones are cut in messages, at this many characters. */
const QUOTED_LENGTH = 80;

/** A value in backquotes, as it was written: on one line, control and invisible characters spelled out, cut when long. */
export function quote(value: LiveText | string): string {
  const text = typeof value === 'string' ? value : value.written;
  const characters = [...text.slice(0, 2 * QUOTED_LENGTH)];
  const cut = characters.length > QUOTED_LENGTH || text.length > 2 * QUOTED_LENGTH;
  const shown = characters.slice(0, QUOTED_LENGTH).join('') + (cut ? '…' : '');
  return `\`${shown.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/gu, spelledOut)}\``;
}

/** The name of a character for people: `U+200B`. */
export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function spelledOut(character: string): string {
  return `<${codePoint(character)}>`;
}

/** The refusal of a value that is empty or nothing but blanks. */
export function refuseEmpty(): Refused {
  return refuse('RF301', 'the value is empty', { label: 'empty' });
}
