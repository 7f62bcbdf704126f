/** What a feed adds, line by line: a line is taken whole or not at all. Findings are counted, and the first ones shown. */

import type { Code } from '../../diagnostics/codes.ts';
import type { Diagnostic, Span } from '../../diagnostics/diagnostic.ts';
import { isError } from '../../diagnostics/order.ts';
import type { SourceFile } from '../../diagnostics/source-file.ts';
import { MOST_SHOWN, StreamedFile } from '../../diagnostics/streamed-file.ts';
import type { Canonical } from '../../indicators/canonical.ts';
import type { Kind } from '../../indicators/kind.ts';
import { ValueBatch } from '../../indicators/value-batch.ts';
import type { Collector, Sink } from '../collector.ts';
import { counted, grouped, shown } from '../words.ts';
import { Block, type Line } from './lines.ts';

/** Room is made for so many lines: more is promised by hostile files. */
const MOST_EXPECTED = 1 << 22;

/** A little more: where room lacks by a few, much more is made. */
const AMPLE = 1.02;

const NO_BLOCK = new Block('', 0);

/** A value of the record that is being read. */
interface Added {
  kind: Kind;
  value: string;
  context: number;
  file: SourceFile;
  start: number;
  end: number;
}

/** Findings of one sort: how many records were shown, and how many lines were not. */
interface Findings {
  shown: number;
  more: number;
  /** The first place that is not shown. */
  next?: Span;
}

/** The sink of one feed. */
export class FeedSink implements Sink {
  readonly file: StreamedFile;
  readonly #collector: Collector;
  #number = 0;
  #block = NO_BLOCK;
  #from = 0;
  /** Values of lines of the block that wait to be added. */
  readonly #waiting = new ValueBatch();
  #added: Added[] = [];
  #told: Diagnostic[] = [];
  #values = 0;
  readonly #refused: Findings = { shown: 0, more: 0 };
  readonly #remarked: Findings = { shown: 0, more: 0 };
  #lost = 0;
  #cutLines = 0;
  #firstCut: Span | undefined;
  #doubles = 0;
  #firstDouble: Diagnostic['related'];

  constructor(collector: Collector, path: string) {
    this.#collector = collector;
    this.file = new StreamedFile(path);
  }

  get definitions() {
    return this.#collector.definitions;
  }

  get contexts() {
    return this.#collector.contexts;
  }

  newFile(): number {
    return this.#collector.newFile();
  }

  add(kind: Kind, value: string, context: number, file: SourceFile, start: number, end: number): void {
    this.#added.push({ kind, value, context, file, start, end });
  }

  /** Begins a block of lines. */
  beginBlock(block: Block): void {
    this.#block = block;
    if (block.ascii) this.#waiting.bytes = block.ascii.bytes;
  }

  /** Ends the block: its bytes may be gone when the next one begins. */
  endBlock(): void {
    this.#addWaiting();
  }

