/**
 * Diagnostics as a Code Quality report of GitLab, a part of Code Climate's format.
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */

import { CODES } from './codes.ts';
import type { Diagnostic, Severity, Span } from './diagnostic.ts';
import { fingerprintsOf } from './fingerprints.ts';
import { PLACELESS, positionsOf, wordsOf } from './place.ts';

const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'minor', hint: 'info' };

/** A JSON array, indented by two; `[]` where there is nothing. */
export function printGitlab(diagnostics: readonly Diagnostic[]): string {
  const fingerprints = fingerprintsOf(diagnostics);
  const report = diagnostics.map((diagnostic, at) => ({
    description: `${diagnostic.code}: ${wordsOf(diagnostic)}`,
    check_name: CODES[diagnostic.code].name,
    fingerprint: fingerprints[at],
    severity: SEVERITIES[diagnostic.severity],
    location: diagnostic.span ? locationOf(diagnostic.span) : { path: PLACELESS, lines: { begin: 1 } },
  }));
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** GitLab reads `lines.begin`; the columns are for other readers. */
function locationOf(span: Span) {
  const { start, end } = positionsOf(span);
  return {
    path: span.file.path,
    lines: { begin: start.line, end: end.line },
    positions: { begin: start, end },
  };
}
