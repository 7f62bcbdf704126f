/**
 * Lines of NDJSON as programs write them: one object without blanks and escapes, one indicator, and context that the memo
 * knows. They are read without a tree. Where a line is any other, nothing is read and nothing told.
 */

import { isCanonical } from '../../indicators/canonical.ts';
import { KINDS, type Kind } from '../../indicators/kind.ts';
import type { ContextMemo } from '../context-memo.ts';
import { readValue } from '../record-reader.ts';
import type { FeedSink } from './feed-sink.ts';
import type { Line } from './lines.ts';

const KIND_NAMES: ReadonlyMap<string, Kind> = new Map(KINDS.map((kind) => [kind, kind]));

const [OPEN, CLOSE, QUOTE, COLON, COMMA, BRACKET] = [0x7b, 0x7d, 0x22, 0x3a, 0x2c, 0x5b];
const [ZERO, NINE] = [0x30, 0x39];
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
  /** How many keys stood before the indicator of the last line: there it is looked for first. */
  #usual = 0;

  constructor(memo: ContextMemo, sink: FeedSink) {
    this.#memo = memo;
    this.#sink = sink;
  }

  /** Reads a line, if it is a plain one whose words are known. Tells whether it did. */
  read(line: Line): boolean {
    const state = this.#state(line.text);
    const kind = this.#kind;
    if (state < 0 || !kind || (kind !== 'domain' && this.#memo.saysMatch(state))) return false;
    const context = this.#memo.contextAt(state);
    if (context === undefined) return false;
    const text = line.text.slice(this.#start, this.#end);
    if (isCanonical(kind, text)) this.#sink.addLine(line, kind, text, context, this.#start, this.#end);
    else if (ESCAPED.test(text)) return false;
    else {
      const span = this.#sink.spanOf(line, this.#start, this.#end);
      readValue(this.#sink, kind, { text, span, exact: true }, context);
      this.#sink.end([line]);
    }
    return true;
  }

  /** What the memo makes of the context of a line, or -1 where the line is no plain one. Finds its indicator. */
  #state(text: string): number {
    const memo = this.#memo;
    this.#kind = undefined;
    let state = memo.begin();
    let at = 0;
    for (let keys = 0; text.charCodeAt(at) === (keys === 0 ? OPEN : COMMA); keys++) {
      const key = at + 1;
      const keyEnd = text.indexOf('"', key + 1);
      if (text.charCodeAt(key) !== QUOTE || text.charCodeAt(keyEnd + 1) !== COLON) return -1;
      at = endOfValue(text, keyEnd + 2);
      if (at < 0) return -1;
      if (keys === this.#usual && this.#takeIndicator(text, key + 1, keyEnd, at)) continue;
      const said = memo.json(text.slice(key, at));
      if (said) state = memo.follow(state, said);
      else if (this.#takeIndicator(text, key + 1, keyEnd, at)) this.#usual = keys;
      else return -1;
      if (state < 0) return -1;
    }
    return text.charCodeAt(at) === CLOSE && at + 1 === text.length ? state : -1;
  }

  /** Takes a key and the text behind it as the indicator, if it is the first one. */
  #takeIndicator(text: string, start: number, end: number, valueEnd: number): boolean {
    if (this.#kind || text.charCodeAt(end + 2) !== QUOTE) return false;
    this.#kind = KIND_NAMES.get(text.slice(start, end));
    this.#start = end + 3;
    this.#end = valueEnd - 1;
    return this.#kind !== undefined;
  }
}

/** Where the value that begins at an offset ends, if it is a text, a list, digits or `null` and no part of it is escaped. Else -1. */
function endOfValue(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === QUOTE) return text.indexOf('"', from + 1) + 1 || -1;
  if (first === BRACKET) return text.indexOf(']', from + 1) + 1 || -1;
  if (text.startsWith('null', from)) return from + 4;
  let at = from;
  for (let code = first; code >= ZERO && code <= NINE; code = text.charCodeAt(at)) at += 1;
  return at > from ? at : -1;
}
