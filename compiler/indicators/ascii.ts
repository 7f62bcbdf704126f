/** Texts of ASCII as bytes: they are compared, checked and hashed by byte, and nothing is cut out of a feed to do so. */

const FIRST_SIZE = 256;
const BEYOND = 0x80;
/** So many bytes are looked at in one go. */
const STRETCH = 4096;

/** The bytes of one text after another. */
export class AsciiBuffer {
  bytes = new Uint8Array(FIRST_SIZE);
  /** How many of them are the text. */
  length = 0;

  /** Takes a text. Tells whether it is ASCII; of any other the bytes say nothing. */
  take(text: string): boolean {
    const { length } = text;
    if (length > this.bytes.length) this.bytes = new Uint8Array(length * 2);
    const { bytes } = this;
    this.length = length;
    let all = 0;
    for (let at = 0; at < length; at++) {
      const unit = text.charCodeAt(at);
      all |= unit;
      bytes[at] = unit;
    }
    return all < BEYOND;
  }
}

/** Whether all bytes are ASCII. */
export function isAscii(view: DataView): boolean {
  let all = 0;
  for (let at = 0; at < view.byteLength; at += STRETCH)
    all |= bitsOf(view, at, Math.min(at + STRETCH, view.byteLength));
  return (all & 0x80808080) === 0;
}

/** The bits that are set anywhere in a stretch of bytes. It is called often, so that it is compiled as a whole. */
function bitsOf(view: DataView, from: number, to: number): number {
  let all = 0;
  let at = from;
  for (; at + 16 <= to; at += 16)
    all |= view.getInt32(at) | view.getInt32(at + 4) | view.getInt32(at + 8) | view.getInt32(at + 12);
  for (; at < to; at++) all |= view.getUint8(at);
  return all;
}

const ALL = String.fromCharCode(...Array(BEYOND).keys());

/** By byte, 1 for the characters that a pattern is about: `/[a-z]/`. */
export function asciiTable(pattern: RegExp): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of ALL.match(new RegExp(pattern, 'g')) ?? []) table[character.charCodeAt(0)] = 1;
  return table;
}
