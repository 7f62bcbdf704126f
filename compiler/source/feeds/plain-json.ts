/**
 * Lines of NDJSON as programs write them: one object without blanks and escapes, one indicator, and context that the memo
 * knows. They are read without a tree. Where a line is any other, nothing is read and nothing told.
 */

import { isCanonical } from '../../indicators/canonical.ts';
import { KINDS, type Kind } from '../../indicators/kind.ts';
import { type ContextMemo, contextKey } from '../context-memo.ts';
import { readValue } from '../record-reader.ts';
import type { FeedSink } from './feed-sink.ts';
import type { Line } from './lines.ts';

const KIND_NAMES: ReadonlyMap<string, Kind> = new Map(KINDS.map((kind) => [kind, kind]));

const [OPEN, CLOSE, QUOTE, COLON, COMMA, BRACKET] = [0x7b, 0x7d, 0x22, 0x3a, 0x2c, 0x5b];
const [ZERO, NINE] = [0x30, 0x39];
/** What a string of JSON does not hold as it is, but for its quotes. */
const ESCAPED = /[\\\u0000-\u001f]/;

/** Reads a line, if it is a plain one whose words are known. Tells whether it did. */
export function readPlainJson(line: Line, memo: ContextMemo, sink: FeedSink): boolean {
  const { text } = line;
  let state = memo.begin();
  let kind: Kind | undefined;
  let start = 0;
  let end = 0;
  if (text.charCodeAt(0) !== OPEN) return false;
  for (let at = 0; ; ) {
    // Behind a brace or a comma: `"key":`
    const keyEnd = text.indexOf('"', at + 2);
    if (text.charCodeAt(at + 1) !== QUOTE || text.charCodeAt(keyEnd + 1) !== COLON) return false;
    const name = text.slice(at + 2, keyEnd);
    const key = contextKey(name);
    const from = keyEnd + 2;
    at = endOfValue(text, from);
    if (at < 0) return false;
    if (key < 0) {
      if (kind || text.charCodeAt(from) !== QUOTE) return false;
      kind = KIND_NAMES.get(name);
      if (!kind) return false;
      start = from + 1;
      end = at - 1;
    } else {
      const said = memo.json(key, text.slice(from, at));
      state = said ? memo.follow(state, said) : -1;
      if (state < 0) return false;
    }
    const next = text.charCodeAt(at);
    if (next === CLOSE && at + 1 === text.length) break;
    if (next !== COMMA) return false;
  }
  if (!kind || (kind !== 'domain' && memo.saysMatch(state))) return false;
  const context = memo.contextAt(state);
  if (!context) return false;
  const value = text.slice(start, end);
  if (isCanonical(kind, value)) sink.addLine(line, kind, value, context, start, end);
  else if (ESCAPED.test(value)) return false;
  else {
    readValue(sink, kind, { text: value, span: sink.spanOf(line, start, end), exact: true }, context);
    sink.end([line]);
  }
  return true;
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
