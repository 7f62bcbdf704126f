/** The bytes of a list of records, cut at the dashes in the column of the first one. */

import type { Mark, StoredBytes } from '../diagnostics/stored-file.ts';
import { isAscii } from '../indicators/ascii.ts';
import { lineEnd } from './feeds/lines.ts';
import { plainRecord } from './plain-yaml.ts';
import { type MapNode, moveBehind } from './yaml-tree.ts';

const [LINE_FEED, RETURN, SPACE, HASH, DASH] = [0x0a, 0x0d, 0x20, 0x23, 0x2d];
/** Bytes of which the two highest bits are 10 go on with a character; from here on a byte begins one of two UTF-16 units. */
const FIRST_OF_TWO_UNITS = 0xf0;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Whole lines of a list, and maybe of what stands behind it. */
export class ListBlock {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Where it begins. */
  readonly mark: Mark;
  readonly isAscii: boolean;
  /** Whether the file ends with it. */
  readonly isLast: boolean;

  constructor(bytes: Uint8Array, mark: Mark, isLast: boolean) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.mark = mark;
    this.isAscii = isAscii(this.view);
    this.isLast = isLast;
  }
}

/** What a line is, by the bytes it begins with. */
type Beginning = 'record' | 'inside' | 'behind';

/** Where a list of records stands. */
export interface RecordList {
  bytes: StoredBytes;
  /** Where the line of its first dash begins. */
  first: Mark;
  /** That of the dashes. */
  column: number;
  /** So many bytes are read at once, and more where pieces are longer. */
  size: number;
}

/** Goes through a list, a piece from one dash to the next at a time. */
export class RecordPieces {
  /** What is read now. It holds the piece. */
  block: ListBlock;
  /** Where the piece begins and ends in the block. */
  from = 0;
  to = 0;
  /** UTF-16 offsets of the same in the file. */
  start: number;
  end: number;
  /** The number of its first line, and of the line behind it. */
  line: number;
  #nextLine: number;
  /** What stands behind it is not of the list. */
  #isOver = false;
  /** Of the piece whose end was found last: its line breaks, and the same. */
  #lines = 0;
  #isEnd = false;
  readonly #list: RecordList;
  #buffer: Uint8Array;

  constructor(list: RecordList) {
    const { first, size } = list;
    this.block = new ListBlock(new Uint8Array(0), first, false);
    this.start = first.start;
    this.end = first.start;
    this.line = first.line;
    this.#nextLine = first.line;
    this.#list = list;
    this.#buffer = new Uint8Array(size);
  }

  /** Where the bytes of the piece begin. */
  get byte(): number {
    return this.block.mark.byte + this.from;
  }

  /** Where the line begins that stands behind the piece. */
  get next(): Mark {
    return { byte: this.block.mark.byte + this.to, start: this.end, line: this.#nextLine };
  }

  /** Its text, made at each call. */
  get text(): string {
    return decoder.decode(this.block.bytes.subarray(this.from, this.to));
  }

  /** The record that is written in a text, which is that of the piece, if it is a plain one. */
  plainRecord(text: string): MapNode | undefined {
    const record = plainRecord(text, 0, text.length, this.#list.column);
    if (record) moveBehind(record, 0, this.start);
    return record;
  }

  /**
   * Reads a block that holds a whole piece more. Returns false where the list is at its end. The bytes of the block
   * before are overwritten.
   */
  nextBlock(): boolean {
    if (this.#isOver || this.next.byte === this.#list.bytes.size) return false;
    for (;;) {
      this.#read(this.next);
      if (this.#findEnd(0) >= 0) return true;
      this.#buffer = new Uint8Array(this.#buffer.length * 2);
    }
  }

  /** Goes to the next piece. Returns false where the block holds no further one as a whole. */
  nextPiece(): boolean {
    const to = this.#isOver ? -1 : this.#findEnd(this.to);
    if (to < 0) return false;
    const { block } = this;
    this.from = this.to;
    this.to = to;
    this.start = this.end;
    this.end += block.isAscii ? to - this.from : unitsOf(block.bytes, this.from, to);
    this.line = this.#nextLine;
    this.#nextLine += this.#lines;
    this.#isOver = this.#isEnd;
    return true;
  }

  #read(mark: Mark): void {
    const { bytes } = this.#list;
    const read = bytes.read(mark.byte, this.#buffer);
    const isLast = mark.byte + read >= bytes.size;
    const end = isLast ? read : this.#buffer.lastIndexOf(LINE_FEED, read - 1) + 1;
    this.block = new ListBlock(this.#buffer.subarray(0, end), mark, isLast);
    this.from = 0;
    this.to = 0;
  }

  /** Where the piece ends that begins at an offset of the block: -1 where that may be behind the block. */
  #findEnd(from: number): number {
    const { block } = this;
    const { length } = block.bytes;
    let lines = 0;
    for (let at = lineEnd(block, from) + 1; at < length; at = lineEnd(block, at) + 1) {
      lines += 1;
      const beginning = this.#beginningAt(at);
      if (beginning === 'inside') continue;
      this.#lines = lines;
      this.#isEnd = beginning === 'behind';
      return at;
    }
    this.#isEnd = true;
    return block.isLast && from < length ? length : -1;
  }

  #beginningAt(at: number): Beginning {
    const { bytes } = this.block;
    const { column } = this.#list;
    let dash = at;
    while (dash < at + column && bytes[dash] === SPACE) dash++;
    if (dash === at + column && bytes[dash] === DASH) {
      if (bytes[dash + 1] === SPACE) return 'record';
      if (column === 0) return isBlank(bytes[1 + at]) ? 'inside' : 'behind';
    }
    const first = bytes[at];
    return isBlank(first) || first === HASH ? 'inside' : 'behind';
  }
}

/** Whether a byte is a space or of a line break, or there is none. */
function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === RETURN || byte === LINE_FEED || byte === undefined;
}

/** The UTF-16 units of a stretch of UTF-8. */
function unitsOf(bytes: Uint8Array, from: number, to: number): number {
  let units = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if ((byte & 0xc0) !== 0x80) units += byte < FIRST_OF_TWO_UNITS ? 1 : 2;
  }
  return units;
}
