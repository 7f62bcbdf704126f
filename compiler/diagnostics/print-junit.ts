/** Diagnostics as JUnit XML: a suite for each file, a case for each finding, or one that passes where there is none. */

import type { CheckedRun, Diagnostic } from './diagnostic.ts';
import { printSuites, type TestCase } from './junit.ts';
import { positionsOf, wordsOf } from './place.ts';
import { visible } from './visible.ts';

/** The suite of what has no place. */
const PROJECT = 'the project';

/** Files without a finding have a suite as well. */
export function printJunit(diagnostics: readonly Diagnostic[], { files }: CheckedRun): string {
  const byPath = new Map<string, Diagnostic[]>(files.map((path) => [path, []]));
  for (const diagnostic of diagnostics) {
    const path = diagnostic.span?.file.path ?? PROJECT;
    byPath.set(path, [...(byPath.get(path) ?? []), diagnostic]);
  }
  const suites = [...byPath].map(([path, found]) => ({
    name: visible(path),
    cases: found.length > 0 ? found.map(caseOf) : [{ name: 'no findings' }],
  }));
  return printSuites('refang check', suites);
}

/** A hint fails nothing. */
function caseOf(diagnostic: Diagnostic): TestCase {
  const { code, severity, span, message } = diagnostic;
  const start = span && positionsOf(span).start;
  const place = start ? `${start.line}:${start.column} ` : '';
  const name = `${place}${code} ${visible(message)}`;
  if (severity === 'hint') return { name, output: wordsOf(diagnostic) };
  return { name, failures: wordsOf(diagnostic).split('\n'), type: severity };
}
