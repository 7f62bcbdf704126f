/** The line by which a reviewer knows what a change is about. */

import { expect, test } from 'vitest';
import type { Change, Difference, IndicatorChange } from '../../compiler/compare/difference.ts';
import { headline } from '../../compiler/compare/summary.ts';

function of(...changes: [Change, reason: string, value: string, by?: string][]): string {
  const indicators = changes.map(
    ([change, reason, value, by]): IndicatorChange => ({
      change,
      kind: 'domain',
      value,
      reason,
      ...(by !== undefined && { by }),
      edits: [],
      place: 'indicators.yaml:1:1',
      targets: ['rpz'],
    }),
  );
  const side = { name: 'main', day: '2026-01-01', indicators: 1 };
  const none = { inputs: [], settings: [], findings: [], targets: [] };
  const difference: Difference = {
    before: side,
    after: side,
    textual: false,
    differs: true,
    ...none,
    indicators,
  };
  return headline(difference);
}

test('each indicator counts once for what became of it', () => {
  expect(
    of(['added', 'added', 'a.example'], ['added', 'added', 'a.example'], ['removed', 'expired', 'b.example']),
  ).toBe('1 indicator added, 1 removed');
});

test('what another entry matches as well is not removed, and what it matched is not added', () => {
  expect(
    of(
      ['added', 'added', 'b.example'],
      ['removed', 'covered', 'a.b.example'],
      ['added', 'covered', 'c.b.example'],
    ),
  ).toBe('1 indicator added, 2 covered by others');
  expect(of(['removed', 'expired', 'b.example'], ['added', 'uncovered', 'a.b.example'])).toBe(
    '1 indicator removed, 1 no longer covered',
  );
});

test('what is kept out and matched by another still is told apart from what is not matched', () => {
  expect(
    of(
      ['removed', 'revoked', 'a.example'],
      ['withheld', 'revoked', 'a.b.example', 'b.example'],
      ['withheld', 'status', 'c.example'],
    ),
  ).toBe('1 indicator removed, 1 withheld, 1 kept out but still matched');
});
