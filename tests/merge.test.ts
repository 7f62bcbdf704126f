/** Parts merged are the whole, byte for byte: the files, the manifest, the lock, and what is told. */

import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortDiagnostics } from '../compiler/diagnostics/order.ts';
import { printPretty } from '../compiler/diagnostics/print-pretty.ts';
import { hexDigest } from '../compiler/digest/digest.ts';
import { build, buildShard, merge, verify } from '../compiler/index.ts';
import type { Session } from '../compiler/session.ts';
import { ACCEPT_ALL } from './accepted.ts';
import { PROJECT } from './project.ts';
import { filesBelow, folderWith, writeFiles } from './temporary.ts';

const AS_OF = '2026-01-01';
const EMPTY = 'refang: 1\ndefaults: {status: active, confidence: 80, severity: high, tlp: clear}\n';

const told = ({ diagnostics }: Session): string => printPretty(sortDiagnostics(diagnostics));

/** Builds the parts of a project and merges them into `out`. The folders are named in the order of `numbers`. */
async function mergeParts(cwd: string, of: number, numbers = Array.from({ length: of }, (_, at) => at + 1)) {
  for (let number = 1; number <= of; number++) {
    const { session } = await buildShard({ cwd, shard: { number, of }, out: `parts/${number}`, asOf: AS_OF });
    expect(session.failed, told(session)).toBeUndefined();
  }
  return merge({ cwd, folders: numbers.map((number) => `parts/${number}`) });
}

/** Expects that a project with these files, built as a whole and in parts, gives the same. */
async function expectSame(files: Readonly<Record<string, string>>, of: number, numbers?: number[]) {
  const [whole, parted] = [folderWith(files), folderWith(files)];
  const built = await build({ cwd: whole, asOf: AS_OF });
  const merged = await mergeParts(parted, of, numbers);
  expect(told(merged.session)).toBe(told(built.session));
  expect(merged.session.failed).toBe(built.session.failed);
  rmSync(join(parted, 'parts'), { recursive: true });
  expect(filesBelow(parted)).toEqual(filesBelow(whole));
  return built;
}

/** One target whose outputs depend on the whole: switches by size, limits, packed groups, merged addresses, files in parts. */
const WHOLE: Readonly<Record<string, string>> = {
  'templates/whole/target.yaml': `title: What depends on the whole
about: Everything at once.
effect: block
syntax: suricata
identity: sid
options:
  sid: {type: range, default: [1000, 1200], about: First and last sid.}
unsupported: {others: it is not listed here}
outputs:
  - file: few.txt
    template: names.hbs
    passes:
      names: {takes: [domain], subdomains: true, upto: 3}
  - file: many.txt
    template: lines.hbs
    limit: {entries: 6}
    passes:
      lines: {takes: [domain, url], subdomains: true, above: 3, identity: false, distinct: '^[^ ]{4}'}
  - file: networks.txt
    template: networks.hbs
    passes:
      networks: {takes: [ip, cidr], merge: true, identity: false}
  - file: groups-{{part}}.txt
    template: groups.hbs
    parts: {entries: 2}
    serial: true
    passes:
      groups: {takes: [hash, url], group: context, pack: {count: 2}}
`,
  'templates/whole/names.hbs': '{{#each names}}\n{{value}} {{sid}} {{rev}}\n{{/each}}\n',
  'templates/whole/lines.hbs': '{{#each lines}}\n{{value}} {{@index}}{{#if @last}} end{{/if}}\n{{/each}}\n',
  'templates/whole/networks.hbs': 'count {{networks.length}}\n{{#each networks}}\n{{value}}\n{{/each}}\n',
  'templates/whole/groups.hbs':
    'serial {{serial}}\n{{#each groups}}\n{{sid}} {{rev}}:{{#each members}} {{value}}{{/each}}\n\n{{/each}}\n',
};

const TARGETS =
  '[whole, suricata, zeek, nftables, rpz, hosts, csv, jsonl, lists, stix, sigma, yara, misp, unbound]';
const SETTINGS = `publisher: {id: parts, name: Parts, prefix: PARTS}
targets: ${TARGETS}
inputs: ["*.yaml.in", indicators.yaml]
policy: {block: {confidence: 60}}
freshness: {warn_after: 100}
guards: [{allow: ours.txt}]
limits: {blast_radius: 100000, addresses: 9007199254740991}
`;

