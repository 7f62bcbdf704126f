/** What is checked once for many records is told and read as if each had been checked. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFeed, told } from './help.ts';

const context = fc.record(
  {
    confidence: fc.constantFrom<unknown>(80, '80', 101),
    tags: fc.constantFrom<unknown>('x', ['x'], ['x', 'y'], 'x"],"note":"y', [], ''),
    note: fc.constantFrom<unknown>('a', 'a\nb', 'ä', null, { a: 1 }),
    match: fc.constantFrom<unknown>('exact', 'suffix', 'other'),
    actor: fc.constantFrom<unknown>('a', ['b', 'a'], 'c'),
    last_seen: fc.constantFrom<unknown>('2025-01-01', '2026-01-01'),
    first_seen: fc.constantFrom<unknown>('2025-06-01'),
    allow: fc.constantFrom<unknown>({ guard: 'special-use', reason: 'r', owner: 'o' }, { guard: 'x' }),
  },
  { requiredKeys: [] },
);

const values = fc.constantFrom<(at: number) => Record<string, unknown>>(
  (at) => ({ domain: `a${at}.example` }),
  (at) => ({ domain: [`a${at}.example`, `b${at}.example`] }),
  (at) => ({ ip: `192.0.2.${at}`, mutex: `m${at}` }),
  (at) => ({ hash: `${at}`.padStart(32, '0') }),
  (at) => ({ file: { md5: `${at}`.padStart(32, '0') } }),
  () => ({ domain: 'bad..example' }),
  () => ({ domain: {} }),
  () => ({}),
);

test('in NDJSON', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(values, context), { maxLength: 12 }), async (records) => {
      const lines = records.map(([value, rest], at) => JSON.stringify({ ...value(at), ...rest }));
      const whole = await readFeed('format: ndjson', lines.join('\n'));
      const alone = await Promise.all(lines.map((line) => readFeed('format: ndjson', line)));
      const plain = (one: typeof whole) =>
        (one.collection?.indicators.contexts ?? []).map((context) => ({
          ...context,
          file: context.file >= 0,
        }));
      expect(whole.collection?.indicators.values).toEqual(
        alone.flatMap((one) => one.collection?.indicators.values ?? []),
      );
      expect(plain(whole)).toEqual(alone.flatMap(plain));
      const ofFeed = (findings: string[]) => findings.filter((one) => one.startsWith('warning f '));
      expect(ofFeed(told(whole.diagnostics))).toEqual(
        alone.flatMap((one, at) =>
          ofFeed(told(one.diagnostics)).map((finding) => finding.replaceAll(/\b1:(\d+)/g, `${at + 1}:$1`)),
        ),
      );
    }),
    { numRuns: 500 },
  );
});
