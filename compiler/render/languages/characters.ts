/** What the escapers share: which characters no line of output may hold, and text as UTF-8 bytes. */

const ENCODER = new TextEncoder();

/** Control characters (C0, DEL, C1) and Unicode's line and paragraph separators. */
const CONTROL = /[\0-\x1f\x7f-\x9f\u2028\u2029]/;

/** The same, the overrides and isolates that make a reader see text in another order (UTS #55), and blanks. */
const BLANKS = /[ \0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;

const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** One line already: printable ASCII without blanks at its ends. */
const PLAIN_LINE = /^[!-~](?:[ -~]*[!-~])?$/;

/** Text with U+FFFD for each lone surrogate, which no encoding of Unicode can write. */
export function wellFormed(text: string): string {
  return text.toWellFormed();
}

/**
 * Text for people as one line: runs of control characters, line breaks and bidirectional controls become one space,
 * lone surrogates U+FFFD, and blanks at the ends go. Other text is unchanged.
 */
export function oneLine(text: string): string {
  if (PLAIN_LINE.test(text)) return text;
  const line = text.replace(BLANKS, (run) => (/^ +$/.test(run) ? run : ' '));
  return wellFormed(line).trim();
}

/** The same text, of which UTF-8 has all. Throws `RangeError` on a lone surrogate: it has no bytes. */
export function encodable(text: string): string {
  if (!text.isWellFormed()) throw new RangeError('half of a character (a lone surrogate) has no bytes');
  return text;
}

/** The UTF-8 bytes of text. Throws as `encodable` does. */
export function utf8(text: string): Uint8Array {
  return ENCODER.encode(encodable(text));
}

/** Each UTF-8 byte of text as two lower-case hexadecimal digits behind `prefix`. Throws as `encodable` does. */
export function hexBytes(text: string, prefix: string): string[] {
  return Array.from(utf8(text), (byte) => prefix + byte.toString(16).padStart(2, '0'));
}

/** Text with each byte of what `unsafe` finds as `%HH` (RFC 3986). Throws as `encodable` does. */
export function percentEncoded(text: string, unsafe: RegExp): string {
  return text.replace(unsafe, (run) => hexBytes(run, '%').join('').toUpperCase());
}

/** The `RangeError` of a character that a language cannot say. */
export function unspeakable(character: string, where: string): RangeError {
  const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return new RangeError(`${where} cannot hold U+${point}`);
}

/** Throws `RangeError` for text that holds a control character, a line separator or a lone surrogate. */
export function refuseControl(text: string, where: string): void {
  if (PLAIN_LINE.test(text)) return;
  const found = CONTROL.exec(text) ?? LONE_SURROGATE.exec(text);
  if (found) throw unspeakable(found[0], where);
}

/** Throws `RangeError` for empty text, which would match everything or nothing. */
export function refuseEmpty(text: string, where: string): void {
  if (text === '') throw new RangeError(`${where} cannot be empty`);
}