const LABELS = ['a', 'b', 'mail', 'cdn'];
const NAMES = [
  'host.net',
  'shop.co.uk',
  'co.uk',
  'pages.github.io',
  'github.io',
  'other.org',
  'com.br',
  'our.com',
];
const name = fc
  .tuple(fc.array(fc.constantFrom(...LABELS), { maxLength: 2 }), fc.constantFrom(...NAMES))
  .map(([labels, last]) => [...labels, last].join('.'));
const octet = fc.integer({ min: 60, max: 63 });
const address = fc.tuple(octet, octet, octet).map(([a, b, c]) => `45.${a}.${b}.${c}`);
const network = fc
  .tuple(address, fc.integer({ min: 7, max: 30 }))
  .map(([from, length]) => `${from}/${length}`);
const six = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }));
const hex = (length: number) => fc.constantFrom('a', 'b', 'c').map((digit) => `${digit}1`.repeat(length / 2));

/** A record in JSON, without its context. */
const values = fc.oneof(
  { weight: 4, arbitrary: name.map((domain) => ({ domain })) },
  { weight: 2, arbitrary: address.map((ip) => ({ ip })) },
  { weight: 2, arbitrary: network.map((cidr) => ({ cidr })) },
  six.map(([a, b]) => ({ ip: `2a0${a}:db8::${b}` })),
  six.map(([a, b]) => ({ cidr: `2a0${a}:${b}00::/${16 * b}` })),
  name.map((host) => ({ url: `http://${host}/gate.php` })),
  hex(64).map((hash) => ({ hash })),
  fc.tuple(hex(32), hex(64)).map(([md5, sha256]) => ({ file: { name: 'run.exe', md5, sha256 } })),
  fc.constantFrom('Global\\one', 'Global\\"two"').map((mutex) => ({ mutex })),
  fc.constantFrom('user{}/"x";', 'curl/8 (x) \\ $(id)').map((user_agent) => ({ user_agent })),
);
const context = fc.record(
  {
    status: fc.constantFrom('active', 'active', 'historical', 'revoked'),
    confidence: fc.constantFrom(50, 70, 90),
    severity: fc.constantFrom('low', 'high'),
    tags: fc.constantFrom(['one'], ['two', 'one']),
    note: fc.constantFrom('seen once', 'a "note"; with {marks}'),
    report: fc.constantFrom('first', 'second'),
    actor: fc.constantFrom('group-a', 'group-b'),
    last_seen: fc.constantFrom('2025-06-01', '2025-12-24'),
  },
  { requiredKeys: [] },
);
const record = fc.tuple(values, context).map(([value, rest]) => ({ ...value, ...rest }));

const head = `refang: 1
reports:
  first: {title: First, author: Example CERT, published: 2025-01-15}
  second: {title: Second, author: Example CERT, published: 2025-11-15}
actors:
  group-a: {name: Group A, kind: group, linked_to: [group-b]}
  group-b: {name: Group B, kind: group}
`;
const defaults = `defaults: {status: active, confidence: 80, severity: high, tlp: clear, allow: ${ACCEPT_ALL}}\n`;
const strict = 'defaults: {status: active, confidence: 80, severity: high, tlp: clear}\n';
const listOf = (records: readonly object[]): string =>
  records.length > 0
    ? `indicators:\n${records.map((one) => `  - ${JSON.stringify(one)}\n`).join('')}`
    : 'indicators: []\n';

/** A project: records in two files, and in two feeds of the second with lines that cannot be read. */
const project = fc
  .record({
    first: fc.array(record, { maxLength: 12 }),
    second: fc.array(record, { minLength: 1, maxLength: 12 }),
    feed: fc.array(record, { maxLength: 25 }),
    names: fc.array(fc.oneof(name, fc.constantFrom('bad..name', '# a remark', 'UPPER.host.net')), {
      maxLength: 12,
    }),
  })
  .map(({ first, second, feed, names }) => ({
    ...WHOLE,
    'refang.yaml': SETTINGS,
    'ours.txt': 'our.com\n',
    'a.yaml.in': head + strict + listOf(first),
    'indicators.yaml': `refang: 1\n${defaults}${listOf(second)}feeds:
  - {path: feed.ndjson, format: ndjson}
  - {path: names.txt, format: list, kind: domain, status: active, confidence: 70, severity: low, tlp: green}
`,
    'feed.ndjson': `${feed.map((one) => JSON.stringify(one)).join('\n')}\nnot a record\n`,
    'names.txt': `${names.join('\n')}\nlast.host.net\n`,
  }));

