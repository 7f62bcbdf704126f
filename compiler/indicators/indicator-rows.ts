/**
 * What is known of each indicator, a row each: its kind, its value and its context. Texts of values stand one behind
 * another in pages, so a million short ones take little more than their characters; a text that is asked for is a
 * slice of its page, which costs no copy. IPv4 addresses and networks are numbers, of which texts are made.
 */

import { AsciiBuffer } from './ascii.ts';
import { FIRST_SIZE, grownSize, resized } from './column.ts';
import { type JoinedTexts, joinedTexts } from './joined-texts.ts';
import { formatNetwork4, writeNetwork4 } from './network4.ts';
import type { ValueBatch } from './value-batch.ts';
import { hashOf, hashOfNetwork4 } from './value-hash.ts';

/** Characters of a page: where a text begins in it is the lower half of its place. */
const PAGE = 0x10000;
/** The bits of a place that say where a text begins in its page. */
const LOWER = PAGE - 1;

/**
 * Numbers of a row: the place of a text; its form, with the code of the kind in the upper half; the number of the
 * context. They are together, since memory is read by the line.
 */
const WIDTH = 3;
/**
 * The form of a text is its length. Those of so many characters and more have a page of their own, and forms from here on say
 * other things.
 */
const LONG = 0xff00;
/** With the length of the prefix added: an IPv4 network, whose place is its first address. */
const NETWORK4 = LONG;
const LAST_NETWORK4 = NETWORK4 + 32;
const LONGEST_NETWORK4 = '255.255.255.255/32'.length;
/** A text that is not ASCII. */
const WIDE = 0xfffe;
/** A whole page. */
const WHOLE = 0xffff;
/** The bits of a form. */
const FORM = 0xffff;

/** Where so much of a stretch is needed, it is copied as a whole. */
const MOST = 0.7;

/** Bytes of ASCII, or their text. */
type Page = Uint8Array | string;

const decoder = new TextDecoder();

/** Rows by the order in which they came. */
export class IndicatorRows {
  #rows = new Uint32Array(FIRST_SIZE * WIDTH);
  #size = 0;
  /** Bytes of ASCII, as they were put in; from when one of its texts is first asked for a page is a text itself. */
  readonly #pages: Page[] = [];
  /** How much of the last page is filled, and how much there is of it. */
  #used = 0;
  #room = 0;
  /** The text of the last page, as far as it was when it was asked for. */
  #last = '';
  /** The texts that are not ASCII: few values are. */
  readonly #wide = new Map<number, string>();
  readonly #ascii = new AsciiBuffer();

  get size(): number {
    return this.#size;
  }

