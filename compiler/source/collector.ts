/** Gathers what the inputs say, and what is wrong with them. */

import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import type { Kind } from '../indicators/kind.ts';
import { IndicatorSet } from '../indicators/set.ts';
import type { AsciiValue } from '../indicators/value-index.ts';
import { ContextPool } from './context-pool.ts';
import { Definitions } from './definitions.ts';
import { shown } from './words.ts';

/** Where what reads records puts what it finds. */
export interface Sink {
  readonly definitions: Definitions;
  readonly contexts: ContextPool;
  /** Takes an indicator, its value canonical, the number of its context, and where it is written. */
  add(kind: Kind, value: string, context: number, file: SourceFile, start: number, end: number): void;
  /** Takes over diagnostics. There may be very many. */
  tell(diagnostics: Iterable<Diagnostic>): void;
  /** The number of the next file whose hashes belong together. */
  newFile(): number;
}

/** What has been read so far. */
export class Collector implements Sink {
  readonly diagnostics: Diagnostic[] = [];
  readonly definitions = new Definitions(this.diagnostics);
  readonly indicators = new IndicatorSet();
  readonly contexts = new ContextPool(this.indicators);
  #files = 0;

  add(kind: Kind, value: string, context: number, file: SourceFile, start: number, end: number): void {
    const before = this.join(kind, value, context, file, start, end);
    if (before >= 0) this.#tellDouble(before, { file, start, end });
  }

  /** The same of a value whose bytes the file has behind so many characters more. */
  addAscii(value: AsciiValue, context: number, file: SourceFile, base: number): void {
    const before = this.joinAscii(value, context, file, base);
    if (before >= 0) this.#tellDouble(before, { file, start: base + value.from, end: base + value.to });
  }

  #tellDouble(before: number, span: Span): void {
    this.diagnostics.push({
      code: 'RF350',
      severity: 'warning',
      span,
      message: `\`${shown(this.indicators.value(before))}\` is listed twice`,
      label: 'again here',
      related: [{ span: this.indicators.origin(before), message: 'first defined here' }],
    });
  }

  /** Adds an indicator and returns -1, or joins it with the same one found before and returns the index of that. */
  join(kind: Kind, value: string, context: number, file: SourceFile, start: number, end: number): number {
    const before = this.indicators.findOrAdd(kind, value, context, file, start, end);
    if (before >= 0) this.#merge(before, context);
    return before;
  }

  /** The same of a value whose bytes the file has behind so many characters more. */
  joinAscii(value: AsciiValue, context: number, file: SourceFile, base: number): number {
    const before = this.indicators.findOrAddAscii(value, context, file, base + value.from, base + value.to);
    if (before >= 0) this.#merge(before, context);
    return before;
  }

  /** Makes room for about so many more. */
  expect(more: number): void {
    this.indicators.expect(more);
  }

  #merge(index: number, context: number): void {
    const { indicators, contexts } = this;
    const first = indicators.contextId(index);
    if (first !== context) indicators.setContext(index, contexts.merge(first, context));
  }

  tell(diagnostics: Iterable<Diagnostic>): void {
    for (const diagnostic of diagnostics) this.diagnostics.push(diagnostic);
  }

  newFile(): number {
    return this.#files++;
  }
}
