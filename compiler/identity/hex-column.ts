/** A column of hexadecimal texts of one length, two digits a byte. */

/** The value of a digit by its code. */
const VALUES = new Uint8Array(128);
for (let value = 0; value < 16; value++) VALUES[value.toString(16).charCodeAt(0)] = value;
/** Both digits of a byte. */
const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Texts of a page: nothing is copied when the column grows. */
const PAGE = 1 << 12;

/** Texts of lower-case digits, one after another. */
export class HexColumn {
  /** Bytes of a text. */
  readonly #width: number;
  readonly #pages: Uint8Array[] = [];

  /** For texts of so many digits, an even number. */
  constructor(digits: number) {
    this.#width = digits / 2;
  }

  /** Puts a text at a place, which may be the next. */
  put(place: number, text: string): void {
    if (place === this.#pages.length * PAGE) this.#pages.push(new Uint8Array(PAGE * this.#width));
    const page = this.#pages[Math.floor(place / PAGE)] as Uint8Array;
    const start = (place % PAGE) * this.#width;
    for (let byte = 0; byte < this.#width; byte++) page[start + byte] = byteOf(text, byte);
  }

  at(place: number): string {
    const page = this.#pages[Math.floor(place / PAGE)] as Uint8Array;
    const start = (place % PAGE) * this.#width;
    let text = '';
    for (let byte = start; byte < start + this.#width; byte++) text += PAIRS[page[byte] as number];
    return text;
  }
}

function byteOf(text: string, byte: number): number {
  const high = VALUES[text.charCodeAt(byte * 2)] as number;
  return (high << 4) | (VALUES[text.charCodeAt(byte * 2 + 1)] as number);
}
