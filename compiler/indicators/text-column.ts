/**
 * A column of texts that grows. Texts stand one behind another in pages, so a million short ones take little more than their
 * characters; a text that is asked for is a slice of its page, which costs no copy.
 */

import { Column } from './column.ts';

/** Characters of a page: where a text begins in it is the lower half of its place. */
const PAGE = 0x10000;

/** Texts by the order in which they came. */
export class TextColumn {
  /** The number of the page in the upper half, where the text begins in it in the lower. */
  readonly #places = new Column((size) => new Uint32Array(size));
  readonly #pages: string[] = [];
  /** The texts of the page that is being filled. */
  #open: string[] = [];
  #openLength = 0;
  #openFirst = 0;

  get size(): number {
    return this.#places.size;
  }

  push(text: string): void {
    // A text that is longer than a page has one of its own.
    if (this.#openLength > 0 && this.#openLength + text.length >= PAGE) this.#close();
    this.#places.push(this.#pages.length * PAGE + this.#openLength);
    this.#open.push(text);
    this.#openLength += text.length;
  }

  at(index: number): string {
    if (index >= this.#openFirst) return this.#open[index - this.#openFirst] as string;
    const place = this.#places.at(index);
    const page = this.#pages[place >>> 16] as string;
    const next = this.#places.at(index + 1);
    return page.slice(place & 0xffff, next >>> 16 === place >>> 16 ? next & 0xffff : page.length);
  }

  #close(): void {
    // Joined anew: the texts may be parts of larger ones, which need not be kept.
    this.#pages.push(this.#open.join(''));
    this.#openFirst += this.#open.length;
    this.#open = [];
    this.#openLength = 0;
  }
}
