/** Text of hostile inputs made safe to print, and its width on a terminal. */

/** Control, format (bidi, zero width), private and unassigned characters, odd blanks, line separators, half surrogates. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** Characters that fill two columns: East Asian wide and full-width ones, and emoji (UAX #11, in short). */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]/u;

const COMBINING = /[\p{Mn}\p{Me}]/u;

/** Writes what cannot be seen, or would steer the terminal, as `<U+202E>`. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = (character.codePointAt(0) as number).toString(16).toUpperCase();
    return `<U+${code.padStart(4, '0')}>`;
  });
}

/** The columns that a visible text fills on a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += COMBINING.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}
