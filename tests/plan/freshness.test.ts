import { expect, test } from 'vitest';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import type { Context, Report } from '../../compiler/indicators/context.ts';
import { freshnessDiagnostics } from '../../compiler/plan/freshness.ts';
import { type Given, setOf } from './help.ts';

const REPORTS = new Map<string, Report>(
  Object.entries({ old: '2025-01-01', late: '2025-11-01' }).map(([id, published]) => [
    id,
    { id, title: id, author: 'A', published },
  ]),
);
const FILE = new SourceFile('indicators.yaml', 'old: 2025-01-01\nlate: 2025-11-01\n');
const PUBLISHED = new Map([
  ['old', { file: FILE, start: 5, end: 15 }],
  ['late', { file: FILE, start: 22, end: 32 }],
]);

const of = (value: string, over: Partial<Context>): Given => ['domain', value, over];
const OLD = of('a.example', { reports: ['old'] });

/** On the first day of 2026, when `old` is 365 days old and `late` 61. */
function told(given: Given[], warnAfter?: number, errorAfter?: number): string[] {
  const collection = { reports: REPORTS, actors: new Map(), indicators: setOf(given), published: PUBLISHED };
  return freshnessDiagnostics(collection, { warnAfter, errorAfter }, '2026-01-01').map(
    ({ severity, code, message, label, span }) =>
      `${severity} ${code} ${span?.file.position(span.start).line} ${message}: ${label}`,
  );
}

const cases: [
  about: string,
  given: Given[],
  warn: number | undefined,
  error: number | undefined,
  told: string[],
][] = [
  ['off', [OLD], undefined, undefined, []],
  [
    'a day too old',
    [OLD],
    364,
    undefined,
    [
      'warning RF414 1 1 active indicator of the report `old` has not been seen for 365 days: `freshness: {warn_after: 364}`',
    ],
  ],
  ['on the last day', [OLD], 365, undefined, []],
  [
    'an error, and no warning beside it',
    [OLD, of('b.example', { reports: ['old'] })],
    30,
    364,
    [
      'error RF414 1 2 active indicators of the report `old` have not been seen for 365 days: `freshness: {error_after: 364}`',
    ],
  ],
  ['an error alone', [OLD], undefined, 365, []],
  [
    'historical and revoked',
    [
      of('a.example', { reports: ['old'], status: 'historical' }),
      of('b.example', { reports: ['old'], status: 'revoked' }),
    ],
    1,
    2,
    [],
  ],
  ['seen since', [of('a.example', { reports: ['old'], last_seen: '2025-12-31' })], 1, undefined, []],
  [
    'seen last before the report',
    [of('a.example', { reports: ['late'], last_seen: '2025-01-01' })],
    180,
    undefined,
    [
      'warning RF414 2 1 active indicator of the report `late` has not been seen for 365 days: `freshness: {warn_after: 180}`',
    ],
  ],
  ['in two reports the later counts', [of('a.example', { reports: ['late', 'old'] })], 180, undefined, []],
  ['of no report', [of('a.example', { last_seen: '2001-01-01' })], 1, undefined, []],
  [
    'only those that are too old are counted',
    [OLD, of('b.example', { reports: ['old'], last_seen: '2025-12-01' })],
    180,
    undefined,
    [
      'warning RF414 1 1 active indicator of the report `old` has not been seen for 365 days: `freshness: {warn_after: 180}`',
    ],
  ],
];

test.each(cases)('%s', (_, given, warn, error, expected) => {
  expect(told(given, warn, error)).toEqual(expected);
});
