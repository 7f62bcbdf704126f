/** A proof as JUnit XML: a suite for each target and engine, a case for each way in which it was judged. */

import { printSuites, type TestCase } from '../diagnostics/junit.ts';
import type { ProofSummary } from './summary.ts';

/** The report as CI systems read it. */
export function junitOf(summaries: readonly ProofSummary[]): string {
  const suites = summaries.map((summary) => ({ name: nameOf(summary), cases: casesOf(summary) }));
  return printSuites('refang prove', suites);
}

/** By the engine's own name, since two may share a title. */
function nameOf({ target, engine, version = '' }: ProofSummary): string {
  return `${target} by ${engine} ${version}`.trim();
}

function casesOf({ version, problems, failures, indicators, notChecked }: ProofSummary): TestCase[] {
  const byValue = new Map<string, string[]>();
  for (const { value, message } of failures) byValue.set(value, [...(byValue.get(value) ?? []), message]);
  return [
    ...(version === undefined ? [] : [{ name: 'the files load', failures: problems }]),
    ...(indicators.ok > 0 ? [{ name: `${indicators.ok} indicators are matched` }] : []),
    ...[...byValue].map(([name, messages]) => ({ name, failures: messages })),
    ...notChecked.map(({ what, why }) => ({ name: `not checked: ${what}`, skipped: why })),
  ];
}
