/** CSV: a header, then a record a line, whose columns are the keys of an indicator record. */

import type { Diagnostic, Span } from '../../diagnostics/diagnostic.ts';
import { SourceFile } from '../../diagnostics/source-file.ts';
import { KINDS } from '../../indicators/kind.ts';
import { isWordForKind } from '../turned-keys.ts';
import { counted, enumerated, nearest, shown } from '../words.ts';
import type { MapEntry, MapNode, ScalarNode } from '../yaml-tree.ts';
import { type Cell, CsvRecord } from './csv-record.ts';
import { FeedError } from './feed-error.ts';
import type { FeedRecords } from './feed-records.ts';
import type { FeedSink } from './feed-sink.ts';
import { type Line, MOST_BYTES } from './lines.ts';
import { PlainCsv } from './plain-csv.ts';
import { COLUMN_KEYS } from './schema.ts';

/** How a CSV feed is read. */
export interface CsvFormat {
  delimiter: ',' | '\t';
  /** The name of the column of each key; undefined where columns are named by the keys themselves. */
  columns: Readonly<Record<string, string>> | undefined;
  /** Where they are written. */
  place: Span | undefined;
}

const KIND_NAMES: ReadonlySet<string> = new Set(KINDS);

/** What cells are parted by elsewhere. */
const OTHER_DELIMITER = /[;|\t]/;

/** Reads the records of a feed, line by line. */
export class CsvReader {
  readonly #format: CsvFormat;
  readonly #records: FeedRecords;
  readonly #sink: FeedSink;
  /** The key of each column, when the header is read. */
  #keys: (string | undefined)[] | undefined;
  #plain: PlainCsv | undefined;
  /** The record that is being read, and its lines. */
  #record: CsvRecord;
  #lines: Line[] = [];

  constructor(format: CsvFormat, records: FeedRecords, sink: FeedSink) {
    this.#format = format;
    this.#records = records;
    this.#sink = sink;
    this.#record = new CsvRecord(format.delimiter);
  }

  /** Reads a plain line, if a record begins with it. Tells whether it did. */
  readPlain(text: string, from: number): boolean {
    return this.#plain !== undefined && this.#lines.length === 0 && this.#plain.read(text, from);
  }

  /** Takes a line. Throws FeedError for a header that lacks what is to be read. */
  read(line: Line): void {
    const begun = this.#lines.length > 0;
    if (!begun && (line.text.startsWith('#') || line.text.trim() === '')) return;
    const before = this.#lines.at(-1);
    const lineBreak = before && (line.start - before.start - before.text.length === 2 ? '\r\n' : '\n');
    this.#lines.push(line);
    if (!this.#record.add(line.text, lineBreak)) {
      if (this.#record.text.length > MOST_BYTES) this.#refuse('a quote is not closed within 64 KiB');
      return;
    }
    if (this.#keys) this.#readRecord(this.#keys);
    else this.#beginRecords(this.#readHeader());
    this.#next();
  }

  /** Takes a line that cannot be read: with it, the record that it would be a part of. */
  breakOff(line: Line): void {
    this.#lines.push(line);
    this.#sink.end(this.#lines);
    this.#next();
  }

  /** The feed ends. */
  end(): void {
    if (this.#lines.length > 0) this.#refuse('a quote is not closed');
  }

  #beginRecords(keys: (string | undefined)[]): void {
    const { memo } = this.#records;
    this.#keys = keys;
    if (memo) this.#plain = new PlainCsv(this.#format.delimiter, keys, memo, this.#sink);
  }

  #next(): void {
    this.#record = new CsvRecord(this.#format.delimiter);
    this.#lines = [];
  }

  #refuse(problem: string): void {
    const [first] = this.#lines as [Line];
    const lost = this.#lines.length;
    const message = lost > 1 ? `${problem}: ${counted(lost, 'line')} are not read` : problem;
    this.#sink.refuse({ code: 'RF706', span: this.#sink.spanOf(first, 0, first.text.length), message });
    this.#sink.end(this.#lines);
    this.#next();
  }

