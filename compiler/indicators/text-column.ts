/**
 * A column of texts that grows. Texts stand one behind another in pages, so a million short ones take little more than their
 * characters; a text that is asked for is a slice of its page, which costs no copy.
 */

import { Column } from './column.ts';

/** Characters of a page: where a text begins in it is the lower half of its place. */
const PAGE = 0x10000;
/** The length that stands for a whole page. */
const WHOLE = PAGE - 1;
/** The bits of a place that say where a text begins in its page. */
const LOWER = PAGE - 1;
/** In place of the place of a text that is not ASCII. No page is that far. */
const WIDE = 0xffff_ffff;

/** Bytes of ASCII, or their text. */
type Page = Uint8Array | string;

const decoder = new TextDecoder();

/** Texts one behind another. */
export interface JoinedTexts {
  /** Their UTF-16 units; bytes, where all are ASCII. */
  units: Uint8Array | Uint16Array;
  /** Where each begins, and where the last one ends. */
  starts: Uint32Array;
}

/** Texts by the order in which they came. */
export class TextColumn {
  /** The number of the page in the upper half, where the text begins in it in the lower. */
  readonly #places = new Column((size) => new Uint32Array(size));
  readonly #lengths = new Column((size) => new Uint16Array(size));
  /** Bytes of ASCII, as they were put in; from when one of its texts is first asked for a page is a text itself. */
  readonly #pages: Page[] = [];
  /** How much of the last page is filled. */
  #used = PAGE;
  /** The text of the last page, as far as it was when it was asked for. */
  #last = '';
  /** The texts that are not ASCII: few values are. */
  readonly #wide = new Map<number, string>();

  get size(): number {
    return this.#places.size;
  }

  /** Makes room for so many texts in all. */
  reserve(size: number): void {
    this.#places.reserve(size);
    this.#lengths.reserve(size);
  }

  /** Adds a text of ASCII. */
  push(bytes: Uint8Array, from: number, to: number): void {
    const length = to - from;
    if (this.#used + length >= PAGE) this.#turn(length);
    const page = this.#pages[this.#pages.length - 1] as Uint8Array;
    let end = this.#used;
    for (let at = from; at < to; at++) page[end++] = bytes[at] as number;
    this.#note(length);
  }

  /** Adds a text that is not ASCII. */
  pushWide(text: string): void {
    this.#wide.set(this.size, text);
    this.#places.push(WIDE);
    this.#lengths.push(0);
  }

  at(index: number): string {
    const place = this.#places.at(index);
    if (place === WIDE) return this.#wide.get(index) as string;
    const length = this.#lengths.at(index);
    const start = place & LOWER;
    const page = this.#textOf(place >>> 16, start + length);
    return length === WHOLE ? page : page.slice(start, start + length);
  }

  /** How many UTF-16 units a text has. */
  lengthAt(index: number): number {
    const place = this.#places.at(index);
    if (place === WIDE) return (this.#wide.get(index) as string).length;
    const length = this.#lengths.at(index);
    return length === WHOLE ? (this.#pages[place >>> 16] as Page).length : length;
  }

  /** Writes a text to bytes from an offset on. Returns the offset behind it, or -1 where it is not ASCII. There must be room. */
  copy(index: number, to: Uint8Array, offset: number): number {
    const place = this.#places.at(index);
    if (place === WIDE) return -1;
    return copied(this.#pages[place >>> 16] as Page, place & LOWER, this.#lengths.at(index), to, offset);
  }

  /** Some of the texts, one behind another. */
  joined(indexes: Uint32Array): JoinedTexts {
    const starts = new Uint32Array(indexes.length + 1);
    for (let at = 0; at < indexes.length; at++)
      starts[at + 1] = (starts[at] as number) + this.lengthAt(indexes[at] as number);
    const bytes = new Uint8Array(starts[indexes.length] as number);
    const isAscii = indexes.every((index, at) => this.copy(index, bytes, starts[at] as number) >= 0);
    return { units: isAscii ? bytes : this.#unitsOf(indexes, starts), starts };
  }

  #unitsOf(indexes: Uint32Array, starts: Uint32Array): Uint16Array {
    const units = new Uint16Array(starts[indexes.length] as number);
    for (const [at, index] of indexes.entries()) {
      const text = this.at(index);
      for (let unit = 0; unit < text.length; unit++)
        units[(starts[at] as number) + unit] = text.charCodeAt(unit);
    }
    return units;
  }

  /** Whether a text is the stretch of ASCII. */
  is(index: number, bytes: Uint8Array, from: number, to: number): boolean {
    const place = this.#places.at(index);
    const length = this.#lengths.at(index);
    if (place === WIDE || length !== Math.min(to - from, WHOLE)) return false;
    const page = this.#pages[place >>> 16] as Page;
    if (length === WHOLE && page.length !== to - from) return false;
    let at = place & LOWER;
    if (typeof page === 'string') {
      for (let other = from; other < to; at++, other++)
        if (page.charCodeAt(at) !== bytes[other]) return false;
    } else {
      for (let other = from; other < to; at++, other++) if (page[at] !== bytes[other]) return false;
    }
    return true;
  }

  /** The same texts in another order, which names the place of each once: memory is read fastest from front to back. */
  arranged(order: Uint32Array): TextColumn {
    const column = new TextColumn();
    for (let at = 0; at < order.length; at++) {
      const index = order[at] as number;
      const wide = this.#wide.get(index);
      if (wide !== undefined) column.pushWide(wide);
      else column.#take(this, index);
    }
    return column;
  }

  /** Adds a text of another column. */
  #take(other: TextColumn, index: number): void {
    const length = other.lengthAt(index);
    if (this.#used + length >= PAGE) this.#turn(length);
    other.copy(index, this.#pages[this.#pages.length - 1] as Uint8Array, this.#used);
    this.#note(length);
  }

  /** Begins a page. A text that is longer than a page has one of its own. */
  #turn(length: number): void {
    const last = this.#pages.length - 1;
    if (last >= 0 && this.#used < PAGE)
      this.#pages[last] = (this.#pages[last] as Uint8Array).subarray(0, this.#used);
    this.#pages.push(new Uint8Array(Math.max(length, PAGE)));
    this.#used = 0;
    this.#last = '';
  }

  /** Notes the text that was written behind the others of the last page. */
  #note(length: number): void {
    this.#places.push((this.#pages.length - 1) * PAGE + this.#used);
    this.#lengths.push(Math.min(length, WHOLE));
    this.#used += length;
  }

  /** A page as text, up to an offset at least. The last page may go on being filled. */
  #textOf(number: number, to: number): string {
    const page = this.#pages[number] as Page;
    if (typeof page === 'string') return page;
    if (number === this.#pages.length - 1) {
      if (this.#last.length < to) this.#last = decoder.decode(page.subarray(0, this.#used));
      return this.#last;
    }
    const text = decoder.decode(page);
    this.#pages[number] = text;
    return text;
  }
}

/** Writes a stretch of a page, which may be the whole of it, and returns the offset behind it. */
function copied(page: Page, start: number, length: number, to: Uint8Array, offset: number): number {
  const end = length === WHOLE ? page.length : start + length;
  let at = offset;
  if (typeof page === 'string') for (let from = start; from < end; from++) to[at++] = page.charCodeAt(from);
  else for (let from = start; from < end; from++) to[at++] = page[from] as number;
  return at;
}
