/** Reads the records of a feed. Very many say the same beside their values: that is checked once. */

import type { SourceFile } from '../../diagnostics/source-file.ts';
import type { Context } from '../../indicators/context.ts';
import type { Kind } from '../../indicators/kind.ts';
import { type Defaults, RecordReader, readValue } from '../record-reader.ts';
import { KIND_KEYS } from '../schema.ts';
import { rawValues } from '../values.ts';
import type { MapNode, Node } from '../yaml-tree.ts';
import type { FeedSink } from './feed-sink.ts';

/** So many contexts are remembered: a feed may have another one in each record. */
const MOST_CONTEXTS = 4096;

/** The records of one feed. */
export class FeedRecords {
  readonly #sink: FeedSink;
  readonly #defaults: Defaults;
  /** Contexts of records without a finding, by what was written. */
  readonly #contexts = new Map<string, Context>();

  constructor(sink: FeedSink, defaults: Defaults) {
    this.#sink = sink;
    this.#defaults = defaults;
  }

  /** Reads a record. Its places are in `source`. */
  read(node: MapNode, source: SourceFile): void {
    const written = contextText(node, source);
    const known = written === undefined ? undefined : this.#contexts.get(written);
    if (known) this.#readValues(node, source, known);
    else {
      const context = new RecordReader(this.#sink, source, this.#defaults).readNode(node);
      if (context && written !== undefined && !this.#sink.hasFindings) this.#remember(written, context);
    }
  }

  #readValues(node: MapNode, source: SourceFile, context: Context): void {
    for (const { key, value } of node.entries) {
      if (!KIND_KEYS.has(key.text)) continue;
      for (const raw of rawValues(source, value)) readValue(this.#sink, key.text as Kind, raw, context);
    }
  }

  #remember(written: string, context: Context): void {
    if (this.#contexts.size >= MOST_CONTEXTS) this.#contexts.clear();
    this.#contexts.set(written, context);
  }
}

/**
 * All that a record says but for its values, as it is written. Undefined where the values need a check of their own: a
 * file with its hashes, or what is no text.
 */
function contextText({ entries }: MapNode, source: SourceFile): string | undefined {
  let text = '';
  for (const { key, value } of entries) {
    text += `${key.text}\n`;
    if (KIND_KEYS.has(key.text)) {
      if (key.text === 'file' || !isValues(value)) return undefined;
      continue;
    }
    // With the character on either side: a quote tells a text from a number. The length tells where the next key begins.
    const written = source.text.slice(Math.max(0, value.start - 1), value.end + 1);
    text += `${written.length} ${written}`;
  }
  return text;
}

function isValues(node: Node): boolean {
  if (node.type === 'seq') return node.items.length > 0 && node.items.every((item) => item.type === 'scalar');
  return node.type === 'scalar';
}
