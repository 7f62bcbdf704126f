/** Promises and what is said of them, and the page that says it. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './bench.mjs';
import { type Claim, promised, told, verdict } from './comparison.mjs';
import { COMPARISONS } from './comparisons/comparisons.mjs';
import { report } from './report.mjs';

const CLAIM: Claim = {
  work: 'a build',
  limits: [
    { id: 'cpu', unit: 's CPU', must: 8, aim: 4 },
    { id: 'faster', unit: '× faster', must: 4, aim: 6, more: true },
    { id: 'memory', unit: 'MB', must: 400 },
  ],
};

test('a claim says what it promises', () => {
  expect(promised(CLAIM, 'must')).toBe('≤ 8 s CPU, ≥ 4 × faster, ≤ 400 MB');
  expect(promised(CLAIM, 'aim')).toBe('≤ 4 s CPU, ≥ 6 × faster');
  expect(told(CLAIM, { cpu: 3.456, memory: 255.7 })).toBe('3.46 s CPU, 256 MB');
});

test.each([
  [{ cpu: 4, faster: 6, memory: 400 }, 'aim met'],
  [{ cpu: 5, faster: 6, memory: 400 }, 'met; aim missed: 25.0 % more s CPU'],
  [{ cpu: 4, faster: 4.5, memory: 1 }, 'met; aim missed: 25.0 % less × faster'],
  [{ cpu: 10, faster: 2, memory: 1 }, '**missed**: 25.0 % more s CPU, 50.0 % less × faster'],
  [{ cpu: 4, faster: 6, memory: 400.1 }, '**missed**: 1.00 % more MB'],
  [{ cpu: 16, faster: 6, memory: 1 }, '**missed**: 2.00 times as many s CPU'],
  [{ cpu: 4, faster: 6 }, 'aim met (as far as measured)'],
  [{}, 'not measured'],
])('of %j it is said: %s', (values, said) => {
  expect(verdict(CLAIM, values as Record<string, number>)).toBe(said);
});

test('what people wrote in the page is kept', () => {
  const first = report(COMPARISONS, {}, '', true);
  const mark = '<!-- why dedupe -->\n';
  const edited = first.replace(mark, () => `${mark}Text of a person, with a $& in it.`);
  expect(edited).not.toBe(first);
  expect(report(COMPARISONS, {}, edited, true)).toBe(edited);
  const only = COMPARISONS.filter(({ name }) => name === 'dedupe');
  expect(report(only, {}, edited, true)).toContain('Text of a person, with a $& in it.');
});

test('docs/benchmarks.md is what the results say', () => {
  const page = readFileSync(join(ROOT, 'docs/benchmarks.md'), 'utf8');
  const results = JSON.parse(readFileSync(join(ROOT, 'tests/bench/results.json'), 'utf8'));
  expect(report(COMPARISONS, results, page, true)).toBe(page);
});
