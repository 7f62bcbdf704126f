import { expect, test } from 'vitest';
import type { Context, Report } from '../../compiler/indicators/context.ts';
import { sameThrough } from '../../compiler/plan/same-through.ts';
import type { Freshness } from '../../compiler/source/freshness-settings.ts';
import type { Lifetimes } from '../../compiler/source/policy-setting.ts';
import { type Given, setOf } from './help.ts';

const REPORTS = new Map<string, Report>([
  ['sample', { id: 'sample', title: 'Sample', author: 'A', published: '2025-12-01' }],
]);
const TODAY = '2026-01-01';
const FOR_EVER = '9999-12-31';
const of = (over: Partial<Context>): Given => ['domain', 'a.example', over];
const allow = (until: string) => [{ guard: 'g', reason: 'r', owner: 'o', until }];

const cases: [
  about: string,
  given: Given,
  wanted: { lifetimes?: Lifetimes[]; warnAfter?: number; errorAfter?: number },
  through: string,
][] = [
  ['nothing has a day', of({}), {}, FOR_EVER],
  ['valid through the day it expires', of({ expires: '2026-02-01' }), {}, '2026-02-01'],
  ['it expires today', of({ expires: TODAY }), {}, TODAY],
  ['it has expired', of({ expires: '2025-12-31' }), {}, FOR_EVER],
  ['it begins tomorrow', of({ first_seen: '2026-01-02' }), {}, TODAY],
  ['it begins next week', of({ first_seen: '2026-01-08' }), {}, '2026-01-07'],
  ['it has begun', of({ first_seen: TODAY }), {}, FOR_EVER],
  ['an override ends', of({ allow: allow('2026-03-04') }), {}, '2026-03-04'],
  ['the earliest counts', of({ expires: '2026-02-01', allow: allow('2026-01-15') }), {}, '2026-01-15'],
  [
    'the lifetime of a target ends',
    of({ last_seen: '2025-12-30' }),
    { lifetimes: [{}, { domain: 5 }] },
    '2026-01-04',
  ],
  ['a lifetime of another kind', of({ last_seen: '2025-12-30' }), { lifetimes: [{ ip: 5 }] }, FOR_EVER],
  ['becomes too old', of({ reports: ['sample'] }), { warnAfter: 40 }, '2026-01-10'],
  ['becomes too old, sooner', of({ reports: ['sample'] }), { warnAfter: 40, errorAfter: 35 }, '2026-01-05'],
  ['is too old, and told so with its age', of({ reports: ['sample'] }), { warnAfter: 30 }, TODAY],
  [
    'what is historical is not told',
    of({ reports: ['sample'], status: 'historical' }),
    { warnAfter: 30 },
    FOR_EVER,
  ],
];

test.each(cases)('%s', (_, given, { lifetimes = [], warnAfter, errorAfter }, through) => {
  const collection = { reports: REPORTS, actors: new Map(), indicators: setOf([given]) };
  const freshness: Freshness = { warnAfter, errorAfter };
  expect(sameThrough(collection, lifetimes, freshness, TODAY)).toBe(through);
});
