/** Where indicators are defined, as columns: they are many, and few of their places are asked for. */

import type { Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { FIRST_SIZE, grownSize, resized } from './column.ts';

/** Spans of so many characters and more are kept apart. */
const LONG = 0xffff;

/** Spans, one after another. */
export class Origins {
  #size = 0;
  /** Those of one file follow one another: where each run begins, and its file. */
  readonly #runs: { first: number; file: SourceFile }[] = [];
  #lastFile: SourceFile | undefined;
  #starts = new Uint32Array(FIRST_SIZE);
  #lengths = new Uint16Array(FIRST_SIZE);
  readonly #longLengths = new Map<number, number>();

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
    return { file: this.#fileOf(place), start, end: start + length };
  }

  /** Makes room for so many in all. */
  reserve(size: number): void {
    if (size > this.#starts.length) this.#resize(size);
  }

  #resize(size: number): void {
    this.#starts = resized(this.#starts, size);
    this.#lengths = resized(this.#lengths, size);
  }

  #fileOf(place: number): SourceFile {
    let low = 0;
    let high = this.#runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#runs[middle]?.first as number) <= place) low = middle;
      else high = middle - 1;
    }
    return this.#runs[low]?.file as SourceFile;
  }
}
