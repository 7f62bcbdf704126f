/** Gathers what the inputs say, and what is wrong with them. */

import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import type { Context } from '../indicators/context.ts';
import type { Parsed } from '../indicators/kind.ts';
import { IndicatorSet } from '../indicators/set.ts';
import { ContextPool } from './contexts.ts';
import { Definitions } from './definitions.ts';
import { shown } from './words.ts';

/** Where what reads records puts what it finds. */
export interface Sink {
  readonly definitions: Definitions;
  readonly contexts: ContextPool;
  /** Takes an indicator. The context is interned. */
  add(parsed: Parsed, context: Context, span: Span): void;
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
  readonly contexts = new ContextPool();
  #files = 0;

  add(parsed: Parsed, context: Context, span: Span): void {
    const before = this.join(parsed, context, span);
    if (before === undefined) return;
    this.diagnostics.push({
      code: 'RF350',
      severity: 'warning',
      span,
      message: `\`${shown(parsed.value)}\` is listed twice`,
      label: 'again here',
      related: [{ span: this.indicators.origin(before), message: 'first defined here' }],
    });
  }

  /** Adds an indicator, or joins it with the same one found before and returns the index of that. */
  join({ kind, value }: Parsed, context: Context, span: Span): number | undefined {
    const { indicators, contexts } = this;
    const before = indicators.findOrAdd(kind, value, context, span.file, span.start, span.end);
    if (before < 0) return undefined;
    const first = indicators.context(before);
    if (first !== context) indicators.setContext(before, contexts.merge(first, context));
    return before;
  }

  tell(diagnostics: Iterable<Diagnostic>): void {
    for (const diagnostic of diagnostics) this.diagnostics.push(diagnostic);
  }

  newFile(): number {
    return this.#files++;
  }
}
