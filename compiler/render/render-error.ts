/** A value that a template cannot write: the escaper of the place, or a helper, refused it. */

import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';

/** The refusal, as a diagnostic. */
export class RenderError extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

/** Runs what renders, at an indicator where there is one. Throws RenderError for what an escaper or a helper threw. */
export function rendering<T>(target: string, span: Span | undefined, render: () => T): T {
  try {
    return render();
  } catch (error) {
    throw failure(error, target, span);
  }
}

/** The texts, with RenderError for what an escaper or a helper threw. */
export function* renderingTexts(target: string, texts: Iterable<string>): Generator<string> {
  try {
    yield* texts;
  } catch (error) {
    throw failure(error, target, undefined);
  }
}

/** Escapers throw RangeError, helpers TypeError as well; other errors pass through unchanged. */
export function failure(error: unknown, target: string, span: Span | undefined): unknown {
  if (!(error instanceof RangeError || error instanceof TypeError)) return error;
  return new RenderError({
    code: 'RF513',
    severity: 'error',
    ...(span && { span }),
    message: `\`${target}\` cannot write a value: ${error.message}`,
  });
}