  #readRecord(keys: readonly (string | undefined)[]): void {
    const { cells, text, stray } = this.#record;
    const source = new SourceFile(this.#sink.file.path, text);
    const whole = { file: source, start: 0, end: text.length };
    if (stray) {
      const span = { ...whole, ...stray };
      this.#sink.refuse({ code: 'RF706', span, message: 'text stands behind a closing quote' });
    } else if (cells.length !== keys.length) {
      const message = `the record has ${counted(cells.length, 'cell')}, the header ${keys.length}`;
      this.#sink.refuse({ code: 'RF706', span: whole, message });
    } else this.#records.read(recordOf(cells, keys, text.length), source);
    this.#sink.end(this.#lines, source);
  }

  /** The key of each column. */
  #readHeader(): (string | undefined)[] {
    const names = this.#record.cells.map((cell) => cell.text);
    const { columns } = this.#format;
    const keyOf = columns ? this.#mapped(columns, names) : this.#named(names);
    const doubled = names.find((name, at) => keyOf.has(name) && names.indexOf(name) < at);
    if (doubled !== undefined) this.#fail(`the column \`${shown(doubled)}\` stands in the header twice`);
    const keys = names.map((name) => keyOf.get(name));
    if (!keys.some((key) => key !== undefined && KIND_NAMES.has(key)))
      this.#fail('no column holds indicators', `name it: \`columns: {domain: ${shown(names[0] ?? '…')}}\``);
    return keys;
  }

  #mapped(columns: Readonly<Record<string, string>>, names: readonly string[]): Map<string, string> {
    const keyOf = new Map<string, string>();
    for (const [key, column] of Object.entries(columns)) {
      const name = column.trim();
      if (!names.includes(name)) {
        const meant = nearest(name, names);
        const help =
          meant === undefined ? `the columns are ${enumerated(names.map(shown))}` : `write \`${meant}\``;
        this.#fail(`the header has no column \`${shown(name)}\``, help);
      }
      if (keyOf.has(name)) this.#fail(`the column \`${shown(name)}\` is to be two keys`);
      keyOf.set(name, key);
    }
    return keyOf;
  }

  #named(names: readonly string[]): Map<string, string> {
    const keys: readonly string[] = COLUMN_KEYS;
    const unknown = names.find((name) => !keys.includes(name));
    if (unknown !== undefined) {
      const example = `columns: {${nearest(unknown, keys) ?? 'KEY'}: ${shown(unknown)}}`;
      const help = isWordForKind(unknown)
        ? 'give each kind a column of its own, or write the feed as `ndjson`: `{"domain": "…"}`'
        : `name the columns to read: \`${example}\`; others are left out then`;
      this.#fail(`the column \`${shown(unknown)}\` is not named by a key`, help);
    }
    return new Map(names.map((name) => [name, name]));
  }

  #fail(message: string, meant?: string): never {
    const [first] = this.#lines as [Line];
    const help = this.#otherDelimiter() ?? meant;
    for (const line of this.#lines) this.#sink.file.keep(line.number, line.text);
    const { place } = this.#format;
    const diagnostic: Omit<Diagnostic, 'severity'> = {
      code: 'RF705',
      span: this.#sink.spanOf(first, 0, first.text.length),
      message,
      ...(help !== undefined && { help }),
      ...(place && { related: [{ span: place, message: 'the columns to read' }] }),
    };
    throw new FeedError(diagnostic);
  }

  /** What to do about a header of one cell that looks like several. */
  #otherDelimiter(): string | undefined {
    const [only, ...others] = this.#record.cells.map((cell) => cell.text);
    const found = others.length === 0 && OTHER_DELIMITER.exec(only ?? '')?.[0];
    if (!found) return undefined;
    if (found === '\t') return 'call the file `*.tsv`: commas part the cells of others';
    return `write commas between the cells, in place of \`${found}\`; in a file \`*.tsv\`, tabs`;
  }
}

/** The cells of a record as a map, as if it stood in YAML. Empty cells say nothing. */
function recordOf(cells: readonly Cell[], keys: readonly (string | undefined)[], end: number): MapNode {
  const entries: MapEntry[] = [];
  cells.forEach((cell, at) => {
    const key = keys[at];
    if (key !== undefined && cell.text !== '')
      entries.push({ key: scalar({ ...cell, text: key }), value: scalar(cell) });
  });
  return { type: 'map', start: 0, end, entries, flow: false };
}

function scalar({ text, start, end }: Cell): ScalarNode {
  return { type: 'scalar', text, start, end, style: 'plain' };
}
