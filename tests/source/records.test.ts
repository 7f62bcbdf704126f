import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { placed, pointedAt, readFiles, readRecords } from './help.ts';

function read(url: string) {
  return readFiles([new SourceFile(url, readFileSync(new URL(url, import.meta.url), 'utf8'))]);
}

function countKinds(kinds: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

describe('the report at the root of the project', async () => {
  const { collection, diagnostics } = await read('../../indicators.yaml');

  test('is read without a finding, whole', () => {
    expect(diagnostics).toEqual([]);
    expect(countKinds(collection?.indicators.kinds ?? [])).toEqual({ domain: 24, ip: 8, email: 11 });
  });

  test('ties the persons to their addresses and nothing else to anyone', () => {
    const set = collection?.indicators;
    const of = (index: number) => `${set?.value(index)} ${set?.context(index).actors}`;
    const tied = Array.from({ length: set?.size ?? 0 }, (_, index) => index).filter(
      (index) => set?.context(index).actors.length,
    );
    expect(tied.map(of)).toEqual([
      'l3n6m0@gmail.com chen-cheng',
      'shutdown@139.com wu-haibo',
      'yetiddbb@qq.com zheng-huadong',
      ...['girvtr@gmail.com', 'liang007@outlook.com', 'gird4r@gmail.com', 'girder1992@hotmail.com']
        .concat(['evalliang@163.com', '6060841@qq.com', 'leungguodong@outlook.com', 'l3nor@hotmail.com'])
        .map((address) => `${address} liang-guodong`),
    ]);
    for (const actor of collection?.actors.values() ?? [])
      expect(actor.linked_to).toEqual(actor.kind === 'group' ? ['i-soon'] : []);
  });

  const seed = new URL('../../../shared/seed/insikt-i-soon-2024-03-20.txt', import.meta.url);
  test.skipIf(!existsSync(seed))('says what the published text says (skipped where that is absent)', () => {
    const text = readFileSync(seed, 'utf8');
    const report = collection?.reports.get('insikt-i-soon');
    expect(text.startsWith(`${report?.title}\nPosted: 20th March 2024\n`)).toBe(true);
    expect(text).toContain(`Note: ${report?.notice}\n`);
    const values = text.split(/\r?\n/).filter((line) => /^\S+\[\.\]\S+$/.test(line));
    const written = collection?.indicators.values.map((_, index) => {
      const origin = collection.indicators.origin(index);
      return origin.file.text.slice(origin.start, origin.end);
    });
    expect(written).toEqual(values);
  });
});

test('the example holds every kind, active and confident, without a finding', async () => {
  const { collection, diagnostics } = await read('../../examples/all-kinds.yaml');
  expect(diagnostics).toEqual([]);
  expect(countKinds(collection?.indicators.kinds ?? [])).toEqual({
    ...{ domain: 4, ip: 2, cidr: 3, endpoint: 2, url: 2, email: 1, hash: 5, ja3: 1, ja3s: 1, ja4: 1 },
    ...{ certificate: 2, user_agent: 1, file_name: 1, file_path: 1, registry_key: 1, mutex: 1 },
  });
  for (const context of collection?.indicators.contexts ?? []) {
    expect(context.status).toBe('active');
    expect(context.confidence).toBeGreaterThanOrEqual(80);
    expect(context.allow.map((allow) => allow.guard)).toEqual(['special-use']);
  }
});

test('ten errors of one file are told in one run, each at its place', async () => {
  const { collection, diagnostics } = await read('./ten-errors.yaml');
  expect(collection).toBeUndefined();
  expect(diagnostics.map((one) => `${placed(one)} ${pointedAt(one)}`)).toEqual([
    'RF206 4:62-4:72 2024-02-30',
    'RF204 6:38-6:43 gruop',
    'RF201 9:5-9:11 domian',
    'RF102 10:14-10:25 b[.]example',
    'RF208 11:12-11:16 grop',
    'RF308 15:15-15:18 300',
    'RF205 17:17-17:20 101',
    'RF106 19:9-19:19 2001:db8::',
    'RF216 20:39-20:71 00112233445566778899aabbccddeeff',
    'RF109 22:5-22:11 domain',
  ]);
});

describe('wrong records', () => {
  const cases: [name: string, records: string, placed: string[]][] = [
    [
      'an unknown key, told once although it leaves no indicator',
      '  - domian: a.example\n',
      ['RF201 4:5-4:11'],
    ],
    ['a misspelt context key', '  - {domain: a.example, confidense: 3}\n', ['RF201 4:25-4:35']],
    ['no indicator', '  - note: nothing\n', ['RF210 4:5-4:18']],
    ['a key without a value', '  - domain:\n    note: x\n', ['RF209 4:5-4:11']],
    ['an item without a value', '  - domain:\n      - a.example\n      -\n', ['RF209 6:7-6:8']],
    ['an empty list', '  - domain: []\n', ['RF209 4:13-4:15']],
    ['a word that is none', '  - {domain: a.example, status: activ}\n', ['RF204 4:33-4:38']],
    ['a number as a word', '  - {domain: a.example, confidence: high}\n', ['RF203 4:37-4:41']],
    ['a fraction', '  - {domain: a.example, confidence: 1.5}\n', ['RF203 4:37-4:40']],
    ['a day that is none', '  - {domain: a.example, expires: 2025-02-29}\n', ['RF206 4:34-4:44']],
    ['a technique that is none', '  - {domain: a.example, attack: [T1566, t1]}\n', ['RF207 4:41-4:43']],
    ['a reference that is no link', '  - {domain: a.example, references: some book}\n', ['RF220 4:37-4:46']],
    ['a link without a host', '  - {domain: a.example, references: "https://;x"}\n', ['RF220 4:38-4:48']],
    [
      'a link in two directions',
      '  - {domain: a.example, references: "https://a/\\u202e"}\n',
      ['RF220 4:38-4:54'],
    ],
    ['a note that no one can see', '  - {domain: a.example, note: " \\u202e\\n"}\n', ['RF209 4:32-4:41']],
    ['an unknown report', '  - {domain: a.example, report: r}\n', ['RF208 4:33-4:34']],
    ['an unknown actor in a list', '  - {domain: a.example, actor: [x]}\n', ['RF208 4:33-4:34']],
    ['a file with only a name', '  - file: {name: a.exe}\n', ['RF217 4:11-4:24']],
    ['a value where a record should be', '  - a.example\n', ['RF203 4:5-4:14']],
    ['a list as a report', '  - {domain: a.example, report: {a: b}}\n', ['RF203 4:33-4:39']],
    [
      'an allow without an owner',
      '  - {domain: a.example, allow: {guard: g, reason: r}}\n',
      ['RF202 4:32-4:53'],
    ],
    [
      'an allow with a misspelt owner',
      '  - {domain: a.example, allow: {guard: g, reason: r, ovner: o}}\n',
      ['RF201 4:54-4:59'],
    ],
    ['match without a domain', '  - {ip: 192.0.2.1, match: exact}\n', ['RF214 4:21-4:26']],
    [
      'days out of order',
      '  - {domain: a.example, first_seen: 2025-02-01, last_seen: 2025-01-01}\n',
      ['RF215 4:60-4:70'],
    ],
    ['the same indicator twice', '  - domain: |\n      a.example\n      A[.]example\n', ['RF350 6:7-6:18']],
    [
      'the same indicator in two spellings of a kind',
      '  - ip: 192.0.2.1\n  - cidr: 192.0.2.1/32\n',
      ['RF350 5:11-5:23'],
    ],
  ];
  test.each(cases)('%s', async (_name, records, places) => {
    const found = (await readRecords(records)).diagnostics.filter(
      (one) => !one.code.startsWith('RF3') || one.code === 'RF350',
    );
    expect(found.map(placed)).toEqual(places);
  });

  test('a record lacks what neither it nor the defaults give, at its first line', async () => {
    const text =
      'refang: 1\ndefaults: {status: active}\nindicators:\n  - domain: |\n      a.example\n    tlp: clear\n';
    const { diagnostics } = await readFiles([new SourceFile('a.yaml', text)]);
    expect(diagnostics.map(placed)).toEqual(['RF211 4:5-4:14']);
    expect(diagnostics[0]?.message).toBe(
      'the record has no `confidence` and `severity`, and `defaults` gives none',
    );
  });

  test('a context key that is misspelt is not told as missing as well', async () => {
    const text =
      'refang: 1\nindicators:\n  - {domain: a.example, statsu: active, confidence: 1, severity: low, tlp: red}\n';
    const { diagnostics } = await readFiles([new SourceFile('a.yaml', text)]);
    expect(diagnostics.map(placed)).toEqual(['RF201 3:25-3:31']);
    expect(diagnostics[0]?.label).toBe('did you mean `status`?');
  });
});

describe('the head of a file', () => {
  const cases: [name: string, text: string, placed: string[]][] = [
    ['nothing', '', ['RF115 1:1-1:1']],
    ['only a comment', '# refang: 1\n', ['RF115 1:1-1:1']],
    ['no version', 'indicators: []\n', ['RF202 1:1-1:15']],
    ['another version', 'refang: 2\n', ['RF212 1:9-1:10']],
    ['no records', 'refang: 1\n', ['RF218 1:1-1:1']],
    ['a misspelt version, told once', 'refnag: 1\n', ['RF201 1:1-1:7']],
    ['a list', '- a\n', ['RF203 1:1-1:4']],
    ['records without a value', 'refang: 1\nindicators:\n', ['RF209 2:1-2:11']],
    ['a map of records', 'refang: 1\nindicators:\n  domain: a.example\n', ['RF203 3:3-3:20']],
    ['a bad id', 'refang: 1\nactors: {A b: {name: A, kind: group}}\n', ['RF219 2:10-2:13']],
    [
      'a report without a title',
      'refang: 1\nreports:\n  r:\n    author: A\n    published: 2025-01-01\n',
      ['RF202 4:5-4:14'],
    ],
    [
      'a link to nobody',
      'refang: 1\nactors: {a: {name: A, kind: group, linked_to: b}}\n',
      ['RF208 2:47-2:48'],
    ],
    ['unknown words in the defaults', 'refang: 1\ndefaults: {tlp: white}\n', ['RF204 2:17-2:22']],
    [
      'the prototype as a key',
      'refang: 1\n__proto__: {x: y}\nreports: {__proto__: {}}\n',
      ['RF201 2:1-2:10', 'RF201 3:11-3:20'],
    ],
  ];
  test.each(cases)('%s', async (_name, text, places) => {
    const { diagnostics } = await readFiles([new SourceFile('a.yaml', text)]);
    expect(diagnostics.map(placed)).toEqual(places);
  });
});

describe('several files', () => {
  const actor = (name: string) => `actors: {a: {name: ${name}, kind: group}}\n`;
  const head =
    'refang: 1\ndefaults: {actor: a, status: active, confidence: 80, severity: high, tlp: clear}\n';
  const first = new SourceFile('1.yaml', `${head}${actor('A')}indicators: [{domain: a.example}]\n`);

  test('share definitions and indicators', async () => {
    const second = new SourceFile('2.yaml', `${head}indicators: [{domain: [b.example, a.example]}]\n`);
    const { collection, diagnostics } = await readFiles([first, second]);
    expect(collection?.indicators.values).toEqual(['a.example', 'b.example']);
    expect(diagnostics.map(placed)).toEqual(['RF350 3:35-3:44']);
    expect(diagnostics[0]?.related?.[0]?.span).toEqual({ file: first, start: 149, end: 158 });
  });

  test('may define one id twice alike, and not otherwise', async () => {
    const same = new SourceFile('2.yaml', `refang: 1\n${actor('A')}`);
    expect((await readFiles([first, same])).diagnostics).toEqual([]);
    const other = new SourceFile('2.yaml', `refang: 1\n${actor('B')}`);
    const { collection, diagnostics } = await readFiles([first, other]);
    expect(collection).toBeUndefined();
    expect(diagnostics.map(placed)).toEqual(['RF213 2:10-2:11']);
    expect(diagnostics[0]?.related?.[0]?.span.file).toBe(first);
  });

  test('have defaults of their own', async () => {
    const second = new SourceFile('2.yaml', 'refang: 1\nindicators: [{domain: b.example}]\n');
    expect((await readFiles([first, second])).diagnostics.map(placed)).toEqual(['RF211 2:14-2:33']);
  });
});

test('a file record: its hashes share a number and its name', async () => {
  const md5 = '00112233445566778899aabbccddeeff';
  const sha1 = `${md5}00112233`;
  const { collection } = await readRecords(
    `  - file:\n      - {name: a.exe, md5: ${md5}, sha1: ${sha1}}\n      - {sha256: ${md5}${md5}}\n  - domain: a.example\n`,
  );
  const contexts = collection?.indicators.contexts.map(({ file, file_name }) => [file, file_name]);
  expect(contexts).toEqual([
    [0, 'a.exe'],
    [0, 'a.exe'],
    [1, undefined],
    [-1, undefined],
  ]);
});

test('equal contexts are one object', async () => {
  const { collection } = await readRecords(
    '  - {domain: a.example, tags: [x, y]}\n  - {ip: 192.0.2.1, tags: [y, x]}\n',
  );
  expect(collection?.indicators.context(0)).toBe(collection?.indicators.context(1));
});

test('what a record says beats the defaults, and lists unite', async () => {
  const text = `refang: 1
actors: {a: {name: A, kind: group}, b: {name: B, kind: group}}
reports: {r: {title: R, author: A, published: 2025-01-01}, s: {title: S, author: A, published: 2025-01-01}}
defaults: {status: active, confidence: 80, severity: high, tlp: clear, tags: [z], actor: b, report: r, note: d}
indicators:
  - {domain: a.example, tlp: red, tags: a, actor: a, report: s, note: n}
`;
  const { collection } = await readFiles([new SourceFile('a.yaml', text)]);
  expect(collection?.indicators.context(0)).toMatchObject({
    ...{ tlp: 'red', status: 'active', tags: ['a', 'z'], actors: ['a', 'b'], reports: ['s'], note: 'n' },
  });
});
