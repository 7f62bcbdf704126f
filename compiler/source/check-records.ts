/** Reads a list of records once, before any is taken: where the parser has something to tell, it is to read all of the file. */

import type { SourceFile } from '../diagnostics/source-file.ts';
import { type Mark, StoredFile } from '../diagnostics/stored-file.ts';
import { Column } from '../indicators/column.ts';
import { ByteTable } from './feeds/byte-table.ts';
import { RecordHead } from './record-head.ts';
import { type RecordList, RecordPieces } from './record-pieces.ts';
import { KIND_KEYS } from './schema.ts';
import { isOfLines, parseClean } from './yaml.ts';
import { hasEmptyKey, type MapNode, moveBehind, type Node } from './yaml-tree.ts';

/** So many texts behind indicators are remembered, and bytes of them. */
const MOST_SAID = 1 << 15;
const MOST_BYTES_SAID = 1 << 23;

/** So many characters of records that are not plain are parsed at once, and one record more. */
const MOST_PARSED = 1 << 22;

/** Records that are not plain and follow one another. */
export interface Parsed {
  /** Where their bytes end. */
  to: number;
  /** Where their text begins in that of the file. */
  start: number;
  text: string;
  nodes: readonly Node[];
}

/** What is known of a list of which there is nothing to tell. */
export interface CheckedList {
  /** Where the line begins that stands behind it. */
  end: Mark;
  /** By where their bytes begin: what the parser had to read. */
  parsed: ReadonlyMap<number, Parsed>;
  /**
   * By piece, a number of what stands behind its head, if it has one: from 1, equal for equal texts, but for those
   * met long ago.
   */
  said: Column<Uint32Array>;
  /** The largest of these numbers. */
  mostSaid: number;
}

/** Undefined where the parser has something to tell. Marks the lines of the file. */
export function checkRecords(file: SourceFile, list: RecordList): CheckedList | undefined {
  const stored = file instanceof StoredFile ? file : undefined;
  const pieces = new RecordPieces(list);
  const checker = new Checker(pieces, list.column);
  while (pieces.nextBlock()) {
    while (pieces.nextPiece()) {
      stored?.mark(pieces.byte, pieces.start, pieces.line);
      if (!checker.check()) return undefined;
    }
  }
  if (!checker.parse()) return undefined;
  const { parsed, said, mostSaid } = checker;
  return { end: pieces.next, parsed, said, mostSaid };
}

/** Whether more kinds of indicators than its first key stand in a record. */
function holdsMore({ entries }: MapNode): boolean {
  return entries.some(({ key }, at) => at > 0 && KIND_KEYS.has(key.text));
}

class Checker {
  readonly parsed = new Map<number, Parsed>();
  readonly said = new Column((size) => new Uint32Array(size));
  mostSaid = 0;
  readonly #pieces: RecordPieces;
  readonly #column: number;
  readonly #head = new RecordHead();
  /** What stands behind heads in plain records. */
  readonly #good = new ByteTable(MOST_SAID, MOST_BYTES_SAID);
  /**
   * Records that wait for the parser, since each beginning of it costs as much as several of them, and where their
   * bytes begin.
   */
  #waiting: Omit<Parsed, 'nodes'> | undefined;
  #from = 0;

  constructor(pieces: RecordPieces, column: number) {
    this.#pieces = pieces;
    this.#column = column;
  }

  /** Checks the piece. Tells whether nothing is to be told of it, as far as is known by now. */
  check(): boolean {
    const { block, from, to } = this.#pieces;
    const headed = this.#head.take(block.bytes, from + this.#column + '- '.length, to);
    const known = headed ? this.#good.find(block.view, this.#head.next, to) : -1;
    if (known >= 0) {
      this.said.push(known);
      return this.parse();
    }
    const { text } = this.#pieces;
    if (!isOfLines(text)) return false;
    const record = this.#pieces.plainRecord(text);
    const isNew = headed && record !== undefined && !holdsMore(record);
    if (isNew) this.#good.add(block.view, this.#head.next, to, ++this.mostSaid);
    this.said.push(isNew ? this.mostSaid : 0);
    return record ? this.parse() : this.#wait(text);
  }

  /** Parses what waits. */
  parse(): boolean {
    if (!this.#waiting) return true;
    const { text, start } = this.#waiting;
    const list = parseClean(text);
    if (list?.type !== 'seq' || list.flow || hasEmptyKey(list)) return false;
    moveBehind(list, 0, start);
    this.parsed.set(this.#from, { ...this.#waiting, nodes: list.items });
    this.#waiting = undefined;
    return true;
  }

  #wait(text: string): boolean {
    const { byte, next, start } = this.#pieces;
    if (!this.#waiting) this.#from = byte;
    this.#waiting ??= { to: 0, start, text: '' };
    this.#waiting.to = next.byte;
    this.#waiting.text += text;
    return this.#waiting.text.length <= MOST_PARSED || this.parse();
  }
}
