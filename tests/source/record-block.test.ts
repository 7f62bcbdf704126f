/** Records that are read one by one, beside the parser that reads the file as a whole: the same nodes at the same places. */

import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { snippetOf } from '../../compiler/diagnostics/snippet.ts';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { ContextMemo } from '../../compiler/source/context-memo.ts';
import { RecordReader } from '../../compiler/source/record-reader.ts';
import { splitRecords } from '../../compiler/source/split-records.ts';
import { parseYaml } from '../../compiler/source/yaml.ts';
import { entryOf, type MapNode, type SeqNode } from '../../compiler/source/yaml-tree.ts';
import { storedFile } from '../stored.ts';
import { told } from './feeds/help.ts';
import { begun } from './feeds/read-carefully.ts';

const HEADS = [
  '',
  'refang: 1\n',
  '# x\nrefang: 1\ndefaults:\n  tags: [a]\n',
  '--- # x\n',
  '%YAML 1.2\n---\n',
  '--- |\n',
  '"\n',
  '{\n',
  'actors: {\n',
  'note: |\n',
  'defaults: &a\n',
  'a: 1\na: 2\n',
  '\uFEFF',
];
const TAILS = [
  '',
  'feeds: []\n',
  'feeds:\n  - path: x\n',
  '# x\nreports: {}\nactors: {a: {name: "é"}}\n',
  'x',
  '- a\n',
  '-x: 1\n',
  '}\n',
  '"\n',
  ': x\n',
  'indicators:\n',
  '---\n',
  '...\n',
];
const DASHED = [
  ...[
    'domain: a.example',
    'ip: "192.0.2.1"',
    "mutex: 'é x'",
    'mutex: 😀',
    'hash: 12345678901234567890123456789012',
  ],
  ...['file: {md5: 12345678901234567890123456789012}', '{domain: a.example}', 'note: x', '# x', '- a', '?'],
  ...['url: http://a.example/#x', 'url: *x', 'ip: 2001:db8::', 'domain:a.example', ' domain:  a.example'],
];
const ENTRIES = [
  ...[
    'confidence: 7',
    'confidence:  7  ',
    'status: active',
    'match: exact',
    'note: 😀😀é',
    'unknown: 1',
    'Note: x',
  ],
  ...['note: x', 'note: "x y"', "note: 'it''s'", 'note: "a\\tb"', 'note: ""', 'note:', 'note: x # c'],
  ...['note: a: b', 'note: a:', 'note: a #', 'note: a#b', 'note: "x" y', 'note: "open', 'note: x\u2028y: z'],
  ...['note: x\u0085', 'note: \u00a0x', 'note: \uFEFFx', 'note: x\ty', 'note: &a x', 'note: !!str x', '? x'],
  ...['tags: [a, b]', 'tags: [a,b ,"c d", \'e\']', 'tags: []', 'tags: [ ]', 'tags: [a, ]', 'tags: [a b]'],
  ...['tags: [a-b, -]', 'tags: [a: b]', 'tags: [[a]]', 'tags: [a] b', 'tags: [a, b] # c', 'tags: [a, "b]'],
  ...[
    'references: [https://a.example/x, y]',
    'domain: b.example',
    'domain: |',
    'note: >',
    'note: |+',
    '"x": y',
  ],
  ...['note: (a, b) [c] {d}', 'note: $a^~;<=', 'note: -a', 'note: :a', 'note: ]', 'note: x\\', "x y: 'z'"],
];
const OTHERS = ['', '    ', '# x', '  # x', '      # x', '\t', '      b.example', '      c.example # x'];
const STRAY = ['   bad: 1', ' x', '     close"', '  -', '  -   - a', '- x', '\tx: 1', '   ]', '...'];

const line = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...DASHED).map((text) => `  - ${text}`) },
  { weight: 9, arbitrary: fc.constantFrom(...ENTRIES).map((text) => `    ${text}`) },
  { weight: 3, arbitrary: fc.constantFrom(...OTHERS) },
  { weight: 1, arbitrary: fc.constantFrom(...STRAY) },
);
const lineBreak = fc.oneof(
  { weight: 20, arbitrary: fc.constant('\n') },
  { weight: 4, arbitrary: fc.constant('\r\n') },
  { weight: 1, arbitrary: fc.constantFrom('\r', '\u2028') },
);
const lines = fc.array(fc.tuple(line, lineBreak), { maxLength: 12 });
const mostly = (usual: string, all: readonly string[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...all) });
const document = fc
  .tuple(mostly('refang: 1\n', HEADS), lines, fc.boolean(), fc.nat(3), mostly('', TAILS))
  .map(([head, written, flat, cut, tail]) => {
    const list = `  - domain: first.example\n${written.map((one) => one.join('')).join('')}`;
    const records = flat ? list.replace(/(^|\n) {2}/g, '$1') : list;
    // The last line may not end.
    return `${head}indicators:\n${cut === 0 && tail === '' ? records.slice(0, -1) : records}${tail}`;
  });

/** The tree of a whole file, without the ends that say nothing. */
function parsedWhole(file: SourceFile) {
  const { root, diagnostics } = parseYaml(file);
  expect(diagnostics).toEqual([]);
  return withoutEnds(root as MapNode);
}

