/**
 * The records of a file one by one: a tree of a hundred thousand takes half a gigabyte. The file is cut at their dashes; each
 * piece is read by itself, as it would be in its place. Most are read by byte, and of no others is a text made.
 */

import type { SourceFile } from '../diagnostics/source-file.ts';
import { type Mark, StoredFile } from '../diagnostics/stored-file.ts';
import { type Canonical, canonicalEnd } from '../indicators/canonical.ts';
import { kindCode } from '../indicators/kind.ts';
import { type CheckedList, checkRecords, type Parsed } from './check-records.ts';
import type { Collector } from './collector.ts';
import { RecordHead } from './record-head.ts';
import { type RecordList, RecordPieces } from './record-pieces.ts';
import { type RecordReader, readValue } from './record-reader.ts';
import { WaitingRecords } from './waiting-records.ts';
import { entryOf, type MapNode, type Node } from './yaml-tree.ts';

/** In place of the number of a context. */
const UNKNOWN = -1;

const decoder = new TextDecoder();

/** The list under `indicators`. */
export class RecordBlock {
  readonly #file: SourceFile;
  readonly #list: RecordList;
  readonly #checked: CheckedList;

  private constructor(file: SourceFile, list: RecordList, checked: CheckedList) {
    this.#file = file;
    this.#list = list;
    this.#checked = checked;
  }

  /** Undefined where the parser has something to tell of a record. */
  static open(file: SourceFile, list: RecordList): RecordBlock | undefined {
    const checked = checkRecords(file, list);
    return checked && new RecordBlock(file, list, checked);
  }

  /** Where the line begins that stands behind it. */
  get end(): Mark {
    return this.#checked.end;
  }

  /** Its records as nodes, made for the asking. */
  *nodes(): Generator<Node> {
    const pieces = new RecordPieces(this.#list);
    for (let read = 0; pieces.nextBlock(); ) {
      while (pieces.nextPiece()) {
        if (pieces.byte < read) continue;
        const parsed = this.#checked.parsed.get(pieces.byte);
        read = pieces.next.byte;
        if (parsed) read = parsed.to;
        yield* parsed?.nodes ?? [pieces.plainRecord(pieces.text) as MapNode];
      }
    }
  }

  /** Reads all records into the collector, which is the sink of the reader. */
  read(reader: RecordReader, collector: Collector): void {
    const { parsed, said, mostSaid } = this.#checked;
    collector.expect(said.size);
    const list = new ListReader(this.#file, this.#list.column, reader, collector, mostSaid);
    const pieces = new RecordPieces(this.#list);
    for (let read = 0, piece = 0; pieces.nextBlock(); list.finish()) {
      for (; pieces.nextPiece(); piece++) {
        if (pieces.byte < read) continue;
        const together = parsed.get(pieces.byte);
        read = together?.to ?? 0;
        if (together) list.readParsed(together);
        else list.readPlain(pieces, said.at(piece));
      }
    }
  }
}

/** Reads records one after another. Most say what another has said behind their head. */
class ListReader {
  readonly #file: SourceFile;
  readonly #column: number;
  readonly #reader: RecordReader;
  readonly #waiting: WaitingRecords;
  readonly #head = new RecordHead();
  readonly #value: Canonical = { code: 0, prefix: 0, address: 0 };
  /** By the number of what is said, that of the context that it is; `UNKNOWN` before it was read. */
  readonly #contexts: Int32Array;

  constructor(
    file: SourceFile,
    column: number,
    reader: RecordReader,
    collector: Collector,
    mostSaid: number,
  ) {
    this.#file = file;
    this.#column = column;
    this.#reader = reader;
    this.#waiting = new WaitingRecords(collector, file);
    this.#contexts = new Int32Array(mostSaid + 1).fill(UNKNOWN);
  }

  readParsed({ text, start, nodes }: Parsed): void {
    this.finish();
    this.#show(text, start);
    for (const node of nodes) this.#reader.read(node);
  }

  /** Reads the piece; `said` is the number of what stands behind its head, or 0. */
  readPlain(pieces: RecordPieces, said: number): void {
    if (this.#contexts[said] === UNKNOWN && !this.#learn(pieces, said)) return;
    const context = this.#contexts[said] as number;
    const head = this.#head;
    const { from, to, start } = pieces;
    const { bytes } = pieces.block;
    head.take(bytes, from + this.#column + '- '.length, to);
    const value = this.#value;
    if (canonicalEnd(kindCode(head.kind), bytes, head.start, head.end, value) === head.end)
      this.#waiting.push(value, bytes, head.start, head.end, context, start - from);
    else this.#readValue(bytes, context, start - from);
  }

  /** Adds what waits, before anything else is read: the bytes it stands in, or a record behind it. */
  finish(): void {
    this.#waiting.addAll();
  }

  /** The value of the head. */
  #readValue(bytes: Uint8Array, context: number, base: number): void {
    this.finish();
    const { kind, start, end } = this.#head;
    const text = decoder.decode(bytes.subarray(start, end));
    const span = { file: this.#file, start: base + start, end: base + end };
    readValue(this.#reader.sink, kind, { text, span, exact: true }, context);
  }

  /**
   * Learns what a record says behind its head, or reads all of it where there may be something to tell: then it
   * returns false.
   */
  #learn(pieces: RecordPieces, said: number): boolean {
    const { text, start } = pieces;
    const record = pieces.plainRecord(text) as MapNode;
    // `match` is to be told of beside other kinds.
    const context = said === 0 || entryOf(record, 'match') ? undefined : this.#reader.memo?.contextOf(record);
    if (context !== undefined) {
      this.#contexts[said] = context;
      return true;
    }
    this.finish();
    this.#show(text, start);
    this.#reader.read(record);
    return false;
  }

  /** What is read of the file is cut from this. */
  #show(text: string, start: number): void {
    if (this.#file instanceof StoredFile) this.#file.show(text, start);
  }
}
