/** The judge: what observations mean. Engines are played here; their own tests show that they observe. */

import { describe, expect, test } from 'vitest';
import type { BehaviourReport, Observation } from '../../compiler/prove/behaviour.ts';
import type { IndicatorCase } from '../../compiler/prove/cases.ts';
import { type Judged, judge } from '../../compiler/prove/judge.ts';

/** Indicator 0 is `1ds.me`, 1 is `evil.example`; rule `10` is for 0, `11` for 1, `20` for both. */
const CASES: readonly IndicatorCase[] = [
  { id: 0, indicator: 0, kind: 'domain', text: '1ds.me', expect: 'match', about: 'the name itself' },
  {
    id: 1,
    indicator: 0,
    kind: 'domain',
    text: 'WWW.1DS.ME',
    expect: 'match',
    about: 'a subdomain in capitals',
  },
  { id: 2, indicator: 0, kind: 'domain', text: 'evil1ds.me', expect: 'silence', about: 'a longer name' },
  { id: 3, indicator: 1, kind: 'domain', text: 'evil.example', expect: 'match', about: 'the name itself' },
];

const MEMBERS = new Map([
  ['10', new Set([0])],
  ['11', new Set([1])],
  ['20', new Set([0, 1])],
]);

function judged(more: Partial<Judged> = {}): Judged {
  return {
    cases: CASES,
    members: MEMBERS,
    standsFor: (indicator) => indicator,
    tierOf: () => undefined,
    tolerated: () => false,
    explainedBy: () => [],
    ...more,
  };
}

/** An observation for each `case carrier rules…`. */
function report(lines: readonly string[], rules: readonly string[] = []): BehaviourReport {
  const observations = lines.map((line): Observation => {
    const [id, carrier, ...fired] = line.split(' ');
    return { case: Number(id), carrier: carrier as string, rules: fired };
  });
  return { engine: 'suricata', version: '7', command: '', observations, rules, notCarried: [] };
}

function failures(
  lines: readonly string[],
  more: Partial<Judged> = {},
  rules: readonly string[] = [],
): string[] {
  return judge(judged(more), report(lines, rules)).failures.map(({ indicator, problem, seen, rules: at }) =>
    [`${indicator} ${problem}`, seen && `${seen.text} ${seen.carrier}`, at.join(',')]
      .filter(Boolean)
      .join(' | '),
  );
}

const RIGHT = ['0 dns 10', '1 dns 10', '2 dns', '3 dns 11'];

