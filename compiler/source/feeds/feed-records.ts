/** Reads the records of a feed. Very many say the same beside their values: that is checked once. */

import type { SourceFile } from '../../diagnostics/source-file.ts';
import type { ContextMemo } from '../context-memo.ts';
import { type Defaults, RecordReader } from '../record-reader.ts';
import type { MapNode } from '../yaml-tree.ts';
import type { FeedSink } from './feed-sink.ts';

/** The records of one feed. */
export class FeedRecords {
  readonly #sink: FeedSink;
  readonly #defaults: Defaults;
  readonly memo: ContextMemo | undefined;

  constructor(sink: FeedSink, defaults: Defaults, memo: ContextMemo | undefined) {
    this.#sink = sink;
    this.#defaults = defaults;
    this.memo = memo;
  }

  /** Reads a record. Its places are in `source`. */
  read(node: MapNode, source: SourceFile): void {
    new RecordReader(this.#sink, source, this.#defaults, this.memo).readNode(node);
  }
}