function withoutEnds(root: MapNode) {
  const list = entryOf(root, 'indicators')?.value as SeqNode;
  return {
    ...root,
    end: 0,
    entries: root.entries.map((one) => (one.value === list ? { ...one, value: { ...list, end: 0 } } : one)),
  };
}

/** The tree of a split file with its records in their place. */
function joined(split: NonNullable<ReturnType<typeof splitRecords>>) {
  const list = entryOf(split.root, 'indicators')?.value as SeqNode;
  list.items.push(...split.records.nodes());
  return withoutEnds(split.root);
}

test('give the nodes that the whole file gives', () => {
  let splits = 0;
  let parsed = 0;
  fc.assert(
    fc.property(document, (text) => {
      const file = new SourceFile('x.yaml', text);
      const split = splitRecords(file);
      if (parseYaml(file).diagnostics.length === 0) parsed++;
      if (!split) return;
      splits++;
      expect(joined(split)).toEqual(parsedWhole(file));
    }),
    { numRuns: 2000, seed: 20240320 },
  );
  // Files without a finding are split, but for a few that are written in another way.
  expect(splits).toBeGreaterThan(200);
  expect(splits).toBeGreaterThan(parsed * 0.7);
});

/** `size`: how many bytes are read at once where records are read one by one. */
async function read(file: SourceFile, size?: number) {
  const { collector, defaults } = await begun();
  const split = size === undefined ? undefined : splitRecords(file, size);
  const memo = size === undefined ? undefined : new ContextMemo(collector, defaults.source);
  const reader = new RecordReader(collector, file, defaults, memo);
  if (split) split.records.read(reader, collector);
  else {
    const { root, diagnostics } = parseYaml(file);
    collector.tell(diagnostics);
    const list = root?.type === 'map' ? entryOf(root, 'indicators')?.value : undefined;
    for (const item of list?.type === 'seq' ? list.items : []) reader.read(item);
  }
  const { indicators } = collector;
  return {
    told: told(collector.diagnostics),
    values: indicators.values,
    contexts: indicators.contexts,
    origins: indicators.values.map((_, index) => {
      const { start, end } = indicators.origin(index);
      return [start, end, file.position(start), snippetOf({ file, start, end })];
    }),
  };
}

/** Twice: the second time all is remembered. */
const twice = document.map((text) => text.replace(/indicators:\n((?: .*\n)+)/, 'indicators:\n$1$1'));

test('say what they say when each is checked with the schema, with the same findings at the same places', async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(twice, fc.integer({ min: 1, max: 300 }), async (text, size) => {
      const whole = await read(new SourceFile('records.yaml', text));
      expect(await read(new SourceFile('records.yaml', text), size)).toEqual(whole);
      found += whole.values.length;
    }),
    { numRuns: 600, seed: 20240320 },
  );
  expect(found).toBeGreaterThan(200);
});

test('say the same where no text of the file is held', async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(
      twice,
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 100 }),
      fc.boolean(),
      async (written, size, step, marked) => {
        const text = marked && !written.startsWith('\uFEFF') ? `\uFEFF${written}` : written;
        const whole = await read(new SourceFile('records.yaml', text));
        expect(await read(storedFile('records.yaml', text, step), size)).toEqual(whole);
        found += whole.values.length;
      },
    ),
    { numRuns: 600, seed: 20240320 },
  );
  expect(found).toBeGreaterThan(200);
});

describe('are read one by one', () => {
  const own = ['../../indicators.yaml', '../../examples/all-kinds.yaml'];
  test.each(own)('in %s', (path) => {
    const file = new SourceFile(path, readFileSync(new URL(path, import.meta.url), 'utf8'));
    const split = splitRecords(file);
    expect(split && joined(split)).toEqual(parsedWhole(file));
  });

  const cases: [name: string, records: string][] = [
    [
      'with lists and pasted blocks',
      '  - domain: |\n      a.example\n\n      b.example\n  - email:\n      - a@b.example\n    note: x\n',
    ],
    [
      'with comments and blank lines',
      '# x\n\n  # x\n  - domain: a.example # x\n    # x\n\n    note: x\n# x\n',
    ],
    ['with a dash in the column of the key', '- domain: a.example\n- ip: 192.0.2.1\n  note: x\n'],
    ['with CRLF', '  - domain: a.example\r\n    tags: [a]\r\n\r\n  - ip: 192.0.2.1\r\n'],
    [
      'with maps',
      '  - file: {name: a.exe, md5: 12345678901234567890123456789012}\n    allow:\n      guard: g\n',
    ],
    ['without a line break at the end', '  - domain: a.example\n    note: "x"'],
  ];
  test.each(cases)('%s', (_name, records) => {
    const file = new SourceFile('x.yaml', `refang: 1\nindicators:\n${records}`);
    const split = splitRecords(file);
    expect(split && joined(split)).toEqual(parsedWhole(file));
  });
});

test.each(readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.yaml')))(
  '%s, which has errors, is left to the parser',
  (name) => {
    const text = readFileSync(new URL(name, import.meta.url), 'utf8');
    expect(parseYaml(new SourceFile(name, text)).diagnostics.length > 0).toBe(
      splitRecords(new SourceFile(name, text)) === undefined,
    );
  },
);
