/** Sigma rules: YAML single-quoted scalars (YAML 1.1 and 1.2), and the wildcards of Sigma 2.1 inside them. */

import { oneLine, refuseEmpty, unspeakable } from './characters.ts';
import type { Language } from './language.ts';

/** What YAML's reader refuses (YAML 1.2 section 5.1), and what YAML 1.1 takes for a line break. */
const YAML_UNSAFE = /[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

function singleQuoted(text: string): string {
  return text.replaceAll("'", "''");
}

/** A title or a description. Noncharacters, which YAML cannot hold, become U+FFFD. */
function text(value: string): string {
  return singleQuoted(oneLine(value).replace(/\p{Noncharacter_Code_Point}/gu, '\ufffd'));
}

/**
 * A value of a detection, matched literally. In Sigma a backslash escapes `*`, `?` and `\` and is itself before
 * anything else, so that `C:\Windows` stays as it is; two backslashes or more, and those before a wildcard or at the
 * end, are doubled.
 */
function detection(value: string): string {
  refuseEmpty(value, 'a detection value');
  const refused = YAML_UNSAFE.exec(value);
  if (refused) throw unspeakable(refused[0], 'a detection value');
  const literal = value.replace(/\\+(?=[*?]|$)|\\{2,}/g, '$&$&').replace(/[*?]/g, '\\$&');
  return singleQuoted(literal);
}

export const SIGMA: Language = {
  name: 'sigma',
  text: {
    about: "between the quotes of a field such as `title: '…'`; one line",
    escape: text,
  },
  places: {
    detection: {
      about:
        "between the quotes of a detection value `'…'`, matched literally; a backslash of the template’s own before it is written `\\\\`",
      escape: detection,
      plain: /^[A-Za-z0-9._:/@=&%+~-]+$/,
    },
  },
};
