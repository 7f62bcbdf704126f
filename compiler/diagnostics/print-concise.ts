/** Diagnostics one a line, for editors and grep: `file:line:col: error[RF201] message`. */

import type { Diagnostic } from './diagnostic.ts';
import { visible } from './visible.ts';

/** One line each, with a line break behind it. What has no place begins with the severity. */
export function printConcise(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((diagnostic) => `${lineOf(diagnostic)}\n`).join('');
}

function lineOf({ code, severity, span, message }: Diagnostic): string {
  const words = `${severity}[${code}] ${visible(message)}`;
  if (!span) return words;
  const { line, column } = span.file.position(span.start);
  return `${visible(span.file.path)}:${line}:${column}: ${words}`;
}
