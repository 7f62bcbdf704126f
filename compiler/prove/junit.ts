/** A proof as JUnit XML: a suite for each target and engine, a case for each way in which it was judged. */

import type { ProofSummary } from './summary.ts';

/** The report as CI systems read it. */
export function junitOf(summaries: readonly ProofSummary[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="refang prove">\n${summaries.map(suite).join('')}</testsuites>\n`;
}

interface TestCase {
  name: string;
  failures?: readonly string[];
  skipped?: string;
}

function suite(summary: ProofSummary): string {
  const name = `${summary.target} by ${summary.title} ${summary.version ?? ''}`.trim();
  const cases = casesOf(summary);
  const failures = cases.filter((one) => (one.failures?.length ?? 0) > 0).length;
  const skipped = cases.filter((one) => one.skipped !== undefined).length;
  const body = cases.map((one) => testCase(name, one)).join('');
  return `  <testsuite name="${xml(name)}" tests="${cases.length}" failures="${failures}" skipped="${skipped}">\n${body}  </testsuite>\n`;
}

function casesOf({ version, problems, failures, indicators, notChecked }: ProofSummary): TestCase[] {
  const byValue = new Map<string, string[]>();
  for (const { value, message } of failures) byValue.set(value, [...(byValue.get(value) ?? []), message]);
  return [
    ...(version === undefined ? [] : [{ name: 'the files load', failures: problems }]),
    ...(indicators.ok > 0 ? [{ name: `${indicators.ok} indicators behave` }] : []),
    ...[...byValue].map(([name, messages]) => ({ name, failures: messages })),
    ...notChecked.map(({ what, count, why }) => ({ name: `${count} × ${what}`, skipped: why })),
  ];
}

function testCase(suiteName: string, { name, failures = [], skipped }: TestCase): string {
  const open = `    <testcase classname="${xml(suiteName)}" name="${xml(name)}"`;
  if (skipped !== undefined) return `${open}><skipped message="${xml(skipped)}"/></testcase>\n`;
  if (failures.length === 0) return `${open}/>\n`;
  return `${open}><failure message="${xml(failures[0] as string)}">${xml(failures.join('\n'))}</failure></testcase>\n`;
}

/** Text of an attribute or an element. Characters that XML 1.0 cannot hold become U+FFFD. */
function xml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
