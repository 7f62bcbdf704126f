/** Values of records that are read by byte, and wait to be added: see `feeds/waiting.ts`. */

import type { SourceFile } from '../diagnostics/source-file.ts';
import type { Kind } from '../indicators/kind.ts';
import { kindCode } from '../indicators/set.ts';
import { type AsciiValue, hashOf } from '../indicators/value-index.ts';
import type { Collector } from './collector.ts';
import { Waiting } from './feeds/waiting.ts';

const NOTHING = new Uint8Array(0);

/** Those of one file. */
export class WaitingRecords {
  readonly #collector: Collector;
  readonly #file: SourceFile;
  readonly #waiting = new Waiting();
  #bytes: Uint8Array = NOTHING;
  #base = 0;
  /** The one that is being added. */
  readonly #value: AsciiValue = { code: 0, bytes: NOTHING, from: 0, to: 0, hash: 0 };

  constructor(collector: Collector, file: SourceFile) {
    this.#collector = collector;
    this.#file = file;
  }

  /** Takes a value that is a stretch of bytes, in the file so many characters farther; they must stay until `addAll`. */
  push(kind: Kind, bytes: Uint8Array, from: number, to: number, context: number, base: number): void {
    const waiting = this.#waiting;
    if (waiting.full || base !== this.#base || bytes !== this.#bytes) this.addAll();
    this.#bytes = bytes;
    this.#base = base;
    const at = waiting.count++;
    const code = kindCode(kind);
    waiting.codes[at] = code;
    waiting.contexts[at] = context;
    waiting.starts[at] = from;
    waiting.ends[at] = to;
    waiting.hashes[at] = hashOf(code, bytes, from, to);
  }

  /** Adds all that wait. */
  addAll(): void {
    const { count, codes, contexts, starts, ends, hashes } = this.#waiting;
    this.#collector.indicators.bringNear(hashes, count);
    const value = this.#value;
    value.bytes = this.#bytes;
    for (let at = 0; at < count; at++) {
      value.code = codes[at] as number;
      value.from = starts[at] as number;
      value.to = ends[at] as number;
      value.hash = hashes[at] as number;
      this.#collector.addAscii(value, contexts[at] as number, this.#file, this.#base);
    }
    this.#waiting.count = 0;
  }
}
