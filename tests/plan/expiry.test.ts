import { expect, test } from 'vitest';
import type { Context, Report } from '../../compiler/indicators/context.ts';
import type { Kind } from '../../compiler/indicators/kind.ts';
import { expiryOf, firstReported } from '../../compiler/plan/expiry.ts';
import type { Lifetimes } from '../../compiler/source/policy-setting.ts';
import { CONTEXT, setOf } from './help.ts';

const REPORTS = new Map<string, Report>(
  Object.entries({ early: '2025-01-15', late: '2025-03-01' }).map(([id, published]) => [
    id,
    { id, title: id, author: 'A', published },
  ]),
);

function expiry(kind: Kind, over: Partial<Context>, lifetimes: Lifetimes): string | undefined {
  const indicators = setOf([[kind, 'value', over]]);
  return expiryOf({ indicators, reports: REPORTS, actors: new Map() }, lifetimes)(0);
}

const SEEN = { first_seen: '2025-02-01', last_seen: '2025-02-10' };

const cases: [
  about: string,
  kind: Kind,
  over: Partial<Context>,
  lifetimes: Lifetimes,
  ends: string | undefined,
][] = [
  ['no lifetime: no end', 'ip', SEEN, {}, undefined],
  ['a lifetime of another kind', 'ip', SEEN, { domain: 1 }, undefined],
  ['networks are not addresses', 'cidr', SEEN, { ip: 1 }, undefined],
  ['an end of its own, earlier', 'ip', { ...SEEN, expires: '2025-02-11' }, { ip: 30 }, '2025-02-11'],
  ['an end of its own, later', 'ip', { ...SEEN, expires: '2030-01-01' }, { ip: 30 }, '2030-01-01'],
  ['an end of its own without a lifetime', 'ip', { expires: '2030-01-01' }, {}, '2030-01-01'],
  ['from the day last seen', 'ip', { ...SEEN, reports: ['late'] }, { ip: 30 }, '2025-03-12'],
  [
    'from the day first seen',
    'ip',
    { first_seen: '2025-02-01', reports: ['late'] },
    { ip: 30 },
    '2025-03-03',
  ],
  ['from the day of the earliest report', 'ip', { reports: ['early', 'late'] }, { ip: 30 }, '2025-02-14'],
  ['reports in another order', 'ip', { reports: ['late', 'early'] }, { ip: 30 }, '2025-02-14'],
  ['without any day', 'ip', {}, { ip: 30 }, undefined],
  ['one day', 'domain', { last_seen: '2025-12-31' }, { domain: 1 }, '2026-01-01'],
  ['over the end of February', 'url', { last_seen: '2024-02-28' }, { url: 2 }, '2024-03-01'],
  ['over a leap day', 'hash', { last_seen: '2023-03-01' }, { hash: 366 }, '2024-03-01'],
  ['a hundred years', 'ja3', { last_seen: '2025-01-01' }, { ja3: 36_500 }, '2124-12-08'],
  ['no later than days can be written', 'ip', { last_seen: '9999-12-30' }, { ip: 2 }, '9999-12-31'],
];

test.each(cases)('%s', (_, kind, over, lifetimes, ends) => {
  expect(expiry(kind, over, lifetimes)).toBe(ends);
});

test('the earliest report', () => {
  expect(firstReported({ ...CONTEXT, reports: ['late', 'early'] }, REPORTS)).toBe('2025-01-15');
  expect(firstReported(CONTEXT, REPORTS)).toBeUndefined();
});