  /** Begins the next line of the feed, which begins at an offset of the block. */
  begin(from: number): void {
    this.#number += 1;
    this.#from = from;
    this.file.beginLine(this.#block.start + from);
  }

  /** Makes room for the rest of a feed that has so many times the lines that were read. */
  expect(times: number): void {
    this.#addWaiting();
    const more = (count: number) => Math.min(MOST_EXPECTED, Math.ceil(count * (times - 1) * AMPLE));
    this.#collector.expect(more(this.#values));
    this.file.expectLines(more(this.#number));
  }

  /** The line that was begun. */
  line(): Line {
    return this.#block.lineOf(this.#number, this.#from);
  }

  /** An offset of the block as one of the feed. */
  offset(at: number): number {
    return this.#block.start + at;
  }

  /**
   * Takes the only value of the line that was begun, of which there is nothing to tell: `add` and `end` in one.
   * Offsets are those in the block.
   */
  addPlain(kind: Kind, value: string, context: number, start: number, end: number): void {
    this.#addWaiting();
    const base = this.#block.start;
    this.#values += 1;
    const before = this.#collector.join(kind, value, context, this.file, base + start, base + end);
    if (before >= 0) this.#countDouble(before, start, end);
  }

  /** The same of a value that is a stretch of the block's bytes. */
  addAscii(value: Canonical, context: number, start: number, end: number): void {
    this.#waiting.push(value, start, end, context);
    if (this.#waiting.full) this.#addWaiting();
  }

  /** Adds the values that wait. */
  #addWaiting(): void {
    const waiting = this.#waiting;
    const { count, before, starts, ends } = waiting;
    if (count === 0) return;
    this.#collector.joinAll(waiting, this.file, this.#block.start);
    for (let at = 0; at < count; at++)
      if ((before[at] as number) >= 0)
        this.#countDouble(before[at] as number, starts[at] as number, ends[at] as number);
    this.#values += count;
    waiting.count = 0;
  }

  /** `start` and `end` are offsets in the block. */
  #countDouble(before: number, start: number, end: number): void {
    this.#doubles += 1;
    if (this.#firstDouble) return;
    const base = this.#block.start;
    const { line } = this.file.position(base + start);
    const from = this.file.lineRange(line).start - base;
    this.#noteDouble(before, base + start, base + end, [this.#block.lineOf(line, from)]);
  }

  tell(diagnostics: Iterable<Diagnostic>): void {
    for (const diagnostic of diagnostics) this.#told.push(diagnostic);
  }

  /** Refuses the line that is being read. */
  refuse(diagnostic: Omit<Diagnostic, 'severity'>): void {
    this.#told.push({ ...diagnostic, severity: 'error' });
  }

  /** Counts a line of which a stretch behind the value is not read. */
  countCut(line: Line, start: number, end: number): void {
    this.#cutLines += 1;
    if (this.#firstCut) return;
    this.#firstCut = this.spanOf(line, start, end);
    this.file.keep(line.number, line.text);
  }

  /** A stretch of a line as a place in the feed. */
  spanOf(line: Line, start: number, end: number): Span {
    return { file: this.file, start: line.start + start, end: line.start + end };
  }

  /**
   * Ends a record: takes what it added, or tells why nothing of it is read. `source` is the text of its lines that the
   * places of the record are in, where they are not in the feed's file itself.
   */
  end(lines: readonly Line[], source?: SourceFile): void {
    this.#addWaiting();
    const base = lines[0]?.start ?? 0;
    const place = (span: Span): Span =>
      span.file === source ? { file: this.file, start: span.start + base, end: span.end + base } : span;
    if (this.#told.length > 0) this.#tellRecord(lines, place);
    for (const { kind, value, context, file, start, end } of this.#added) {
      const offset = file === source ? base : 0;
      this.#join(kind, value, context, start + offset, end + offset, lines);
    }
    if (this.#added.length > 0) this.#added = [];
  }

  /** How many lines are not read. */
  get lost(): number {
    return this.#lost;
  }

  /** Tells what was counted, and how much is not shown. `place` is that of the feed in the YAML. */
  finish(place: Span): void {
    this.#addWaiting();
    this.#tellMore(this.#refused, 'not read');
    this.#tellMore(this.#remarked, 'read with such remarks');
    const path = shown(this.file.path);
    if (this.#firstCut)
      this.#tellHint(
        'RF711',
        this.#firstCut,
        `${counted(this.#cutLines, 'line')} of \`${path}\` ${this.#cutLines === 1 ? 'has' : 'have'} text behind a tab`,
      );
    if (this.#firstDouble)
      this.#tellHint('RF712', place, listedBefore(this.file.path, this.#doubles), this.#firstDouble);
    if (this.#lost > MOST_SHOWN && this.#lost * 2 > this.#number) this.#tellMostlyLost(place);
    if (this.#values > 0 || this.#refused.shown > 0) return;
    const message = `\`${path}\` holds no value`;
    this.#collector.tell([{ code: 'RF710', severity: 'warning', span: place, message }]);
  }

  /** The findings of a record, as warnings: what is not read of a feed does not stop a build. */
  #tellRecord(lines: readonly Line[], place: (span: Span) => Span): void {
    const errors = this.#told.filter(isError);
    const refused = errors.length > 0;
    const told = refused ? errors : this.#told;
    const findings = refused ? this.#refused : this.#remarked;
    if (refused) {
      this.#added = [];
      this.#lost += lines.length;
    }
    this.#told = [];
    if (findings.shown >= MOST_SHOWN) findings.more += lines.length;
    if (findings.next) return;
    for (const line of lines) this.file.keep(line.number, line.text);
    const placed = told.map((one) => placedWarning(one, place));
    if (findings.shown < MOST_SHOWN) {
      findings.shown += 1;
      this.#collector.tell(placed);
    } else if (placed[0]?.span) findings.next = placed[0].span;
  }

  #join(
    kind: Kind,
    value: string,
    context: number,
    start: number,
    end: number,
    lines: readonly Line[],
  ): void {
    this.#values += 1;
    const before = this.#collector.join(kind, value, context, this.file, start, end);
    if (before < 0) return;
    this.#doubles += 1;
    if (!this.#firstDouble) this.#noteDouble(before, start, end, lines);
  }

  /** Notes the first value that is listed before. */
  #noteDouble(before: number, start: number, end: number, lines: readonly Line[]): void {
    for (const line of lines) this.file.keep(line.number, line.text);
    this.#firstDouble = [
      { span: { file: this.file, start, end }, message: 'the first of them' },
      { span: this.#collector.indicators.origin(before), message: 'first defined here' },
    ];
  }

  #tellMostlyLost(place: Span): void {
    const lost = `${grouped(this.#lost)} of ${counted(this.#number, 'line')}`;
    const message = `${lost} of \`${shown(this.file.path)}\` are not read`;
    this.#collector.tell([{ code: 'RF713', severity: 'warning', span: place, message }]);
  }

  #tellMore({ more, next }: Findings, what: string): void {
    if (!next) return;
    const message = `… and ${counted(more, 'more line')} of \`${shown(this.file.path)}\` that ${more === 1 ? 'is' : 'are'} ${what}`;
    this.#collector.tell([{ code: 'RF709', severity: 'warning', span: next, message }]);
  }

  #tellHint(code: Code, span: Span, message: string, related: Diagnostic['related'] = []): void {
    this.#collector.tell([{ code, severity: 'hint', span, message, related }]);
  }
}

/** What is told of values that were read before. */
export function listedBefore(path: string, count: number): string {
  return `${counted(count, 'value')} of \`${shown(path)}\` ${count === 1 ? 'is' : 'are'} listed before`;
}

function placedWarning(one: Diagnostic, place: (span: Span) => Span): Diagnostic {
  const related = one.related?.map((other) => ({ ...other, span: place(other.span) }));
  return {
    ...one,
    severity: 'warning',
    ...(one.span && { span: place(one.span) }),
    ...(related && { related }),
  };
}
