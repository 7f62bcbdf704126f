/**
 * Lines of NDJSON as programs write them: one object without blanks and escapes, one indicator, and context that the memo
 * knows. They are read without a tree. Where a line is any other, nothing is read and nothing told.
 */

import { isCanonical } from '../../indicators/canonical.ts';
import { KINDS, type Kind } from '../../indicators/kind.ts';
import type { ContextMemo } from '../context-memo.ts';
import { readValue } from '../record-reader.ts';
import type { FeedSink } from './feed-sink.ts';
import type { Block } from './lines.ts';
import { type Units, UnitTable } from './unit-table.ts';

const KIND_NAMES: ReadonlyMap<string, Kind> = new Map(KINDS.map((kind) => [kind, kind]));

const [OPEN, CLOSE, QUOTE, COLON, COMMA] = [0x7b, 0x7d, 0x22, 0x3a, 0x2c];
const [LIST, LIST_END] = [0x5b, 0x5d];
/** What a string of JSON does not hold as it is, but for its quotes. */
const ESCAPED = /[\\\u0000-\u001f]/;

/** Reads the plain lines of one feed. */
export class PlainJson {
  readonly #memo: ContextMemo;
  readonly #sink: FeedSink;
  /** The indicator of the line that is being read, and where its text stands. */
  #kind: Kind | undefined;
  #start = 0;
  #end = 0;
  /** The hash of the key that is being read, and of what stands behind it. */
  #hash = 0;
  /** How many keys stood before the indicator of the last line: there it is looked for first. */
  #usual = 0;

  constructor(memo: ContextMemo, sink: FeedSink) {
    this.#memo = memo;
    this.#sink = sink;
  }

  /** Reads a line, if it is a plain one whose words are known. Tells whether it did. */
  read(block: Block, from: number, to: number): boolean {
    const state = this.#state(block, from, to);
    const kind = this.#kind;
    if (state < 0 || !kind || (kind !== 'domain' && this.#memo.saysMatch(state))) return false;
    const context = this.#memo.contextAt(state);
    if (context === undefined) return false;
    const text = block.text.slice(this.#start, this.#end);
    if (isCanonical(kind, text)) this.#sink.addPlain(kind, text, context, this.#start, this.#end);
    else if (ESCAPED.test(text)) return false;
    else {
      const { file } = this.#sink;
      const span = { file, start: block.start + this.#start, end: block.start + this.#end };
      readValue(this.#sink, kind, { text, span, exact: true }, context);
      this.#sink.end([this.#sink.line()]);
    }
    return true;
  }

  /** What the memo makes of the context of a line, or -1 where the line is no plain one. Finds its indicator. */
  #state(block: Block, from: number, to: number): number {
    const memo = this.#memo;
    const { units } = block;
    this.#kind = undefined;
    let state = memo.begin();
    let at = from;
    for (let keys = 0; units[at] === (keys === 0 ? OPEN : COMMA); keys++) {
      const start = at + 1;
      const colon = this.#keyEnd(units, start, to);
      if (colon < 0) return -1;
      if (keys === this.#usual && this.#takeIndicator(block, start, colon, to)) at = this.#end + 1;
      else {
        at = this.#valueEnd(units, colon + 1, to);
        const said = at < 0 ? null : memo.json(block, start, at, this.#hash);
        if (said) state = memo.follow(state, said);
        else if (this.#takeIndicator(block, start, colon, to)) {
          this.#usual = keys;
          at = this.#end + 1;
        } else return -1;
        if (state < 0) return -1;
      }
    }
    return units[at] === CLOSE && at + 1 === to ? state : -1;
  }

  /** The colon behind the key in quotes that begins at an offset, or -1. Hashes what is before it. */
  #keyEnd(units: Units, start: number, to: number): number {
    if (units[start] !== QUOTE) return -1;
    let hash = UnitTable.start;
    let at = start + 1;
    for (; at < to && units[at] !== QUOTE; at++) hash = UnitTable.hashed(hash, units[at] as number);
    this.#hash = hash;
    return units[at + 1] === COLON && at + 1 < to ? at + 1 : -1;
  }

  /** Where a text or a list ends that begins at an offset, or what else stands before a comma or the brace; -1 where it does not. Hashes it on. */
  #valueEnd(units: Units, start: number, to: number): number {
    const first = units[start];
    const last = first === QUOTE ? QUOTE : first === LIST ? LIST_END : COMMA;
    let hash = this.#hash;
    let at = start;
    do {
      hash = UnitTable.hashed(hash, units[at] as number);
      at += 1;
    } while (at < to && units[at] !== last && (last !== COMMA || units[at] !== CLOSE));
    this.#hash = hash;
    if (at >= to) return -1;
    return last === COMMA ? at : at + 1;
  }

  /** Takes a key and the text behind its colon as the indicator, if it is the first one. */
  #takeIndicator({ text, units }: Block, start: number, colon: number, to: number): boolean {
    if (this.#kind || units[colon + 1] !== QUOTE) return false;
    const end = text.indexOf('"', colon + 2);
    if (end < 0 || end >= to) return false;
    this.#kind = KIND_NAMES.get(text.slice(start + 1, colon - 1));
    this.#start = colon + 2;
    this.#end = end;
    return this.#kind !== undefined;
  }
}
