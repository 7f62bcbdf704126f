/**
 * Lines of NDJSON as programs write them: one object without blanks and escapes, one indicator, and context that the memo
 * knows. They are read without a tree. Where a line is any other, nothing is read and nothing told.
 */

import { isCanonical } from '../../indicators/canonical.ts';
import { KINDS, type Kind } from '../../indicators/kind.ts';
import type { ContextMemo } from '../context-memo.ts';
import { readValue } from '../record-reader.ts';
import { ByteTable } from './byte-table.ts';
import type { FeedSink } from './feed-sink.ts';
import type { Block } from './lines.ts';

const KIND_NAMES: ReadonlyMap<string, Kind> = new Map(KINDS.map((kind) => [kind, kind]));

const [OPEN, CLOSE, QUOTE, COLON, COMMA] = [0x7b, 0x7d, 0x22, 0x3a, 0x2c];
const LIST = 0x5b;
/** What a string of JSON does not hold as it is, but for its quotes. */
const ESCAPED = /[\\\u0000-\u001f]/;

/** So many ends of lines are remembered, and bytes of them. */
const MOST_ENDS = 1 << 17;
const MOST_BYTES_OF_ENDS = 1 << 24;

/** Reads the plain lines of one feed. */
export class PlainJson {
  readonly #memo: ContextMemo;
  readonly #sink: FeedSink;
  /**
   * What stands behind indicators that are the first of their lines, and the number of the context that it says. An
   * indicator in plain text cannot change it.
   */
  readonly #ends = new ByteTable(MOST_ENDS, MOST_BYTES_OF_ENDS);
  /** The indicator of the line that is being read, and where in the line its text stands. */
  #kind: Kind | undefined;
  #start = 0;
  #end = 0;
  /** How many keys stood before the indicator of the last line: there it is looked for first. */
  #usual = 0;

  constructor(memo: ContextMemo, sink: FeedSink) {
    this.#memo = memo;
    this.#sink = sink;
  }

  /** Reads a line of ASCII, if it is a plain one whose words are known. Tells whether it did. */
  read(text: string, { ascii, start }: Block, from: number): boolean {
    if (!ascii || text.charCodeAt(0) !== OPEN) return false;
    const context = this.#context(text, ascii, from);
    const kind = this.#kind;
    if (context < 0 || !kind) return false;
    const value = text.slice(this.#start, this.#end);
    if (isCanonical(kind, value)) {
      this.#sink.addPlain(kind, value, context, from + this.#start, from + this.#end);
      return true;
    }
    if (ESCAPED.test(value)) return false;
    const { file } = this.#sink;
    const span = { file, start: start + from + this.#start, end: start + from + this.#end };
    readValue(this.#sink, kind, { text: value, span, exact: true }, context);
    this.#sink.end([this.#sink.line()]);
    return true;
  }

  /** The number of the context of a line, or -1 where the line is no plain one. Finds its indicator. */
  #context(text: string, ascii: DataView, from: number): number {
    this.#kind = undefined;
    const first = this.#usual === 0 && this.#takeIndicator(text, 1);
    const to = from + text.length;
    const known = first ? this.#ends.find(ascii, from + this.#end, to) : -1;
    if (known >= 0) return known;
    this.#kind = undefined;
    const state = this.#state(text, ascii, from);
    if (state < 0) return -1;
    const says = this.#memo.saysMatch(state);
    const context = says && this.#kind !== 'domain' ? undefined : this.#memo.contextAt(state);
    if (context === undefined) return -1;
    if (first && !says) this.#ends.add(ascii, from + this.#end, to, context);
    return context;
  }

  /** What the memo makes of the context of a line, or -1. Finds its indicator. */
  #state(text: string, ascii: DataView, from: number): number {
    let state = this.#memo.begin();
    let at = 0;
    for (let keys = 0; text.charCodeAt(at) === (keys === 0 ? OPEN : COMMA); keys++) {
      const start = at + 1;
      if (keys === this.#usual && this.#takeIndicator(text, start)) {
        at = this.#end + 1;
        continue;
      }
      at = endOfEntry(text, start);
      if (at < 0) return -1;
      const said = this.#memo.json(ascii, from + start, from + at);
      if (said) state = this.#memo.follow(state, said);
      else {
        if (!this.#takeIndicator(text, start)) return -1;
        this.#usual = keys;
        at = this.#end + 1;
      }
      if (state < 0) return -1;
    }
    return text.charCodeAt(at) === CLOSE && at + 1 === text.length ? state : -1;
  }

  /** Takes the key that begins at an offset and the text behind it as the indicator, if it is the first one. */
  #takeIndicator(text: string, start: number): boolean {
    if (this.#kind || text.charCodeAt(start) !== QUOTE) return false;
    const keyEnd = text.indexOf('"', start + 1);
    if (text.charCodeAt(keyEnd + 1) !== COLON || text.charCodeAt(keyEnd + 2) !== QUOTE) return false;
    const end = text.indexOf('"', keyEnd + 3);
    if (end < 0) return false;
    this.#kind = KIND_NAMES.get(text.slice(start + 1, keyEnd));
    this.#start = keyEnd + 3;
    this.#end = end;
    return this.#kind !== undefined;
  }
}

/** Where a key and its value end that begin at an offset, if the value is a text, a list or a word and no part of it escaped. Else -1. */
function endOfEntry(text: string, start: number): number {
  const keyEnd = text.indexOf('"', start + 1);
  if (text.charCodeAt(start) !== QUOTE || text.charCodeAt(keyEnd + 1) !== COLON) return -1;
  const from = keyEnd + 2;
  const first = text.charCodeAt(from);
  if (first === QUOTE) return text.indexOf('"', from + 1) + 1 || -1;
  if (first === LIST) return text.indexOf(']', from + 1) + 1 || -1;
  const comma = text.indexOf(',', from);
  const close = text.indexOf('}', from);
  return comma >= 0 && comma < close ? comma : close;
}
