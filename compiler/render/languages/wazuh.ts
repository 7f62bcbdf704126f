/**
 * Wazuh's rules and CDB lists. Its rules look like XML, but `wazuh-analysisd` reads `&lt;` as it stands, and `\<` where XML
 * readers, its own API among them, stop. So text is rewritten to what both read alike.
 */

import { oneLine, refuseControl, refuseEmpty } from './characters.ts';
import type { Language } from './language.ts';
import { literalPattern } from './pattern.ts';

/** Stand-ins for what begins a tag, an entity, an escape, a field (`$(srcip)`) or ends an attribute. */
const STAND_INS: Readonly<Record<string, string>> = {
  '<': '(',
  '>': ')',
  '&': '+',
  '\\': '/',
  $: '_',
  '"': "'",
};

/** Two hyphens in a row would end a comment for some XML readers. */
function text(value: string): string {
  return oneLine(value)
    .replace(/[<>&\\$"]/g, (character) => STAND_INS[character] as string)
    .replace(/-{2,}/g, '-');
}

function key(value: string): string {
  refuseEmpty(value, 'a key of a CDB list');
  refuseControl(value, 'a key of a CDB list');
  if (value.includes('"')) throw new RangeError('a key of a CDB list cannot hold `"`');
  return value.includes(':') ? `"${value}"` : value;
}

function pcre2(value: string): string {
  return literalPattern(value, '<>&"');
}

export const WAZUH: Language = {
  name: 'wazuh',
  text: {
    about:
      'text of an element or a comment in rules; one line, `<` and `>` become parentheses, `&` becomes `+`, `\\` becomes `/`, `$` becomes `_`, `"` becomes `\'`',
    escape: text,
  },
  places: {
    key: {
      about: 'the key of a CDB list, before its `:`; in quotes where it has a colon',
      escape: key,
    },
    pcre2: {
      about: 'a literal inside a `type="pcre2"` pattern, outside of `[…]`',
      escape: pcre2,
    },
  },
};