  /** Makes room for so many in all. */
  reserve(size: number): void {
    if (size * WIDTH > this.#rows.length) this.#rows = resized(this.#rows, size * WIDTH);
  }

  /** Adds a value that is a text of ASCII. */
  push(code: number, bytes: Uint8Array, from: number, to: number, context: number): void {
    const page = this.#pageFor(to - from);
    let end = this.#used;
    for (let at = from; at < to; at++) page[end++] = bytes[at] as number;
    this.#note(code, to - from, context);
  }

  /**
   * Copies the bytes in which the values of a batch stand, where most of them are texts that are likely new: `before`
   * is -1. Returns what is to be added to the offset of a text for its place, or undefined.
   */
  copyStretch({ bytes, count, starts, ends, prefixes, before }: ValueBatch): number | undefined {
    const from = starts[0] as number;
    const to = ends[count - 1] as number;
    let needed = 0;
    for (let at = 0; at < count; at++)
      if (before[at] === -1 && prefixes[at] === 0) needed += (ends[at] as number) - (starts[at] as number);
    if (to - from >= LONG || needed < (to - from) * MOST) return undefined;
    const page = this.#pageFor(to - from);
    page.set(bytes.subarray(from, to), this.#used);
    const place = (this.#pages.length - 1) * PAGE + this.#used;
    this.#used += to - from;
    return place - from;
  }

  /** Adds a row whose text was copied to a place before. */
  pushCopied(code: number, place: number, length: number, context: number): void {
    this.#add(code, place, length, context);
  }

  /** Adds an IPv4 address, or a network of them by its first one. */
  pushNetwork4(code: number, address: number, prefix: number, context: number): void {
    this.#add(code, address, NETWORK4 + prefix, context);
  }

  /** Adds a value that is not ASCII. */
  pushWide(code: number, text: string, context: number): void {
    this.#wide.set(this.size, text);
    this.#add(code, 0, WIDE, context);
  }

  /** Whether the value is ASCII. */
  isAscii(index: number): boolean {
    return this.#form(index) !== WIDE;
  }

  /** The code of the kind. */
  code(index: number): number {
    return (this.#rows[index * WIDTH + 1] as number) >>> 16;
  }

  /** The number of the context. */
  context(index: number): number {
    return this.#rows[index * WIDTH + 2] as number;
  }

  setContext(index: number, context: number): void {
    this.#rows[index * WIDTH + 2] = context;
  }

  /** The text of the value. */
  at(index: number): string {
    const place = this.#place(index);
    const form = this.#form(index);
    if (form < LONG) {
      const start = place & LOWER;
      return this.#textOf(place >>> 16, start + form).slice(start, start + form);
    }
    if (form <= LAST_NETWORK4) return formatNetwork4(place, form - NETWORK4);
    return form === WIDE ? (this.#wide.get(index) as string) : this.#textOf(place >>> 16, LONG);
  }

  /** The length of the prefix of what is an IPv4 address or network, 0 of any other value. */
  prefix4(index: number): number {
    const form = this.#form(index);
    return form > NETWORK4 && form <= LAST_NETWORK4 ? form - NETWORK4 : 0;
  }

  /** The first address of what has a `prefix4`. */
  address4(index: number): number {
    return this.#place(index);
  }

  /** Writes a text to bytes from an offset on. Returns the offset behind it, or -1 where it is not ASCII. There must be room. */
  copy(index: number, to: Uint8Array, offset: number): number {
    const place = this.#place(index);
    const form = this.#form(index);
    if (form < LONG) return copied(this.#pages[place >>> 16] as Page, place & LOWER, form, to, offset);
    if (form <= LAST_NETWORK4) return writeNetwork4(place, form - NETWORK4, to, offset);
    if (form === WIDE) return -1;
    const page = this.#pages[place >>> 16] as Page;
    return copied(page, 0, page.length, to, offset);
  }

  /** Some of the texts, one behind another. */
  joined(indexes: Uint32Array): JoinedTexts {
    const starts = new Uint32Array(indexes.length + 1);
    const bytes = new Uint8Array(indexes.reduce((sum, index) => sum + this.room(index), 0));
    for (let at = 0; at < indexes.length; at++) {
      const end = this.copy(indexes[at] as number, bytes, starts[at] as number);
      if (end < 0) return joinedTexts(Array.from(indexes, (index) => this.at(index)));
      starts[at + 1] = end;
    }
    return { units: bytes.subarray(0, starts[indexes.length]), starts };
  }

  /** The bytes of a text of ASCII; no fewer, where it is made of a number. */
  room(index: number): number {
    const form = this.#form(index);
    if (form < LONG) return form;
    return form === WHOLE ? (this.#pages[this.#place(index) >>> 16] as Page).length : LONGEST_NETWORK4;
  }

  /** Whether a value is that at a place of a batch. */
  is(index: number, batch: ValueBatch, at: number): boolean {
    const prefix = batch.prefixes[at] as number;
    const length = (batch.ends[at] as number) - (batch.starts[at] as number);
    const form = prefix > 0 ? NETWORK4 + prefix : length < LONG ? length : WHOLE;
    if (this.#rows[index * WIDTH + 1] !== (((batch.codes[at] as number) << 16) | form)) return false;
    const place = this.#place(index);
    if (prefix > 0) return place === batch.addresses[at];
    const page = this.#pages[place >>> 16] as Page;
    if (form === WHOLE && page.length !== length) return false;
    return isAt(page, place & LOWER, batch.bytes, batch.starts[at] as number, length);
  }

  /**
   * Reads values that will be compared, some indexes being -1 for none, and tells something of them, since nothing is read whose
   * value nobody takes.
   */
  bringNear(indexes: Int32Array, count: number): number {
    let read = 0;
    for (let at = 0; at < count; at++) read |= this.#place(Math.max(indexes[at] as number, 0));
    for (let at = 0; at < count; at++) {
      const index = Math.max(indexes[at] as number, 0);
      if (this.#form(index) >= LONG) continue;
      const place = this.#place(index);
      const page = this.#pages[place >>> 16] as Page;
      if (typeof page !== 'string') read |= page[place & LOWER] as number;
    }
    return read;
  }

  /** The hash of a value that is ASCII. */
  hash(index: number): number {
    const place = this.#place(index);
    const prefix = this.prefix4(index);
    if (prefix > 0) return hashOfNetwork4(place, prefix);
    const form = this.#form(index);
    const page = this.#pages[place >>> 16] as Page;
    const start = place & LOWER;
    const end = form === WHOLE ? page.length : start + form;
    if (typeof page !== 'string') return hashOf(this.code(index), page, start, end);
    this.#ascii.take(page.slice(start, end));
    return hashOf(this.code(index), this.#ascii.bytes, 0, end - start);
  }

  /** The same rows in another order, which names the place of each once: memory is read fastest from front to back. */
  arranged(order: Uint32Array): IndicatorRows {
    const rows = new IndicatorRows();
    rows.reserve(order.length);
    for (let at = 0; at < order.length; at++) rows.#take(this, order[at] as number);
    return rows;
  }

  /** Adds a row of others. */
  #take(other: IndicatorRows, index: number): void {
    const place = other.#place(index);
    const form = other.#form(index);
    const code = other.code(index);
    const context = other.context(index);
    if (form === WIDE) this.pushWide(code, other.#wide.get(index) as string, context);
    else if (form >= LONG && form !== WHOLE) this.#add(code, place, form, context);
    else {
      const length = form === WHOLE ? (other.#pages[place >>> 16] as Page).length : form;
      other.copy(index, this.#pageFor(length), this.#used);
      this.#note(code, length, context);
    }
  }

  #place(index: number): number {
    return this.#rows[index * WIDTH] as number;
  }

  #form(index: number): number {
    return (this.#rows[index * WIDTH + 1] as number) & FORM;
  }

  /** The last page, with room for a text of so many characters. */
  #pageFor(length: number): Uint8Array {
    if (length >= LONG) this.#turn(length);
    else if (this.#used + length >= this.#room) this.#turn(PAGE);
    return this.#pages[this.#pages.length - 1] as Uint8Array;
  }

  /** Begins a page of so many characters. */
  #turn(room: number): void {
    const last = this.#pages.length - 1;
    if (last >= 0 && this.#used < this.#room)
      this.#pages[last] = (this.#pages[last] as Uint8Array).subarray(0, this.#used);
    this.#pages.push(new Uint8Array(room));
    this.#used = 0;
    this.#room = room;
    this.#last = '';
  }

  /** Notes the text that was written behind the others of the last page. */
  #note(code: number, length: number, context: number): void {
    this.#add(code, (this.#pages.length - 1) * PAGE + this.#used, length < LONG ? length : WHOLE, context);
    this.#used += length;
  }

  #add(code: number, place: number, form: number, context: number): void {
    const row = this.#size++ * WIDTH;
    if (row === this.#rows.length) this.reserve(grownSize(this.#size));
    this.#rows[row] = place;
    this.#rows[row + 1] = (code << 16) | form;
    this.#rows[row + 2] = context;
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

/** Writes a stretch of a page, and returns the offset behind it. */
function copied(page: Page, start: number, length: number, to: Uint8Array, offset: number): number {
  const end = start + length;
  let at = offset;
  if (typeof page === 'string') for (let from = start; from < end; from++) to[at++] = page.charCodeAt(from);
  else for (let from = start; from < end; from++) to[at++] = page[from] as number;
  return at;
}

/** Whether so many bytes stand at an offset of a page. */
function isAt(page: Page, start: number, bytes: Uint8Array, from: number, length: number): boolean {
  const end = start + length;
  let other = from;
  if (typeof page === 'string') {
    for (let at = start; at < end; at++) if (page.charCodeAt(at) !== bytes[other++]) return false;
  } else {
    for (let at = start; at < end; at++) if (page[at] !== bytes[other++]) return false;
  }
  return true;
}
