/** Values of records that are read by byte, and wait to be added: see `indicators/value-batch.ts`. */

import type { SourceFile } from '../diagnostics/source-file.ts';
import type { Canonical } from '../indicators/canonical.ts';
import { ValueBatch } from '../indicators/value-batch.ts';
import type { Collector } from './collector.ts';

/** Those of one file. */
export class WaitingRecords {
  readonly #collector: Collector;
  readonly #file: SourceFile;
  readonly #batch = new ValueBatch();
  #base = 0;

  constructor(collector: Collector, file: SourceFile) {
    this.#collector = collector;
    this.#file = file;
  }

  /** Takes a value that is a stretch of bytes, in the file so many characters farther; they must stay until `addAll`. */
  push(value: Canonical, bytes: Uint8Array, from: number, to: number, context: number, base: number): void {
    const batch = this.#batch;
    if (batch.full || base !== this.#base || bytes !== batch.bytes) this.addAll();
    batch.bytes = bytes;
    this.#base = base;
    batch.push(value, from, to, context);
  }

  /** Adds all that wait. */
  addAll(): void {
    this.#collector.addAll(this.#batch, this.#file, this.#base);
    this.#batch.count = 0;
  }
}
