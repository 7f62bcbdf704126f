/** Gathers what the inputs say, and what is wrong with them. */

import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import type { Kind } from '../indicators/kind.ts';
import { IndicatorSet } from '../indicators/set.ts';
import type { ValueBatch } from '../indicators/value-batch.ts';
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

  /** The same of a batch of values, whose bytes the file has behind so many characters more. */
  addAll(batch: ValueBatch, file: SourceFile, base: number): void {
    this.joinAll(batch, file, base);
    const { count, before, starts, ends } = batch;
    for (let at = 0; at < count; at++)
      if ((before[at] as number) >= 0)
        this.#tellDouble(before[at] as number, {
          file,
          start: base + (starts[at] as number),
          end: base + (ends[at] as number),
        });
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

  /** The same of a batch of values, whose bytes the file has behind so many characters more. Answers are in `before`. */
  joinAll(batch: ValueBatch, file: SourceFile, base: number): void {
    this.indicators.findOrAddAll(batch, file, base);
    for (let at = 0; at < batch.count; at++) {
      const before = batch.before[at] as number;
      if (before >= 0) this.#merge(before, batch.contexts[at] as number);
    }
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
