/** Gathers one part of what the inputs say. All is read; what belongs to other parts is dropped, and counted on the way. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { Column } from '../indicators/column.ts';
import type { Kind } from '../indicators/kind.ts';
import { AT_ONCE, ValueBatch } from '../indicators/value-batch.ts';
import { Collector } from '../source/collector.ts';
import { type Shard, shardAt, shardOf } from './shard-of.ts';

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
  /** What is of this part in a batch, and where it stands there. */
  readonly #own = new ValueBatch();
  readonly #places = new Uint8Array(AT_ONCE);

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
    this.#begin(file);
    const ordinal = this.#seen++;
    if (shardOf(kind, value, this.#shard.of) !== this.#shard.number) return -1;
    const before = super.join(kind, value, context, file, start, end);
    this.#note(ordinal, before);
    return before;
  }

  override joinAll(batch: ValueBatch, file: SourceFile, base: number): void {
    const { count, before } = batch;
    const { number, of } = this.#shard;
    const own = this.#own;
    this.#begin(file);
    own.bytes = batch.bytes;
    own.count = 0;
    before.fill(-1, 0, count);
    for (let at = 0; at < count; at++) {
      if (shardAt(batch, at, of) !== number) continue;
      this.#places[own.count] = at;
      own.pushFrom(batch, at);
    }
    super.joinAll(own, file, base);
    for (let at = 0; at < own.count; at++) {
      const place = this.#places[at] as number;
      before[place] = own.before[at] as number;
      this.#note(this.#seen + place, own.before[at] as number);
    }
    this.#seen += count;
  }

  /** Values of a file come now. */
  #begin(file: SourceFile): void {
    if (this.files.at(-1) === file) return;
    this.files.push(file);
    this.doubles.push(0);
  }

  /** Takes note of a value of this part, and of the index that it had before, or -1. */
  #note(ordinal: number, before: number): void {
    if (before < 0) this.ordinals.push(ordinal);
    else this.doubles[this.doubles.length - 1] = (this.doubles.at(-1) ?? 0) + 1;
  }

  override expect(more: number): void {
    super.expect(Math.ceil(more / this.#shard.of));
  }

  /** What was told, but that this part is empty: another one may not be. */
  get told(): Diagnostic[] {
    return this.diagnostics.filter(({ code }) => code !== 'RF218');
  }
}
