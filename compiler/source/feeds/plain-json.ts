/**
 * Lines of NDJSON as programs write them: one object without blanks and escapes, one indicator, and context that the memo
 * knows. They are read by byte, without a tree. Where a line is any other, nothing is read and nothing told.
 */

import { type Canonical, canonicalEnd } from '../../indicators/canonical.ts';
import type { Kind } from '../../indicators/kind.ts';
import { AT_ONCE } from '../../indicators/value-batch.ts';
import type { ContextMemo } from '../context-memo.ts';
import { type KindKey, KindKeys } from '../kind-keys.ts';
import { readValue } from '../record-reader.ts';
import { ByteTable } from './byte-table.ts';
import type { FeedSink } from './feed-sink.ts';
import { type Ascii, contentEnd, lineEnd, SURELY_FITS } from './lines.ts';

const [OPEN, CLOSE, QUOTE, COLON, COMMA] = [0x7b, 0x7d, 0x22, 0x3a, 0x2c];
const [LIST, LIST_END] = [0x5b, 0x5d];
/** What a string of JSON does not hold as it is, but for its quotes. */
const ESCAPED = /[\\\u0000-\u001f]/;

/** So many ends of lines are remembered, and bytes of them. */
const MOST_ENDS = 1 << 17;
const MOST_BYTES_OF_ENDS = 1 << 24;

/** As a line has them behind the first quote. */
const KIND_KEYS = new KindKeys('":"');

/** Reads the plain lines of one feed. */
export class PlainJson {
  readonly #memo: ContextMemo;
  readonly #sink: FeedSink;
  /**
   * What stands behind indicators that are the first of their lines, and the number of the context that it says. An
   * indicator in plain text cannot change it.
   */
  readonly #ends = new ByteTable(MOST_ENDS, MOST_BYTES_OF_ENDS);
  /** The indicator of the line that is being read, and where its text stands. */
  #key: KindKey | undefined;
  readonly #value: Canonical = { code: 0, prefix: 0, address: 0 };
  #start = 0;
  #end = 0;
  /** How many keys stood before the indicator of the last line: there it is looked for first. */
  #usual = 0;

  constructor(memo: ContextMemo, sink: FeedSink) {
    this.#memo = memo;
    this.#sink = sink;
  }

  /**
   * Reads lines from the one that begins at an offset, as long as they are plain ones whose words are known, and at
   * most so many as are added at once. Returns where the first begins that was not read.
   */
  readLines(ascii: Ascii, from: number): number {
    let at = from;
    for (let lines = 0; lines < AT_ONCE && at <= ascii.bytes.length; lines++) {
      const to = this.#read(ascii, at);
      if (to < 0) return at;
      at = to + 1;
    }
    return at;
  }

  /** Reads the line that begins at an offset, if it is such a one. Returns where it ends, or -1. */
  #read(ascii: Ascii, from: number): number {
    const { bytes } = ascii;
    if (bytes[from] !== OPEN) return -1;
    const to = lineEnd(ascii, from);
    const end = contentEnd(bytes, from, to);
    if (end - from > SURELY_FITS) return -1;
    const context = this.#context(ascii, from, end);
    const key = this.#key;
    if (context < 0 || !key) return -1;
    const value = this.#value;
    if (canonicalEnd(key.code, bytes, this.#start, this.#end, value) === this.#end) {
      this.#sink.begin(from);
      this.#sink.addAscii(value, context, this.#start, this.#end);
    } else if (!this.#readText(bytes, from, key.kind, context)) return -1;
    return to;
  }

  /** Reads the indicator as a text. Tells whether it is written without escapes. */
  #readText(bytes: Uint8Array, line: number, kind: Kind, context: number): boolean {
    const text = String.fromCharCode(...bytes.subarray(this.#start, this.#end));
    if (ESCAPED.test(text)) return false;
    const sink = this.#sink;
    sink.begin(line);
    const span = { file: sink.file, start: sink.offset(this.#start), end: sink.offset(this.#end) };
    readValue(sink, kind, { text, span, exact: true }, context);
    sink.end([sink.line()]);
    return true;
  }

  /** The number of the context of a line, or -1 where the line is no plain one. Finds its indicator. */
  #context({ bytes, view }: Ascii, from: number, to: number): number {
    this.#key = undefined;
    const first = this.#usual === 0 && this.#takeIndicator(bytes, from + 1, to);
    const known = first ? this.#ends.find(view, this.#end, to) : -1;
    if (known >= 0) return known;
    this.#key = undefined;
    const state = this.#state(bytes, view, from, to);
    if (state < 0) return -1;
    const says = this.#memo.saysMatch(state);
    const context = says && this.#kind !== 'domain' ? undefined : this.#memo.contextAt(state);
    if (context === undefined) return -1;
    if (first && !says) this.#ends.add(view, this.#end, to, context);
    return context;
  }

  get #kind(): Kind | undefined {
    return this.#key?.kind;
  }

  /** What the memo makes of the context of a line, or -1. Finds its indicator. */
  #state(bytes: Uint8Array, view: DataView, from: number, to: number): number {
    let state = this.#memo.begin();
    let at = from;
    for (let keys = 0; bytes[at] === (keys === 0 ? OPEN : COMMA) && at < to; keys++) {
      const start = at + 1;
      if (keys === this.#usual && this.#takeIndicator(bytes, start, to)) {
        at = this.#end + 1;
        continue;
      }
      at = endOfEntry(bytes, start, to);
      if (at < 0) return -1;
      const said = this.#memo.json(view, start, at);
      if (said) state = this.#memo.follow(state, said);
      else {
        if (!this.#takeIndicator(bytes, start, to)) return -1;
        this.#usual = keys;
        at = this.#end + 1;
      }
      if (state < 0) return -1;
    }
    return at + 1 === to && bytes[at] === CLOSE ? state : -1;
  }

  /** Takes the key that begins at an offset and the text behind it as the indicator, if it is the first one. */
  #takeIndicator(bytes: Uint8Array, start: number, to: number): boolean {
    if (this.#key || bytes[start] !== QUOTE) return false;
    const key = KIND_KEYS.at(bytes, start + 1);
    if (!key) return false;
    const from = start + 1 + key.bytes.length;
    const end = find(bytes, QUOTE, from, to);
    if (end < 0) return false;
    this.#key = key;
    this.#start = from;
    this.#end = end;
    return true;
  }
}

/**
 * Where a key and its value end that begin at an offset, if the value is a text, a list or a word and no part of it
 * escaped. Else -1.
 */
function endOfEntry(bytes: Uint8Array, start: number, to: number): number {
  const keyEnd = find(bytes, QUOTE, start + 1, to);
  if (bytes[start] !== QUOTE || keyEnd < 0 || bytes[keyEnd + 1] !== COLON) return -1;
  const from = keyEnd + 2;
  const first = bytes[from];
  if (first === QUOTE) return find(bytes, QUOTE, from + 1, to) + 1 || -1;
  if (first === LIST) return find(bytes, LIST_END, from + 1, to) + 1 || -1;
  let at = from;
  while (at < to && bytes[at] !== COMMA && bytes[at] !== CLOSE) at++;
  return at < to ? at : -1;
}

/** Where a byte stands between two offsets, or -1. */
function find(bytes: Uint8Array, byte: number, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] !== byte) at++;
  return at < to ? at : -1;
}
