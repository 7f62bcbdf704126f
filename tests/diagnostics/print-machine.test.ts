import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CODES, type Code } from '../../compiler/diagnostics/codes.ts';
import type { Diagnostic, Severity } from '../../compiler/diagnostics/diagnostic.ts';
import { MACHINE_FORMATS, printFormat } from '../../compiler/diagnostics/formats.ts';
import { printGithub } from '../../compiler/diagnostics/print-github.ts';
import { printGitlab } from '../../compiler/diagnostics/print-gitlab.ts';
import { printJunit } from '../../compiler/diagnostics/print-junit.ts';
import { printSarif } from '../../compiler/diagnostics/print-sarif.ts';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { visible } from '../../compiler/diagnostics/visible.ts';
import { readCommands, readJunit, readSarif, shownOf } from './format-readers.ts';

const RUN = { version: '1.2.3', files: ['lists/a b.yaml', 'clean.yaml'] };

const a = new SourceFile('lists/a b.yaml', 'one\r\ntwo 😀 three\rfour\n');
const b = new SourceFile('b.yaml', 'x');

const error: Diagnostic = {
  code: 'RF201',
  severity: 'error',
  message: '`three` is, 100% surely: bad',
  label: 'here',
  span: { file: a, start: 12, end: 17 },
  related: [{ span: { file: b, start: 0, end: 1 }, message: 'see this' }],
  why: 'it would be lost',
  help: 'mend it\nor remove it',
};
const hint: Diagnostic = {
  code: 'RF336',
  severity: 'hint',
  message: 'spelt oddly',
  span: { file: a, start: 0, end: 9 },
  fix: { description: 'now `uno`', edits: [{ span: { file: a, start: 0, end: 3 }, text: 'uno' }] },
};
const warning: Diagnostic = { code: 'RF122', severity: 'warning', message: 'no file', why: 'w', help: 'h' };
const ALL = [warning, hint, error];

describe('GitHub', () => {
  test('errors first; columns within one line only; commas, colons and percent signs are escaped', () => {
    expect(printGithub(ALL).split('\n')).toEqual([
      '::error file=lists/a b.yaml,line=2,col=7,endLine=2,endColumn=12,title=RF201 unknown-key::`three` is, 100%25 surely: bad%0Awhy: it would be lost%0Ahelp: mend it%0Aor remove it',
      '::warning title=RF122 no-input::no file%0Awhy: w%0Ahelp: h'.replace('no-input', CODES.RF122.name),
      `::notice file=lists/a b.yaml,line=1,endLine=2,title=RF336 ${CODES.RF336.name}::spelt oddly%0Awhy: ${CODES.RF336.why}%0Ahelp: ${CODES.RF336.help}`,
      '',
    ]);
  });

  test('nothing of nothing', () => {
    expect(printGithub([])).toBe('');
  });

  test.each([10, 11])('of %i errors', (count) => {
    const text = printGithub([hint, ...Array.from({ length: count }, () => error)]);
    const [first] = readCommands(text);
    if (count === 10) expect(first?.name).toBe('error');
    else
      expect(first).toEqual({
        name: 'notice',
        properties: { title: 'Refang' },
        data: '11 errors, 0 warnings and 1 hints: GitHub shows the first 10 of each, the log of this step has all',
      });
    expect(readCommands(text)).toHaveLength(count + (count === 10 ? 1 : 2));
  });
});

describe('GitLab', () => {
  test('a report', () => {
    const report = JSON.parse(printGitlab(ALL));
    expect(report).toMatchObject([
      {
        check_name: CODES.RF122.name,
        severity: 'minor',
        location: { path: 'refang.yaml', lines: { begin: 1 } },
      },
      { check_name: CODES.RF336.name, severity: 'info', location: { lines: { begin: 1, end: 2 } } },
      {
        description:
          'RF201: `three` is, 100% surely: bad\nwhy: it would be lost\nhelp: mend it\nor remove it',
        check_name: 'unknown-key',
        severity: 'critical',
        location: {
          path: 'lists/a b.yaml',
          lines: { begin: 2, end: 2 },
          positions: { begin: { line: 2, column: 7 }, end: { line: 2, column: 12 } },
        },
      },
    ]);
    for (const { fingerprint } of report) expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
    expect(printGitlab([])).toBe('[]\n');
  });

  const prints = (diagnostics: readonly Diagnostic[]): string[] =>
    JSON.parse(printGitlab(diagnostics)).map(({ fingerprint }: { fingerprint: string }) => fingerprint);

  test('a fingerprint stays when the line moves, and is one of its own for each finding', () => {
    const moved = new SourceFile(a.path, `# a new line\n${a.text}`);
    const [before] = prints([error]);
    expect(prints([{ ...error, span: { file: moved, start: 25, end: 30 } }])).toEqual([before]);
    expect(prints([{ ...error, why: 'in other words', help: '' }])).toEqual([before]);
    const others: Diagnostic[] = [
      error,
      { ...error, message: 'other' },
      error,
      { ...error, code: 'RF203' },
      { ...error, span: { file: b, start: 0, end: 1 } },
    ];
    const all = prints(others);
    expect(all[0]).toBe(before);
    expect(new Set(all).size).toBe(5);
  });
});

