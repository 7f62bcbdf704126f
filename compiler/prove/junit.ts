/** A proof as JUnit XML: a suite for each target and engine, a case for each way in which it was judged. */

import type { ProofSummary } from './summary.ts';

/** The report as CI systems read it. */
export function junitOf(summaries: readonly ProofSummary[]): string {
  const suites = summaries.map((summary) => ({ name: nameOf(summary), cases: casesOf(summary) }));
  const counts = countsOf(suites.flatMap(({ cases }) => cases));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="refang prove"${counts}>\n${suites.map(suite).join('')}</testsuites>\n`;
}

interface TestCase {
  name: string;
  failures?: readonly string[];
  skipped?: string;
}

function suite({ name, cases }: { name: string; cases: readonly TestCase[] }): string {
  const body = cases.map((one) => testCase(name, one)).join('');
  return `  <testsuite name="${xml(name)}"${countsOf(cases)}>\n${body}  </testsuite>\n`;
}

/** By the engine's own name, since two may share a title. */
function nameOf({ target, engine, version = '' }: ProofSummary): string {
  return `${target} by ${engine} ${version}`.trim();
}

function countsOf(cases: readonly TestCase[]): string {
  const failures = cases.filter((one) => (one.failures?.length ?? 0) > 0).length;
  const skipped = cases.filter((one) => one.skipped !== undefined).length;
  return ` tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
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

function testCase(suiteName: string, { name, failures = [], skipped }: TestCase): string {
  const open = `    <testcase classname="${xml(suiteName)}" name="${xml(name)}"`;
  if (skipped !== undefined) return `${open}><skipped message="${xml(skipped)}"/></testcase>\n`;
  if (failures.length === 0) return `${open}/>\n`;
  return `${open}><failure message="${xml(failures[0] as string)}">${xml(failures.join('\n'))}</failure></testcase>\n`;
}

/** Text of an attribute or an element. Characters that XML 1.0 cannot hold (2.2) become U+FFFD. */
function xml(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      // As they are, readers turn these into blanks or into other line breaks (2.11, 3.3.3).
      .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
  );
}