test('whatever is listed, in however many parts', { timeout: 600_000 }, async () => {
  const plan = fc.integer({ min: 1, max: 5 }).chain((of) =>
    fc.record({
      of: fc.constant(of),
      numbers: fc.shuffledSubarray(
        Array.from({ length: of }, (_, at) => at + 1),
        { minLength: of },
      ),
    }),
  );
  let runs = 0;
  let written = 0;
  await fc.assert(
    fc.asyncProperty(project, plan, async (files, { of, numbers }) => {
      const { session } = await expectSame(files, of, numbers);
      runs += 1;
      if (session.failed === undefined) written += 1;
    }),
    { numRuns: 25 },
  );
  expect(written).toBeGreaterThan(runs * 0.8);
});

test('the example of every kind, for all targets of the project', { timeout: 120_000 }, async () => {
  const indicators = readFileSync('examples/all-kinds.yaml', 'utf8');
  const settings = readFileSync('refang.yaml', 'utf8');
  const { session } = await expectSame({ 'indicators.yaml': indicators, 'refang.yaml': settings }, 3);
  expect(session.compiled?.targets.length).toBeGreaterThan(30);
});

test('more parts than indicators', async () => {
  await expectSame(PROJECT, 20);
});

test('nothing in any part', async () => {
  const { session } = await expectSame({ ...PROJECT, 'indicators.yaml': `${EMPTY}indicators: []\n` }, 2);
  expect(session.diagnostics.map(({ code }) => code)).toContain('RF218');
});

test('ids and revisions go on from the lock', async () => {
  const [whole, parted] = [folderWith(PROJECT), folderWith(PROJECT)];
  await build({ cwd: whole, asOf: '2025-12-01' });
  cpSync(whole, parted, { recursive: true });
  const more = {
    'indicators.yaml': `${PROJECT['indicators.yaml']}  - domain: new.example\n    severity: low\n`,
  };
  for (const folder of [whole, parted]) writeFiles(folder, more);
  await build({ cwd: whole, asOf: AS_OF });
  await mergeParts(parted, 3);
  rmSync(join(parted, 'parts'), { recursive: true });
  expect(filesBelow(parted)).toEqual(filesBelow(whole));
});

test('feeds need not be there when the parts are merged', async () => {
  const files = {
    'refang.yaml': 'targets: [csv]\n',
    'indicators.yaml': `${EMPTY}feeds: [{path: names.txt, format: list, kind: domain}]\n`,
    'names.txt': 'one.example\ntwo.example\n',
  };
  const cwd = folderWith(files);
  await buildShard({ cwd, shard: { number: 1, of: 1 }, out: 'parts/1', asOf: AS_OF });
  rmSync(join(cwd, 'names.txt'));
  const { session } = await merge({ cwd, folders: ['parts/1'] });
  expect(session.collection?.indicators.values).toEqual(['one.example', 'two.example']);
  const [origin] = [session.collection?.indicators.origin(1)];
  expect(origin && [origin.file.path, origin.file.position(origin.start)]).toEqual([
    'names.txt',
    { line: 2, column: 1 },
  ]);
});

/** The parts of the project, as folders of it. */
async function withParts(of: number, over: { asOf?: string; files?: Record<string, string> } = {}) {
  const cwd = folderWith({ ...PROJECT, ...over.files });
  for (let number = 1; number <= of; number++)
    await buildShard({ cwd, shard: { number, of }, out: `parts/${number}`, asOf: over.asOf ?? AS_OF });
  return cwd;
}

async function refusalOf(cwd: string, folders: readonly string[]): Promise<readonly string[]> {
  const { session, files } = await merge({ cwd, folders });
  expect(session.failed).toBe('input');
  expect(files).toEqual([]);
  return session.diagnostics.map(({ code, message }) => `${code} ${message}`);
}

test('what is refused: folders that are no parts', async () => {
  const cwd = await withParts(2);
  await build({ cwd, asOf: AS_OF });
  writeFileSync(join(cwd, 'notes'), 'my notes\n');
  expect(await refusalOf(cwd, ['parts/1', 'out', 'notes', 'nowhere'])).toEqual([
    'RF625 `out` holds a whole build',
    'RF625 `notes` is not a folder',
    'RF625 `nowhere` is not there',
  ]);
});

