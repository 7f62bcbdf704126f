/** Places and texts of diagnostics as machine formats give them. */

import { CODES } from './codes.ts';
import type { Diagnostic, Severity, Span } from './diagnostic.ts';
import type { Position } from './source-file.ts';
import { visible } from './visible.ts';

/** Formats that want a file for everything are given this one for what has no place: the settings say what a project is. */
export const PLACELESS = 'refang.yaml';

/** Where a span begins and ends, the end exclusive. */
export function positionsOf({ file, start, end }: Span): { start: Position; end: Position } {
  return { start: file.position(start), end: file.position(end) };
}

/** The message, safe to show; then why and what to do, a line each. */
export function wordsOf(diagnostic: Diagnostic): string {
  const { code, message } = diagnostic;
  const why = diagnostic.why ?? CODES[code].why;
  const help = diagnostic.help ?? CODES[code].help;
  return [message, ...`why: ${why}\nhelp: ${help}`.split('\n')].map(visible).join('\n');
}

/** How many diagnostics of each severity there are. */
export function countSeverities(diagnostics: readonly Diagnostic[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, hint: 0 };
  for (const { severity } of diagnostics) counts[severity] += 1;
  return counts;
}
