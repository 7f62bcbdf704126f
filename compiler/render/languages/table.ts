/** A language made from the table of escapes in a `target.yaml`. */

import { refuseControl, unspeakable } from './characters.ts';
import type { Language } from './language.ts';

/** What `syntax:` holds where it is not the name of a language. */
export interface EscapeTable {
  /** A character to its spelling: `{'"': '\"', '\': '\\'}`. */
  escape: Readonly<Record<string, string>>;
  /** Characters that the language cannot say. Control characters that `escape` leaves out always are. */
  refuse?: string;
}

/** The language. A character that is neither escaped nor refused stands for itself; there are no other places. */
export function tableLanguage(table: EscapeTable): Language {
  const spellings = new Map(Object.entries(table.escape));
  const refused = new Set(table.refuse ?? '');

  function spell(character: string): string {
    const spelling = spellings.get(character);
    if (spelling !== undefined) return spelling;
    if (refused.has(character)) throw unspeakable(character, 'the target');
    refuseControl(character, 'the target');
    return character;
  }

  return {
    name: 'table',
    text: {
      about: 'as the table of escapes in target.yaml says',
      escape: (text) => Array.from(text, spell).join(''),
    },
    places: {},
  };
}