test('what is refused: missing and doubled parts', async () => {
  const cwd = await withParts(3);
  cpSync(join(cwd, 'parts/1'), join(cwd, 'copy'), { recursive: true });
  expect(await refusalOf(cwd, ['parts/1', 'copy', 'parts/3'])).toEqual([
    'RF628 `parts/1` and `copy` are both part 1 of 3',
    'RF628 of 3 parts one is missing: `2`',
  ]);
});

test('what is refused: parts of different builds', async () => {
  const cwd = await withParts(2);
  await buildShard({ cwd, shard: { number: 2, of: 2 }, out: 'day', asOf: '2026-01-02' });
  await buildShard({ cwd, shard: { number: 2, of: 3 }, out: 'three', asOf: AS_OF });
  expect(await refusalOf(cwd, ['parts/1', 'day', 'three'])).toEqual([
    'RF627 `parts/1` and `day` are parts of different builds: the day',
    'RF627 `parts/1` and `three` are parts of different builds: the number of parts',
  ]);
  writeFileSync(join(cwd, 'indicators.yaml'), `${PROJECT['indicators.yaml']}# a remark\n`);
  await buildShard({ cwd, shard: { number: 2, of: 2 }, out: 'parts/2', asOf: AS_OF });
  expect(await refusalOf(cwd, ['parts/1', 'parts/2'])).toEqual([
    'RF627 `parts/1` and `parts/2` are parts of different builds: the inputs',
  ]);
});

test('what is refused: parts of another Refang', async () => {
  const cwd = await withParts(1);
  const path = join(cwd, 'parts/1/manifest.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace(/"refang": "[^"]+"/, '"refang": "0.0.9"'));
  expect(await refusalOf(cwd, ['parts/1'])).toEqual([
    expect.stringMatching(/^RF627 `parts\/1` was built by Refang 0\.0\.9, and this is /),
  ]);
});

test('what is refused: a project that has changed', async () => {
  const cwd = await withParts(1);
  writeFiles(cwd, { 'refang.yaml': 'targets: [mine]\n' });
  expect(await refusalOf(cwd, ['parts/1'])).toEqual([
    'RF629 since `parts/1` was built there have changed: the settings or the lists of guards',
  ]);
});

test.each<[string, (text: string) => string, string]>([
  [
    'shard/collection.json',
    (text) => text.replace('A sample', 'Another'),
    'has another content than was written',
  ],
  [
    'shard/indicators.ndjson',
    (text) => text.replace('host.example', 'evil.example'),
    'has another content than was written',
  ],
  ['shard/indicators.ndjson', (text) => text.slice(0, 40), 'has another content than was written'],
  ['shard/indicators.ndjson', () => '', 'has another content than was written'],
  ['manifest.json', (text) => text.replace('"number": 1', '"number": 7'), 'does not say which part it is'],
  [
    'manifest.json',
    (text) => text.replace('shard/indicators', 'shard/others'),
    'does not name `shard/indicators.ndjson`',
  ],
])('what is refused: a changed %s', async (path, change, how) => {
  const cwd = await withParts(1);
  const full = join(cwd, 'parts/1', path);
  const text = readFileSync(full, 'utf8');
  expect(change(text)).not.toBe(text);
  writeFileSync(full, change(text));
  expect(await refusalOf(cwd, ['parts/1'])).toEqual([`RF626 \`parts/1/${path}\` ${how}`]);
});

test.each([
  ['shard/collection.json', '{}\n'],
  ['shard/collection.json', 'null\n'],
  ['shard/indicators.ndjson', '{"values": ["host.example"], "kinds": []}\n'],
  ['shard/indicators.ndjson', '[]\n'],
])('what is refused: a %s of another shape, with its hash', async (path, text) => {
  const cwd = await withParts(1);
  const manifest = join(cwd, 'parts/1/manifest.json');
  const full = join(cwd, 'parts/1', path);
  const before = hexDigest('sha256', readFileSync(full));
  writeFileSync(full, text);
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(before, hexDigest('sha256', text)));
  expect(await refusalOf(cwd, ['parts/1'])).toEqual([`RF626 \`parts/1/${path}\` is not what a part holds`]);
});