describe('judges', () => {
  const table: [about: string, lines: string[], failures: string[], more?: Partial<Judged>][] = [
    ['all that must fire fires, and nothing else', RIGHT, []],
    ['a witness is missed', ['0 dns 10', '1 dns', '2 dns', '3 dns 11'], ['0 silent | WWW.1DS.ME dns']],
    [
      'a near miss fires',
      ['0 dns 10', '1 dns 10', '2 dns 10', '3 dns 11'],
      ['0 fires | evil1ds.me dns | 10'],
    ],
    ['nothing fires at all', ['0 dns', '1 dns', '2 dns', '3 dns 11'], ['0 no rule fires']],
    ['only another one’s rule fires', ['0 dns 11', '1 dns 11', '2 dns', '3 dns 11'], ['0 no rule fires']],
    ['a rule for a group is for each member', ['0 dns 20', '1 dns 20', '2 dns', '3 dns 20'], []],
    [
      'a group’s rule fires on a near miss',
      ['0 dns 20', '1 dns 20', '2 dns 20', '3 dns 20'],
      ['0 fires | evil1ds.me dns | 20'],
    ],
    [
      'a near miss that another indicator of the rule explains',
      ['0 dns 20', '1 dns 20', '2 dns 20', '3 dns 20'],
      [],
      { explainedBy: ({ id }) => (id === 2 ? [1] : []) },
    ],
    [
      'an explanation that is none of this rule',
      ['0 dns 10', '1 dns 10', '2 dns 10', '3 dns 11'],
      ['0 fires | evil1ds.me dns | 10'],
      { explainedBy: ({ id }) => (id === 2 ? [1] : []) },
    ],
    [
      'another one’s rule on a near miss is judged with that one',
      ['0 dns 10', '1 dns 10', '2 dns 11', '3 dns 11'],
      [],
    ],
    [
      'a rule that we did not make',
      ['0 dns 99', '1 dns 99', '2 dns 99', '3 dns 99'],
      ['0 fires | evil1ds.me dns | 99'],
    ],
    ['a way of being seen that the target does not watch', [...RIGHT, '0 tls', '1 tls', '2 tls'], []],
    [
      'a way that it watches for the other one only',
      [...RIGHT, '0 tls', '1 tls', '3 tls 11'],
      ['0 silent | 1ds.me tls', '0 silent | WWW.1DS.ME tls'],
    ],
    ['a way that it watches, badly', [...RIGHT, '0 tls 10', '1 tls'], ['0 silent | WWW.1DS.ME tls']],
    [
      'a near miss in a way in which it sees nothing',
      [...RIGHT, '2 http 10'],
      ['0 fires | evil1ds.me http | 10'],
    ],
    ['covered: the other one’s rule counts', ['3 dns 10'], [], { standsFor: () => 0 }],
    [
      'approximate: near misses are not judged',
      ['0 dns 10', '1 dns 10', '2 dns 10', '3 dns 11'],
      [],
      { tolerated: () => true },
    ],
    ['what was not shown is not judged', ['3 dns 11'], []],
  ];

  test.each(table)('%s', (_, lines, expected, more = {}) => {
    expect(failures(lines, more)).toEqual(expected);
  });

  test('what is watched may be blocked where another listed indicator says so', () => {
    const tiers = {
      tierOf: (indicator: number) => (indicator === 1 ? 'block' : 'watch') as 'block' | 'watch',
    };
    const lines = ['0 output drop', '1 output count'];
    expect(failures(lines, tiers)).toEqual(['0 silent | 1ds.me output']);
    expect(failures(lines, { ...tiers, explainedBy: () => [0] })).toEqual(['0 silent | 1ds.me output']);
    expect(failures(lines, { ...tiers, explainedBy: () => [1] })).toEqual([]);
  });

  test('tiers: the deed has to be that of the tier, and no other', () => {
    const block = { tierOf: () => 'block' as const };
    const watch = { tierOf: () => 'watch' as const };
    expect(failures(['3 output drop'], block)).toEqual([]);
    expect(failures(['3 output count'], block)).toEqual(['1 no rule fires']);
    expect(failures(['3 output count'], watch)).toEqual([]);
    expect(failures(['3 output drop'], watch)).toEqual(['1 no rule fires']);
    expect(failures(['3 output drop', '3 input'], block)).toEqual(['1 silent | evil.example input']);
    expect(failures(['0 output drop', '1 output drop', '2 output drop', '3 output drop'], block)).toEqual([
      '0 fires | evil1ds.me output | drop',
    ]);
  });

  test('a rule that never fires for a member that was shown', () => {
    expect(failures(RIGHT, {}, ['10', '11'])).toEqual([]);
    expect(failures(RIGHT, {}, ['10', '11', '20', '99'])).toEqual([
      '0 rule never fires | 20',
      '1 rule never fires | 20',
    ]);
    expect(failures(['3 dns 11'], {}, ['10', '11'])).toEqual([]);
  });
});

test('counts what was shown, and what of it was right', () => {
  const { matches, misses, indicators } = judge(
    judged(),
    report(['0 dns 10', '1 dns', '2 dns 10', '2 tls', '3 dns 11']),
  );
  expect(matches).toEqual({ seen: 3, ok: 2 });
  expect(misses).toEqual({ seen: 2, ok: 1 });
  expect([...indicators]).toEqual([0, 1]);
});
