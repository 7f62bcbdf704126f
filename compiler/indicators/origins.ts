/** Where indicators are defined, as columns: they are many, and few of their places are asked for. */

import type { Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { arranged, FIRST_SIZE, grownSize, resized } from './column.ts';
import { NarrowColumn } from './narrow-column.ts';

/** Spans of so many characters and more are kept apart. */
const LONG = 0xffff;

/** Spans, one after another, until they are put into another order. */
export class Origins {
  #size = 0;
  /** Those of one file follow one another: where each run begins, and its file. */
  readonly #runs: { first: number; file: SourceFile }[] = [];
  /** The numbers of their runs, once they are in another order; undefined where there is one. */
  #runOf: NarrowColumn | undefined;
  #lastFile: SourceFile | undefined;
  #starts = new Uint32Array(FIRST_SIZE);
  #lengths = new Uint16Array(FIRST_SIZE);
  #longLengths = new Map<number, number>();

  push(file: SourceFile, start: number, end: number): void {
    const place = this.#size++;
    if (place === this.#starts.length) this.#resize(grownSize(place));
    if (file !== this.#lastFile) {
      this.#runs.push({ first: place, file });
      this.#lastFile = file;
    }
    this.#starts[place] = start;
    if (end - start < LONG) this.#lengths[place] = end - start;
    else {
      this.#lengths[place] = LONG;
      this.#longLengths.set(place, end - start);
    }
  }

  at(place: number): Span {
    const start = this.#starts[place] as number;
    const length = this.#longLengths.get(place) ?? (this.#lengths[place] as number);
    const run = this.#runOf ? this.#runOf.at(place) : this.#runAt(place);
    return { file: this.#runs[run]?.file as SourceFile, start, end: start + length };
  }

  /**
   * Puts the spans into another order, which names the place of each once; `places` has by the former ones where they
   * are now. No more are to come.
   */
  arrange(order: Uint32Array, places: Uint32Array): void {
    if (this.#runs.length > 1) {
      this.#runOf = new NarrowColumn(order.length);
      for (let at = 0; at < order.length; at++) this.#runOf.set(at, this.#runAt(order[at] as number));
    }
    this.#starts = arranged(this.#starts, order);
    this.#lengths = arranged(this.#lengths, order);
    this.#longLengths = new Map(
      Array.from(this.#longLengths, ([place, length]) => [places[place] as number, length]),
    );
  }

  /** Makes room for so many in all. */
  reserve(size: number): void {
    if (size > this.#starts.length) this.#resize(size);
  }

  #resize(size: number): void {
    this.#starts = resized(this.#starts, size);
    this.#lengths = resized(this.#lengths, size);
  }

  /** The number of the run of a place, by the order in which they came. */
  #runAt(place: number): number {
    let low = 0;
    let high = this.#runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#runs[middle]?.first as number) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
