/** A column of hexadecimal texts of one length, two digits a byte. */

import { Column } from '../indicators/column.ts';

/** The value of a digit by its code. */
const VALUES = new Uint8Array(128);
for (let value = 0; value < 16; value++) VALUES[value.toString(16).charCodeAt(0)] = value;
/** Both digits of a byte. */
const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Texts of lower-case digits, one after another. */
export class HexColumn {
  /** Bytes of a text. */
  readonly #width: number;
  readonly #bytes = new Column((size) => new Uint8Array(size));

  /** For texts of so many digits, an even number. */
  constructor(digits: number) {
    this.#width = digits / 2;
  }

  /** Puts a text at a place, which may be the next. */
  put(place: number, text: string): void {
    const start = place * this.#width;
    for (let byte = 0; byte < this.#width; byte++) this.#bytes.put(start + byte, byteOf(text, byte));
  }

  at(place: number): string {
    const start = place * this.#width;
    let text = '';
    for (let byte = 0; byte < this.#width; byte++) text += PAIRS[this.#bytes.at(start + byte)];
    return text;
  }
}

function byteOf(text: string, byte: number): number {
  const high = VALUES[text.charCodeAt(byte * 2)] as number;
  return (high << 4) | (VALUES[text.charCodeAt(byte * 2 + 1)] as number);
}
