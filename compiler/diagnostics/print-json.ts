/** Diagnostics as one JSON array, for programs. */

import { CODES } from './codes.ts';
import type { Diagnostic, Fix, Span } from './diagnostic.ts';

/** A JSON array, indented by two. Lines and columns are 1-based, columns in code points; offsets are in UTF-16 units. */
export function printJson(diagnostics: readonly Diagnostic[]): string {
  return `${JSON.stringify(diagnostics.map(entryOf), null, 2)}\n`;
}

/** One diagnostic as a plain value, with the texts of its code. */
export function entryOf(diagnostic: Diagnostic) {
  const { code, severity, message, span, label, related = [] } = diagnostic;
  return {
    code,
    name: CODES[code].name,
    severity,
    message,
    ...(span ? placeOf(span) : {}),
    ...(label === undefined ? {} : { label }),
    related: related.map((one) => ({ message: one.message, ...placeOf(one.span) })),
    why: diagnostic.why ?? CODES[code].why,
    help: diagnostic.help ?? CODES[code].help,
    ...(diagnostic.fix ? { fix: fixOf(diagnostic.fix) } : {}),
  };
}

function fixOf({ description, edits }: Fix) {
  return { description, edits: edits.map(({ span, text }) => ({ ...placeOf(span), text })) };
}

function placeOf({ file, start, end }: Span) {
  return {
    file: file.path,
    start: { ...file.position(start), offset: start },
    end: { ...file.position(end), offset: end },
  };
}
