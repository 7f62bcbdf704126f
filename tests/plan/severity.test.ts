import { expect, test } from 'vitest';
import { SEVERITIES, type Severity, type Status } from '../../compiler/indicators/context.ts';
import { DEFAULT_POLICY } from '../../compiler/plan/policy.ts';
import { severityOf } from '../../compiler/plan/severity.ts';
import type { SeverityMap } from '../../compiler/source/policy-setting.ts';
import { CONTEXT } from './help.ts';

const carried = (status: Status, map: SeverityMap) =>
  SEVERITIES.map((severity) => severityOf({ ...CONTEXT, status, severity }, map)).join(' ');

const AS_LISTED = 'informational low medium high critical';

const cases: [about: string, map: SeverityMap, active: string, historical: string][] = [
  ['nothing', {}, AS_LISTED, AS_LISTED],
  ['a cap', { historical: 'medium' }, AS_LISTED, 'informational low medium medium medium'],
  ['the highest cap is none', { historical: 'critical' }, AS_LISTED, AS_LISTED],
  ['the lowest cap', { historical: 'informational' }, AS_LISTED, Array(5).fill('informational').join(' ')],
  [
    'words for others, lower and higher',
    { critical: 'high', informational: 'low' },
    'low low medium high high',
    'low low medium high high',
  ],
  [
    'the cap holds for what they become',
    { low: 'high', critical: 'low', historical: 'medium' },
    'informational high medium high low',
    'informational medium medium medium low',
  ],
  [
    'a word is looked up once',
    { high: 'medium', medium: 'low' },
    ...twice('informational low low medium critical'),
  ],
];

function twice(text: string): [string, string] {
  return [text, text];
}

test.each(cases)('%s', (_, map, active, historical) => {
  expect(carried('active', map)).toBe(active);
  expect(carried('revoked', map)).toBe(active);
  expect(carried('historical', map)).toBe(historical);
});

test('by default only what is historical is lowered, in every effect', () => {
  for (const { severity } of Object.values(DEFAULT_POLICY)) {
    expect(carried('active', severity)).toBe(AS_LISTED);
    expect(carried('historical', severity)).toBe('informational low low low low' satisfies string);
    expect(severity).toEqual({ historical: 'low' satisfies Severity });
  }
});