test('what is refused: two parts with the same indicator, or a number that leads nowhere', async () => {
  const cwd = await withParts(2);
  const block = join(cwd, 'parts/1/shard/indicators.ndjson');
  const manifest = join(cwd, 'parts/1/manifest.json');
  const other = readFileSync(join(cwd, 'parts/2/shard/indicators.ndjson'), 'utf8');
  const hash = hexDigest('sha256', readFileSync(block));
  const [first, manifestText] = [readFileSync(block, 'utf8'), readFileSync(manifest, 'utf8')];
  for (const [text, why] of [
    [first + other, /^two parts have the same \w+$/],
    [first.replace(/"kinds":\[\d+/, '"kinds":[99'), /^a row is not whole$/],
    [first.replace(/"file":\[\d+/, '"file":[99'), /^a place is in no file$/],
  ] as const) {
    writeFileSync(block, text);
    writeFileSync(manifest, manifestText.replace(hash, hexDigest('sha256', text)));
    const [refusal = ''] = await refusalOf(cwd, ['parts/1', 'parts/2']);
    expect(refusal).toMatch(/^RF626 the indicators of `parts\/1` and `parts\/2` do not fit together: /);
    expect(refusal.split(': ').at(-1)).toMatch(why);
  }
});

test('the part whose bytes have changed is named, whatever they say now', async () => {
  const cwd = await withParts(2);
  const path = join(cwd, 'parts/2/shard/indicators.ndjson');
  writeFileSync(path, readFileSync(path, 'utf8').replace(/"kinds":\[\d+/, '"kinds":[99'));
  expect(await refusalOf(cwd, ['parts/1', 'parts/2'])).toEqual([
    'RF626 `parts/2/shard/indicators.ndjson` has another content than was written',
  ]);
});

test('whatever a manifest says of how many indicators there are, all are read, and no memory is asked for in vain', async () => {
  const cwd = await withParts(2);
  const { indicators: before } = await merge({ cwd, folders: ['parts/1', 'parts/2'] });
  const manifest = join(cwd, 'parts/1/manifest.json');
  const text = readFileSync(manifest, 'utf8');
  for (const number of ['1e15', '-1', '1.5', '"2"']) {
    writeFileSync(manifest, text.replace(/"indicators": \d+/, `"indicators": ${number}`));
    const { session, indicators } = await merge({ cwd, folders: ['parts/1', 'parts/2'] });
    expect(session.failed).toBeUndefined();
    expect(indicators).toBe(before);
  }
});

test('a file that is missing from a part', async () => {
  const cwd = await withParts(1);
  rmSync(join(cwd, 'parts/1/shard/indicators.ndjson'));
  expect(await refusalOf(cwd, ['parts/1'])).toEqual(['RF626 `parts/1/shard/indicators.ndjson` is missing']);
});

test('a whole build is not replaced by a part, nor a part by a whole build', async () => {
  const cwd = await withParts(1);
  await build({ cwd, asOf: AS_OF });
  const before = filesBelow(cwd);
  const part = await buildShard({ cwd, shard: { number: 1, of: 1 }, out: 'out', asOf: AS_OF });
  const whole = await build({ cwd, out: 'parts/1', asOf: AS_OF });
  expect([part.session, whole.session].map(({ failed }) => failed)).toEqual([
    'configuration',
    'configuration',
  ]);
  expect([part.session, whole.session].map(({ diagnostics }) => diagnostics.at(-1)?.message)).toEqual([
    '`out` holds a whole build, not a part of one',
    '`parts/1` holds a part of a build',
  ]);
  expect(filesBelow(cwd)).toEqual(before);
});

test('a part is verified as a build is', async () => {
  const cwd = await withParts(1);
  expect((await verify({ cwd, folder: 'parts/1' })).findings).toEqual([]);
  writeFiles(cwd, { 'parts/1/shard/collection.json': '{}' });
  expect((await verify({ cwd, folder: 'parts/1' })).findings.map(({ code }) => code)).toEqual(['RF616']);
});

test('an error in the inputs stops every part', async () => {
  const cwd = folderWith({
    ...PROJECT,
    'indicators.yaml': `${PROJECT['indicators.yaml']}  - domain: a..b\n`,
  });
  for (const number of [1, 2]) {
    const { session } = await buildShard({ cwd, shard: { number, of: 2 }, out: 'part', asOf: AS_OF });
    expect([session.failed, session.diagnostics.map(({ severity }) => severity)]).toEqual([
      'input',
      ['error'],
    ]);
  }
  expect(existsSync(join(cwd, 'part'))).toBe(false);
});
