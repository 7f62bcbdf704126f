/** Gathers what the inputs say, and what is wrong with them. */

import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import type { Context } from '../indicators/context.ts';
import type { Parsed } from '../indicators/kind.ts';
import { IndicatorSet } from '../indicators/set.ts';
import { ContextPool, mergeContexts } from './contexts.ts';
import { Definitions } from './definitions.ts';
import { shown } from './words.ts';

/** What has been read so far. */
export class Collector {
  readonly diagnostics: Diagnostic[] = [];
  readonly definitions = new Definitions(this.diagnostics);
  readonly indicators = new IndicatorSet();
  readonly contexts = new ContextPool();
  /** The number of the next file whose hashes belong together. */
  nextFile = 0;

  /** Adds an indicator, or joins it with the same one found before. The context is interned. */
  add({ kind, value }: Parsed, context: Context, span: Span): void {
    const index = this.indicators.find(kind, value);
    if (index < 0) {
      this.indicators.add(kind, value, context, span);
      return;
    }
    const merged = mergeContexts(this.indicators.context(index), context);
    this.indicators.contexts[index] = this.contexts.intern(merged);
    this.diagnostics.push({
      code: 'RF350',
      severity: 'warning',
      span,
      message: `\`${shown(value)}\` is listed twice`,
      label: 'again here',
      related: [{ span: this.indicators.origin(index), message: 'first defined here' }],
    });
  }

  /** Takes over diagnostics. There may be very many. */
  tell(diagnostics: Iterable<Diagnostic>): void {
    for (const diagnostic of diagnostics) this.diagnostics.push(diagnostic);
  }

  /** Tells an error. */
  report(diagnostic: Omit<Diagnostic, 'severity'>): void {
    this.diagnostics.push({ ...diagnostic, severity: 'error' });
  }
}
