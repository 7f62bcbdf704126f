/** Gathers one part of what the inputs say. All is read; what belongs to other parts is dropped, and counted on the way. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { Column } from '../indicators/column.ts';
import { KINDS, type Kind } from '../indicators/kind.ts';
import type { ValueBatch } from '../indicators/value-batch.ts';
import { Collector } from '../source/collector.ts';
import { type Shard, shardOf } from './shard-of.ts';

const decoder = new TextDecoder();

/** A part, with what puts it in order with the others. */
export class ShardCollector extends Collector {
  /** By index: how many values stood in all inputs before the indicator was first listed. Every part counts alike. */
  readonly ordinals = new Column((size) => new Uint32Array(size));
  /** The files that held values, in the order of reading: the same in every part. */
  readonly files: SourceFile[] = [];
  /** For each of them, how many values of this part were listed before. */
  readonly doubles: number[] = [];
  readonly #shard: Shard;
  #seen = 0;

  constructor(shard: Shard) {
    super();
    this.#shard = shard;
  }

  override join(
    kind: Kind,
    value: string,
    context: number,
    file: SourceFile,
    start: number,
    end: number,
  ): number {
    const ordinal = this.#seen++;
    if (this.files.at(-1) !== file) {
      this.files.push(file);
      this.doubles.push(0);
    }
    if (shardOf(kind, value, this.#shard.of) !== this.#shard.number) return -1;
    const before = super.join(kind, value, context, file, start, end);
    if (before < 0) this.ordinals.push(ordinal);
    else this.doubles[this.doubles.length - 1] = (this.doubles.at(-1) ?? 0) + 1;
    return before;
  }

  /** The text of a value tells its part. */
  override joinAll(batch: ValueBatch, file: SourceFile, base: number): void {
    const { bytes, count, codes, starts, ends, contexts, before } = batch;
    for (let at = 0; at < count; at++) {
      const [from, to] = [starts[at] as number, ends[at] as number];
      const kind = KINDS[codes[at] as number] as Kind;
      const text = decoder.decode(bytes.subarray(from, to));
      before[at] = this.join(kind, text, contexts[at] as number, file, base + from, base + to);
    }
  }

  override expect(more: number): void {
    super.expect(Math.ceil(more / this.#shard.of));
  }

  /** What was told, but that this part is empty: another one may not be. */
  get told(): Diagnostic[] {
    return this.diagnostics.filter(({ code }) => code !== 'RF218');
  }
}
