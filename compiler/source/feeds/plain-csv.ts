/**
 * Lines of CSV as programs write them: a whole record without quotes, one indicator, and context that the memo knows. Where a
 * line is any other, nothing is read and nothing told.
 */

import { isCanonical } from '../../indicators/canonical.ts';
import { KINDS, type Kind } from '../../indicators/kind.ts';
import { type ContextMemo, contextKey } from '../context-memo.ts';
import type { FeedSink } from './feed-sink.ts';

const KIND_NAMES: ReadonlyMap<string, Kind> = new Map(KINDS.map((kind) => [kind, kind]));
const [QUOTE, BLANK, HASH] = [0x22, 0x20, 0x23];

/** What the cells of a column are. Both are absent where they are not read. */
interface Column {
  kind: Kind | undefined;
  /** The number of a context key, or -1. */
  key: number;
}

/** Reads the plain lines of one feed. */
export class PlainCsv {
  readonly #delimiter: string;
  readonly #memo: ContextMemo;
  readonly #sink: FeedSink;
  readonly #columns: readonly Column[];

  /** `keys` are those of the columns. */
  constructor(delimiter: string, keys: readonly (string | undefined)[], memo: ContextMemo, sink: FeedSink) {
    this.#delimiter = delimiter;
    this.#memo = memo;
    this.#sink = sink;
    this.#columns = keys.map((key = '') => ({ kind: KIND_NAMES.get(key), key: contextKey(key) }));
  }

  /** Reads a line, if it is a plain one whose words are known. Tells whether it did. */
  read(text: string, from: number): boolean {
    if (text === '' || text.charCodeAt(0) === HASH) return false;
    const memo = this.#memo;
    let state = memo.begin();
    let kind: Kind | undefined;
    let value = '';
    let start = 0;
    let at = 0;
    for (const column of this.#columns) {
      if (at > text.length) return false;
      const found = text.indexOf(this.#delimiter, at);
      const end = found < 0 ? text.length : found;
      if (end > at && !(isBare(text.charCodeAt(at)) && isBare(text.charCodeAt(end - 1)))) return false;
      if (end > at && column.kind) {
        if (kind) return false;
        kind = column.kind;
        start = at;
        value = text.slice(at, end);
      } else if (end > at && column.key >= 0) {
        const said = memo.word(column.key, text.slice(at, end));
        state = said ? memo.follow(state, said) : -1;
        if (state < 0) return false;
      }
      at = end + 1;
    }
    if (at !== text.length + 1 || !kind || !isCanonical(kind, value)) return false;
    const context = memo.contextAt(state);
    if (context === undefined || (kind !== 'domain' && memo.saysMatch(state))) return false;
    this.#sink.addPlain(kind, value, context, from + start, from + start + value.length);
    return true;
  }
}

/** What may stand at the edge of a cell that is read as it is: no quote, and nothing that may be a blank. */
function isBare(unit: number): boolean {
  return unit > BLANK && unit !== QUOTE && unit < 0x7f;
}
