/**
 * A column of texts that grows. Texts stand one behind another in pages, so a million short ones take little more than their
 * characters; a text that is asked for is a slice of its page, which costs no copy.
 */

import { Column } from './column.ts';

/** Characters of a page: where a text begins in it is the lower half of its place. */
const PAGE = 0x10000;
/** The length that stands for a whole page. */
const WHOLE = PAGE - 1;

/** Texts by the order in which they came. */
export class TextColumn {
  /** The number of the page in the upper half, where the text begins in it in the lower. */
  readonly #places = new Column((size) => new Uint32Array(size));
  readonly #lengths = new Column((size) => new Uint16Array(size));
  readonly #pages: string[] = [];
  /** The texts of the page that is being filled. */
  #open: string[] = [];
  #openLength = 0;
  #openFirst = 0;

  get size(): number {
    return this.#places.size;
  }

  push(text: string): void {
    this.#makeRoom(text);
    this.#places.push(this.#nextPlace);
    this.#lengths.push(Math.min(text.length, WHOLE));
    this.#write(text);
  }

  at(index: number): string {
    if (index >= this.#openFirst) return this.#open[index - this.#openFirst] as string;
    const place = this.#places.at(index);
    const page = this.#pages[place >>> 16] as string;
    const length = this.#lengths.at(index);
    const start = place & 0xffff;
    return length === WHOLE ? page : page.slice(start, start + length);
  }

  /** The same texts in another order, which names the place of each once: memory is read fastest from front to back. */
  arranged(order: Uint32Array): TextColumn {
    const column = new TextColumn();
    for (let at = 0; at < order.length; at++) column.push(this.at(order[at] as number));
    // Else the last ones would keep the pages of this column in memory.
    column.#close();
    return column;
  }

  get #nextPlace(): number {
    return this.#pages.length * PAGE + this.#openLength;
  }

  /** A text that is longer than a page has one of its own. */
  #makeRoom(text: string): void {
    if (this.#openLength > 0 && this.#openLength + text.length >= PAGE) this.#close();
  }

  #write(text: string): void {
    this.#open.push(text);
    this.#openLength += text.length;
  }

  #close(): void {
    // Joined anew: the texts may be parts of larger ones, which need not be kept.
    this.#pages.push(this.#open.join(''));
    this.#openFirst += this.#open.length;
    this.#open = [];
    this.#openLength = 0;
  }
}
