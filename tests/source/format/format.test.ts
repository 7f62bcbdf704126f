import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SourceFile } from '../../../compiler/diagnostics/source-file.ts';
import { formatted } from '../../../compiler/source/format/format.ts';
import { wholeSchema } from '../../../compiler/source/schema.ts';
import { settingsSchema } from '../../../compiler/source/settings.ts';
import { readFiles } from '../help.ts';
import { messyFile } from './messy.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const format = (text: string, schema: Parameters<typeof formatted>[1] = wholeSchema()) =>
  formatted(new SourceFile('a.yaml', text), schema);

/** All that a file says, whatever the order of the kinds in a record. */
async function said(text: string): Promise<unknown> {
  const { collection, diagnostics } = await readFiles([new SourceFile('a.yaml', text)]);
  if (!collection) throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'));
  const { indicators, reports, actors } = collection;
  const rows = indicators.values.map((value, at) =>
    JSON.stringify([indicators.kinds[at], value, indicators.context(at)]),
  );
  return { rows: rows.sort(), reports, actors };
}

const comments = (text: string) => (text.match(/# (?:before|beside|tail of) \w+/g) ?? []).sort();

describe('a messy file', () => {
  test('says the same, keeps its comments, and is formatted once and for all', async () => {
    await fc.assert(
      fc.asyncProperty(messyFile, async (text) => {
        const once = format(text);
        expect(await said(once)).toEqual(await said(text));
        expect(comments(once)).toEqual(comments(text));
        expect(format(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  test('keeps comments at their records', () => {
    fc.assert(
      fc.property(messyFile, (text) => {
        const records =
          format(text)
            .replaceAll('\r\n', '\n')
            .split(/^indicators:.*\n/m)[1] ?? '';
        const numbers = [...(records.split(/^\S/m, 1)[0] ?? '').matchAll(/\br(\d+)\b/g)].map(([, number]) =>
          Number(number),
        );
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      }),
      { numRuns: 500 },
    );
  });
});

const HEAD = 'refang: 1\n';

const CASES: [about: string, before: string, after: string][] = [
  [
    'order of the keys of a record: kinds, then what is known',
    'indicators:\n  - tlp: clear\n    note: x\n    ip: 192.0.2.1\n    domain: a.example\n',
    'indicators:\n  - domain: a.example\n    ip: 192.0.2.1\n    tlp: clear\n    note: x\n',
  ],
  [
    'indentation',
    'indicators:\n- domain:\n      - a.example\n      -   b.example\n',
    'indicators:\n  - domain:\n      - a.example\n      - b.example\n',
  ],
  [
    'quotes only where they are needed',
    `indicators:\n  - domain: ['a.example', "a[.]b.example"]\n    note: 'a: b'\n    tags: ["no", "12", 'x y', "1.0", "2024-01-01"]\n    file_path: "C:\\\\x"\n`,
    `indicators:\n  - domain: [a.example, "a[.]b.example"]\n    file_path: C:\\x\n    tags: ["no", "12", x y, "1.0", 2024-01-01]\n    note: "a: b"\n`,
  ],
  [
    'double quotes, but single ones round a backslash or a double quote',
    `indicators:\n  - domain: a.example\n    note: 'it''s: "so"'\n    tags: ['a, b', "\\"c\\"", '\\[d']\n`,
    `indicators:\n  - domain: a.example\n    tags: ["a, b", '"c"', '\\[d']\n    note: 'it''s: "so"'\n`,
  ],
  [
    'escapes stay',
    `indicators:\n  - domain: a.example\n    note: "a\\tb\\u202e"\n`,
    `indicators:\n  - domain: a.example\n    note: "a\\tb\\u202e"\n`,
  ],
  [
    'brackets over several lines become lines',
    'defaults: {tlp: clear, # who\n  status: active}\n',
    'defaults:\n  status: active\n  tlp: clear # who\n',
  ],
  [
    'pasted blocks: order, comments and odd indentation stay',
    'indicators:\n  - domain: |   # all\n       b.example   # two\n       a.example\n         # deeper\n',
    'indicators:\n  - domain: | # all\n      b.example   # two\n      a.example\n        # deeper\n',
  ],
  [
    'one blank line at most, and none at a start',
    '\n\nindicators:\n\n  - domain: a.example\n\n\n  - domain: b.example\n\n',
    '\nindicators:\n  - domain: a.example\n\n  - domain: b.example\n',
  ],
  [
    'a comment moves with its key',
    'indicators:\n  # about all\n  - tlp: clear # open\n    # the name\n    domain: a.example # seen\n',
    'indicators:\n  # about all\n  # the name\n  - domain: a.example # seen\n    tlp: clear # open\n',
  ],
  [
    'a comment behind a dash or a colon moves up',
    'indicators:\n  - # about a\n    domain: a.example\n    note: # why\n      because\n',
    'indicators:\n  # about a\n  - domain: a.example\n    # why\n    note: because\n',
  ],
  [
    'comments at the end stay as deep as they are',
    'indicators:\n  - domain: a.example\n    # note: later\n  # - domain: b.example\n# end\n',
    'indicators:\n  - domain: a.example\n    # note: later\n  # - domain: b.example\n# end\n',
  ],
  [
    'the end of a text decides the sign of its block',
    'reports:\n  a:\n    title: x\n    author: y\n    published: 2024-01-01\n    notice: |+\n      one\n\n',
    'reports:\n  a:\n    title: x\n    author: y\n    published: 2024-01-01\n    notice: |+\n      one\n\n',
  ],
  [
    'a text that begins with blanks',
    'indicators:\n  - domain: a.example\n    note: |4\n          deep\n        flat\n',
    'indicators:\n  - domain: a.example\n    note: |2\n        deep\n      flat\n',
  ],
  [
    'folded texts keep their lines',
    'indicators:\n  - domain: a.example\n    note: >-\n       one\n       two\n\n         deep\n',
    'indicators:\n  - domain: a.example\n    note: >-\n      one\n      two\n\n        deep\n',
  ],
  [
    'a list as deep as its key',
    'indicators:\n- domain: a.example\n# about feeds\nfeeds: []\n',
    'indicators:\n  - domain: a.example\n# about feeds\nfeeds: []\n',
  ],
  ['lists of lists', 'indicators:\n- - - a\n  - b\n', 'indicators:\n  - - - a\n    - b\n'],
];

test.each(CASES)('%s', (_, before, after) => {
  expect(format(HEAD + before).slice(HEAD.length)).toBe(after);
  expect(format(HEAD + after)).toBe(HEAD + after);
});

test('sections in order, below the modeline and what stands above a blank line', () => {
  const before = `# yaml-language-server: $schema=x.json
# the records
indicators:
  - domain: a.example
# what holds
defaults: {tlp: clear}
refang: 1
`;
  expect(format(before)).toBe(`# yaml-language-server: $schema=x.json
refang: 1

# what holds
defaults: { tlp: clear }

# the records
indicators:
  - domain: a.example
`);
});

test('JSON', () => {
  const before = '{"indicators": [\n  {"tlp": "clear", "domain": "a.example"}\n], "refang": 1}\n';
  expect(format(before)).toBe('refang: 1\n\nindicators:\n  - { domain: a.example, tlp: clear }\n');
});

test('settings have the order of their own schema', () => {
  const before = `targets: [zeek, {options: {sid: [1, 2]}, name: suricata}]\npublisher: {id: a, name: "A B"}\n`;
  const after = `publisher: { name: A B, id: a }\ntargets: [zeek, { name: suricata, options: { sid: [1, 2] } }]\n`;
  expect(format(before, settingsSchema())).toBe(after);
});

test('line breaks stay those of the first line; the document marker stays', () => {
  expect(format('# a\r\n---\r\n# b\r\nrefang:   1\r\n')).toBe('# a\r\n---\r\n# b\r\nrefang: 1\r\n');
});

test('what cannot be read stays as it is', () => {
  for (const text of ['', '# only this\n', 'refang: [1\n', 'a: &b c\n', '- a\n', 'a:   1\na: 2\n'])
    expect(format(text)).toBe(text);
});

const FILES = [
  'indicators.yaml',
  'refang.yaml',
  ...readdirSync(join(ROOT, 'examples')).flatMap((name) =>
    name.endsWith('.yaml') ? [`examples/${name}`] : [],
  ),
];

test.each(FILES)('%s is formatted', (path) => {
  const text = readFileSync(join(ROOT, path), 'utf8');
  expect(format(text, path === 'refang.yaml' ? settingsSchema() : wholeSchema())).toBe(text);
});