describe('SARIF', () => {
  test('results, rules and files', () => {
    const run = readSarif(printSarif(ALL, RUN));
    expect(run.tool.driver).toMatchObject({ name: 'Refang', version: '1.2.3', semanticVersion: '1.2.3' });
    expect(run.tool.driver.rules.map(({ id }) => id)).toEqual(['RF122', 'RF201', 'RF336']);
    expect(run.tool.driver.rules[1]).toEqual({
      id: 'RF201',
      name: 'UnknownKey',
      shortDescription: { text: CODES.RF201.title },
      fullDescription: { text: `${CODES.RF201.title} Why: ${CODES.RF201.why}.` },
      help: {
        text: `${CODES.RF201.title} Why: ${CODES.RF201.why}. Help: ${CODES.RF201.help}.`,
        markdown: `${CODES.RF201.title}\n\nWhy: ${CODES.RF201.why}.\n\nHelp: ${CODES.RF201.help}.`,
      },
    });
    expect(run.artifacts.map(({ location }) => location.uri)).toEqual([
      'b.yaml',
      'lists/a%20b.yaml',
      'refang.yaml',
    ]);
    expect(run.results[2]).toEqual({
      ruleId: 'RF201',
      ruleIndex: 1,
      level: 'error',
      message: { text: '`three` is, 100% surely: bad\nwhy: it would be lost\nhelp: mend it\nor remove it' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'lists/a%20b.yaml', index: 1 },
            region: { startLine: 2, startColumn: 7, endLine: 2, endColumn: 12 },
          },
          message: { text: 'here' },
        },
      ],
      relatedLocations: [
        {
          id: 1,
          physicalLocation: {
            artifactLocation: { uri: 'b.yaml', index: 0 },
            region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
          },
          message: { text: 'see this' },
        },
      ],
      partialFingerprints: { 'refangFinding/v1': expect.stringMatching(/^[0-9a-f]{32}$/) },
    });
    expect(run.results[1]).toMatchObject({
      level: 'note',
      fixes: [
        {
          description: { text: 'now `uno`' },
          artifactChanges: [
            {
              artifactLocation: { uri: 'lists/a%20b.yaml', index: 1 },
              replacements: [
                {
                  deletedRegion: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 4 },
                  insertedContent: { text: 'uno' },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test('what has no place is put where code scanning can show it', () => {
    const [result] = readSarif(printSarif([warning], RUN)).results;
    expect(result).toMatchObject({
      level: 'warning',
      locations: [
        { physicalLocation: { artifactLocation: { uri: 'refang.yaml' }, region: { startLine: 1 } } },
      ],
    });
  });

  test('an empty run of nothing', () => {
    expect(readSarif(printSarif([], RUN))).toMatchObject({ tool: { driver: { rules: [] } }, results: [] });
  });

  test('GitHub has what it needs of every code: texts that are not empty and not over 1024 characters', () => {
    const codes = Object.keys(CODES) as Code[];
    const all = codes.map((code): Diagnostic => ({ code, severity: 'error', message: code }));
    const { rules } = readSarif(printSarif(all, RUN)).tool.driver;
    expect(rules.map(({ id }) => id)).toEqual([...codes].sort());
    for (const rule of rules) {
      expect(rule.name).toMatch(/^[A-Z][A-Za-z0-9]+$/);
      for (const { text } of [rule.help, ...Object.values(rule)].filter((one) => typeof one === 'object'))
        expect([rule.id, text.length > 0 && text.length <= 1024]).toEqual([rule.id, true]);
    }
  });

  test('more than GitHub takes: the weightiest, and that the others are left out', () => {
    const many = [hint, warning, ...Array.from({ length: 24_999 }, () => error)];
    const { runs } = JSON.parse(printSarif(many, RUN));
    expect(runs[0].results).toHaveLength(25_000);
    expect(runs[0].results.at(-1).level).toBe('warning');
    expect(runs[0].invocations).toEqual([
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          {
            level: 'warning',
            message: {
              text: '25000 of 25001 findings are here, the weightiest: code scanning takes no more',
            },
          },
        ],
      },
    ]);
  });

  const paths: [path: string, uri: string][] = [
    ['../lists/a.yaml', '../lists/a.yaml'],
    ['a:b/c?d#e.yaml', 'a%3Ab/c%3Fd%23e.yaml'],
    ['caf\u00e9%20.yaml', 'caf%C3%A9%2520.yaml'],
    ['a\ud800.yaml', 'a%EF%BF%BD.yaml'],
  ];
  test.each(paths)('the path %j as a relative reference', (path, uri) => {
    const span = { file: new SourceFile(path, 'x'), start: 0, end: 1 };
    expect(readSarif(printSarif([{ ...error, span, related: [] }], RUN)).artifacts[0]?.location.uri).toBe(
      uri,
    );
  });
});

describe('JUnit', () => {
  test('a suite for each file, a case for each finding; a hint fails nothing', () => {
    expect(readJunit(printJunit(ALL, RUN))).toEqual([
      {
        suite: 'lists/a b.yaml',
        name: '1:1 RF336 spelt oddly',
        output: `spelt oddly\nwhy: ${CODES.RF336.why}\nhelp: ${CODES.RF336.help}`,
      },
      {
        suite: 'lists/a b.yaml',
        name: '2:7 RF201 `three` is, 100% surely: bad',
        failure: {
          message: '`three` is, 100% surely: bad',
          type: 'error',
          text: '`three` is, 100% surely: bad\nwhy: it would be lost\nhelp: mend it\nor remove it',
        },
      },
      { suite: 'clean.yaml', name: 'no findings' },
      {
        suite: 'the project',
        name: 'RF122 no file',
        failure: { message: 'no file', type: 'warning', text: 'no file\nwhy: w\nhelp: h' },
      },
    ]);
  });

  test('files without a finding pass', () => {
    expect(readJunit(printJunit([], RUN))).toEqual([
      { suite: 'lists/a b.yaml', name: 'no findings' },
      { suite: 'clean.yaml', name: 'no findings' },
    ]);
  });
});

describe('hostile texts', () => {
  const NASTY = [
    '::error::x',
    '%0A::set-output name=a::b',
    '%',
    '%25',
    'a\r\n::stop-commands::x',
    '\u2028::error::y',
    '\u0085',
    ']]>',
    '</failure>',
    '<!--',
    '&amp;',
    '&#0;',
    '"',
    "'",
    '\\',
    '`',
    '{0}',
    '{{',
    '}',
    '[x](https://evil.example)',
    '[a[.]b](1)',
    '\u001b[31m',
    '\u0000',
    '\u0007',
    '\u202e',
    '\u2066',
    '\ufeff',
    '\ud800',
    '\udc00',
    '\ufffe',
    '😀',
    ',',
    ':',
    '=',
    '##[error]',
    '\t',
  ];
  const text = fc
    .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 6 })
    .map((parts) => parts.join(''));
  const severities = fc.constantFrom<Severity[]>('error', 'warning', 'hint');
  const diagnostic = fc
    .record({
      message: text,
      why: text,
      help: text,
      label: text,
      path: text,
      source: text,
      severity: severities,
    })
    .map(({ path, source, message, why, help, label, severity }): Diagnostic => {
      const file = new SourceFile(path, source);
      const span = { file, start: 0, end: file.text.length };
      const fix = { description: label, edits: [{ span, text: label }] };
      return {
        code: 'RF301',
        severity,
        span,
        message,
        why,
        help,
        label,
        related: [{ span, message: label }],
        fix,
      };
    });

  test('every format stays readable and says the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(diagnostic, { maxLength: 5 }), async (diagnostics) => {
        const printed = new Map<string, string>();
        for (const format of MACHINE_FORMATS)
          printed.set(format, await printFormat(format, diagnostics, { version: '1.0.0', files: [] }));
        const of = (format: string) => printed.get(format) as string;
        const messages = diagnostics.map(({ message }) => visible(message)).sort();
        const firstLines = (texts: readonly string[]) => texts.map((one) => one.split('\n')[0]).sort();

        expect(of('concise').match(/\n/g)?.length ?? 0).toBe(diagnostics.length);
        expect(
          JSON.parse(of('json'))
            .map((one: Diagnostic) => visible(one.message))
            .sort(),
        ).toEqual(messages);
        expect(firstLines(readCommands(of('github')).map(({ data }) => data))).toEqual(messages);
        const report = JSON.parse(of('gitlab')) as { description: string; fingerprint: string }[];
        expect(firstLines(report.map(({ description }) => description.slice('RF301: '.length)))).toEqual(
          messages,
        );
        expect(new Set(report.map(({ fingerprint }) => fingerprint)).size).toBe(diagnostics.length);
        const { results } = readSarif(of('sarif'));
        expect(firstLines(results.map(({ message }) => shownOf(message.text)))).toEqual(messages);
        const cases = diagnostics.length > 0 ? readJunit(of('junit')) : [];
        expect(firstLines(cases.map(({ failure, output }) => failure?.text ?? output ?? ''))).toEqual(
          messages,
        );
        for (const format of ['concise', 'github', 'junit'])
          expect(of(format)).not.toMatch(/[\u001b\u0000\u0007\u202e\u2066\ud800-\udbff](?![\udc00-\udfff])/);
      }),
    );
  });
});
