/** Records of YAML whose words are remembered are read as if each had been checked with the schema. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { ContextMemo } from '../../compiler/source/context-memo.ts';
import { RecordReader } from '../../compiler/source/record-reader.ts';
import { parseYaml } from '../../compiler/source/yaml.ts';
import { entryOf, type MapNode } from '../../compiler/source/yaml-tree.ts';
import { told } from './feeds/help.ts';
import { begun } from './feeds/read-carefully.ts';

const word = fc.constantFrom(
  'x',
  '"x"',
  "'x'",
  "'x, y'",
  '80',
  '"80"',
  '',
  '~',
  'é',
  '"a\\tb"',
  '"\\u200b"',
  '&a x',
  '!!str x',
  '[x]',
  '{a: b}',
);
const list = fc.constantFrom(
  '[]',
  '[x]',
  '["x"]',
  '[x, y]',
  '[y, x]',
  '[x,, y]',
  '[""]',
  '[[x]]',
  '[x, {a: b}]',
  '\n      - x\n      - y',
  '\n      - x # c',
);
const day = fc.constantFrom('2025-01-01', '"2026-01-01"', '2025-13-01');
const entry = fc.oneof(
  fc.constantFrom(
    'status: active',
    'severity: low',
    'confidence: 7',
    'confidence: "7"',
    'confidence: 101',
    'tlp: green',
    'match: exact',
    'actor: a',
    'actor: [b, a]',
    'actor: c',
    'report: r',
    'unknown: x',
  ),
  fc
    .tuple(fc.constantFrom('note', 'tags', 'attack', 'references', 'status', 'allow'), fc.oneof(word, list))
    .map(([key, value]) => `${key}: ${value}`),
  fc
    .tuple(fc.constantFrom('first_seen', 'last_seen', 'expires'), day)
    .map(([key, value]) => `${key}: ${value}`),
  fc.constantFrom(
    'note: |\n      a\n      b',
    'note: >\n      a\n      b',
    'note: a\n      b',
    'allow: {guard: g, reason: r, owner: o}',
  ),
);
const indicator = fc.constantFrom(
  ...[
    'domain: a.example',
    'domain: [a.example, b.example]',
    'domain: |\n      a.example\n      b.example # c',
    'domain: bad..example',
    'domain: ""',
    'domain:',
    'domain: []',
    'domain: {a: b}',
  ],
  ...[
    'ip: 192.0.2.1',
    'ip: "2001:db8::1"',
    'hash: 12345678901234567890123456789012',
    'file: {md5: 12345678901234567890123456789012}',
    'mutex: m',
    'mutex: "a\\nb"',
  ],
);
const record = fc
  .tuple(fc.uniqueArray(entry, { maxLength: 4 }), fc.uniqueArray(indicator, { maxLength: 2 }))
  .map(([entries, indicators]) => `  - ${[...indicators, ...entries].join('\n    ') || 'note: x'}\n`);

async function read(text: string, remembered: boolean) {
  const { collector, defaults } = await begun();
  const file = new SourceFile('records.yaml', text);
  const { root, diagnostics } = parseYaml(file);
  collector.tell(diagnostics);
  const memo = remembered ? new ContextMemo(collector, defaults.source) : undefined;
  const list = root && entryOf(root as MapNode, 'indicators')?.value;
  const items = list?.type === 'seq' ? list.items : [];
  for (const item of items) new RecordReader(collector, file, defaults, memo).read(item);
  const { indicators } = collector;
  return {
    told: told(collector.diagnostics),
    values: indicators.values,
    contexts: indicators.contexts,
    origins: indicators.values.map((_, index) => indicators.origin(index).start),
  };
}

test('in any style, with the same findings at the same places', async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(record, { maxLength: 8 }), async (records) => {
      const text = `indicators:\n${[...records, ...records].join('')}`;
      const remembered = await read(text, true);
      expect(remembered).toEqual(await read(text, false));
      found += remembered.values.length;
    }),
    { numRuns: 300 },
  );
  expect(found).toBeGreaterThan(100);
});
