/**
 * JUnit XML, as CI systems read it: what `check` and `prove` have to say, in one form. No times: the same input gives
 * the same bytes.
 */

/** One test: it failed, was skipped, or passed. */
export interface TestCase {
  name: string;
  /** What is wrong, each in one or more lines; the first is the headline. */
  failures?: readonly string[];
  /** The `type` of the failure. */
  type?: string;
  /** Why it was skipped. */
  skipped?: string;
  /** What a test that passed has to say. */
  output?: string;
}

/** Tests that belong together. */
export interface TestSuite {
  name: string;
  cases: readonly TestCase[];
}

/** The report, in the schema that Jenkins publishes. */
export function printSuites(name: string, suites: readonly TestSuite[]): string {
  const { tests, failures, errors } = countsOf(suites.flatMap(({ cases }) => cases));
  const head = attributes({ name, tests, failures, errors });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${head}>\n${suites.map(suite).join('')}</testsuites>\n`;
}

function suite({ name, cases }: TestSuite): string {
  const body = cases.map((one) => testCase(name, one)).join('');
  return `  <testsuite${attributes({ name, ...countsOf(cases) })}>\n${body}  </testsuite>\n`;
}

function countsOf(cases: readonly TestCase[]) {
  return {
    tests: cases.length,
    failures: cases.filter((one) => (one.failures?.length ?? 0) > 0).length,
    errors: 0,
    skipped: cases.filter((one) => one.skipped !== undefined).length,
  };
}

function testCase(classname: string, { name, failures = [], type, skipped, output }: TestCase): string {
  const open = `    <testcase${attributes({ classname, name })}`;
  const body = [
    skipped === undefined ? '' : `<skipped${attributes({ message: skipped })}/>`,
    failures.length === 0
      ? ''
      : `<failure${attributes({ message: failures[0] as string, type })}>${xml(failures.join('\n'))}</failure>`,
    output === undefined ? '' : `<system-out>${xml(output)}</system-out>`,
  ].join('');
  return body === '' ? `${open}/>\n` : `${open}>${body}</testcase>\n`;
}

function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${xml(String(value))}"`))
    .join('');
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
