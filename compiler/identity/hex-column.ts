/** A column of hexadecimal texts of one length, two digits a byte. */

/** The value of a digit by its code. */
const VALUES = new Uint8Array(128);
for (let value = 0; value < 16; value++) VALUES[value.toString(16).charCodeAt(0)] = value;
/** The code of a digit by its value. */
const CODES = Uint8Array.from({ length: 16 }, (_, value) => value.toString(16).charCodeAt(0));
const HYPHEN = '-'.charCodeAt(0);
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

  /** Puts a text, whose hyphens do not count, at a place, which may be the next. */
  put(place: number, text: string): void {
    if (place === this.#pages.length * PAGE) this.#pages.push(new Uint8Array(PAGE * this.#width));
    const page = this.#pages[Math.floor(place / PAGE)] as Uint8Array;
    const start = (place % PAGE) * this.#width;
    let from = 0;
    for (let byte = 0; byte < this.#width; byte++) {
      if (text.charCodeAt(from) === HYPHEN) from++;
      page[start + byte] = byteOf(text, from);
      from += 2;
    }
  }

  /** Puts a whole number of at most 32 bits at a place, which may be the next: as the last eight digits, behind zeros. */
  putNumber(place: number, number: number): void {
    if (place === this.#pages.length * PAGE) this.#pages.push(new Uint8Array(PAGE * this.#width));
    const page = this.#pages[Math.floor(place / PAGE)] as Uint8Array;
    const start = (place % PAGE) * this.#width;
    page.fill(0, start, start + this.#width - 4);
    for (let byte = 1; byte <= 4; byte++) page[start + this.#width - byte] = number >>> (8 * (byte - 1));
  }

  /** The number that the last eight digits are. */
  numberAt(place: number): number {
    const page = this.#pages[Math.floor(place / PAGE)] as Uint8Array;
    const end = (place % PAGE) * this.#width + this.#width;
    let number = 0;
    for (let byte = end - 4; byte < end; byte++) number = number * 256 + (page[byte] as number);
    return number;
  }

  at(place: number): string {
    const page = this.#pages[Math.floor(place / PAGE)] as Uint8Array;
    const start = (place % PAGE) * this.#width;
    let text = '';
    for (let byte = start; byte < start + this.#width; byte++) text += PAIRS[page[byte] as number];
    return text;
  }

  /** Writes some digits of a text, both numbers even, to bytes. Returns the offset behind them. There must be room. */
  copy(place: number, first: number, end: number, to: Uint8Array, offset: number): number {
    const page = this.#pages[Math.floor(place / PAGE)] as Uint8Array;
    const start = (place % PAGE) * this.#width;
    let at = offset;
    for (let byte = start + first / 2; byte < start + end / 2; byte++) {
      to[at++] = CODES[(page[byte] as number) >> 4] as number;
      to[at++] = CODES[(page[byte] as number) & 15] as number;
    }
    return at;
  }
}

/** That of two digits. */
function byteOf(text: string, at: number): number {
  return ((VALUES[text.charCodeAt(at)] as number) << 4) | (VALUES[text.charCodeAt(at + 1)] as number);
}
