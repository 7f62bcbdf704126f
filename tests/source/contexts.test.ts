import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Context, SEVERITIES, STATUSES, TLPS } from '../../compiler/indicators/context.ts';
import { IndicatorSet } from '../../compiler/indicators/set.ts';
import { ContextPool } from '../../compiler/source/context-pool.ts';
import { mergeContexts, resolveContext } from '../../compiler/source/contexts.ts';

const base: Context = {
  reports: [],
  actors: [],
  status: 'active',
  confidence: 50,
  severity: 'medium',
  tlp: 'green',
  attack: [],
  tags: [],
  references: [],
  match: 'suffix',
  allow: [],
  file: -1,
};
const allow = (guard: string) => ({ guard, reason: 'r', owner: 'o' });

describe('an indicator that is listed twice', () => {
  const cases: [name: string, first: Partial<Context>, second: Partial<Context>, merged: Partial<Context>][] =
    [
      ['revoked beats active', { status: 'active' }, { status: 'revoked' }, { status: 'revoked' }],
      ['active beats historical', { status: 'historical' }, { status: 'active' }, { status: 'active' }],
      ['revoked beats historical', { status: 'revoked' }, { status: 'historical' }, { status: 'revoked' }],
      ['the highest confidence', { confidence: 90 }, { confidence: 0 }, { confidence: 90 }],
      [
        'the highest severity',
        { severity: 'informational' },
        { severity: 'critical' },
        { severity: 'critical' },
      ],
      ['the strictest TLP', { tlp: 'amber' }, { tlp: 'amber+strict' }, { tlp: 'amber+strict' }],
      ['reports unite', { reports: ['b'] }, { reports: ['a', 'b'] }, { reports: ['a', 'b'] }],
      ['actors unite', { actors: ['b'] }, { actors: ['a'] }, { actors: ['a', 'b'] }],
      ['tags unite', { tags: ['b'] }, { tags: ['a'] }, { tags: ['a', 'b'] }],
      ['techniques unite', { attack: ['T1566'] }, { attack: ['T1071'] }, { attack: ['T1071', 'T1566'] }],
      [
        'references unite',
        { references: ['https://b'] },
        { references: ['https://a'] },
        { references: ['https://a', 'https://b'] },
      ],
      ['suffix beats exact', { match: 'exact' }, { match: 'suffix' }, { match: 'suffix' }],
      ['exact twice stays exact', { match: 'exact' }, { match: 'exact' }, { match: 'exact' }],
      [
        'allow unites',
        { allow: [allow('b')] },
        { allow: [allow('a'), allow('b')] },
        { allow: [allow('a'), allow('b')] },
      ],
      [
        'the days span both',
        { first_seen: '2025-01-02', last_seen: '2025-02-01' },
        { first_seen: '2025-01-01', last_seen: '2025-01-31' },
        { first_seen: '2025-01-01', last_seen: '2025-02-01' },
      ],
      ['a day said once holds', { expires: '2025-01-01' }, {}, { expires: '2025-01-01' }],
      [
        'the later end holds',
        { expires: '2025-01-01' },
        { expires: '2026-01-01' },
        { expires: '2026-01-01' },
      ],
      ['notes are joined', { note: 'a' }, { note: 'b' }, { note: 'a; b' }],
      ['equal notes are one', { note: 'a' }, { note: 'a' }, { note: 'a' }],
      ['the file is kept', { file: 3, file_name: 'a.exe' }, {}, { file: 3, file_name: 'a.exe' }],
      ['the file is taken over', {}, { file: 0, file_name: 'a.exe' }, { file: 0, file_name: 'a.exe' }],
    ];
  test.each(cases)('%s', (_name, first, second, merged) => {
    expect(mergeContexts({ ...base, ...first }, { ...base, ...second })).toEqual({ ...base, ...merged });
  });

  test('the order of the two does not matter, but for notes and files', () => {
    const words = fc.subarray(['a', 'b', 'c']);
    const day = fc.constantFrom('2025-01-01', '2025-06-01', undefined);
    const contexts = fc
      .record({
        reports: words,
        actors: words,
        tags: words,
        attack: words,
        references: words,
        status: fc.constantFrom(...STATUSES),
        severity: fc.constantFrom(...SEVERITIES),
        tlp: fc.constantFrom(...TLPS),
        confidence: fc.nat(100),
        match: fc.constantFrom('suffix' as const, 'exact' as const),
        first_seen: day,
        last_seen: day,
        expires: day,
      })
      .map((context): Context => ({ ...base, ...JSON.parse(JSON.stringify(context)) }));
    fc.assert(
      fc.property(contexts, contexts, (a, b) => {
        expect(mergeContexts(a, b)).toEqual(mergeContexts(b, a));
        expect(mergeContexts(a, a)).toEqual(a);
      }),
    );
  });
});

describe('a context', () => {
  test('needs status, confidence, severity and TLP', () => {
    const all = { status: 'active', confidence: 0, severity: 'low', tlp: 'red' } as const;
    expect(resolveContext(all, {})).toEqual({ ...base, ...all });
    expect(resolveContext({}, all)).toEqual({ ...base, ...all });
    for (const key of Object.keys(all))
      expect(resolveContext({ ...all, [key]: undefined }, {})).toBeUndefined();
  });

  test('takes one word where a list is meant', () => {
    const context = resolveContext(
      { ...base, reports: undefined, report: 'r', attack: 'T1566', allow: allow('g') } as never,
      {
        tags: 't',
      },
    );
    expect(context).toMatchObject({ reports: ['r'], attack: ['T1566'], tags: ['t'], allow: [allow('g')] });
  });

  test('has one number where it is equal', () => {
    const pool = new ContextPool(new IndicatorSet());
    expect(pool.intern({ ...base })).toBe(pool.intern({ ...base }));
    expect(pool.intern({ ...base, file: 0 })).not.toBe(pool.intern({ ...base }));
  });
});
