import { expect, test } from 'vitest';
import type { Kind } from '../../compiler/indicators/kind.ts';
import { buildFiles } from './build-one.ts';
import { compileFile, EXAMPLE, HOSTILE, REPORT } from './list-files.ts';
import { checkDocument, ECS, flat } from './parsers/ecs.ts';
import { type EqlRule, type MatchRule, readRules } from './parsers/elastic-rules.ts';
import { type EcsEvent, readEql } from './parsers/eql.ts';
import { hostAndPort, logCases, SINGLE } from './witness-cases.ts';

type Files = ReadonlyMap<string, string>;

/** The documents of the bulk file, each as dotted names; every second line is an action with an id of its own. */
function documentsOf(files: Files): Map<string, unknown>[] {
  const lines = (files.get('indicators-1.ndjson') as string).split('\n').slice(0, -1);
  const ids = lines.filter((_, at) => at % 2 === 0).map((line) => JSON.parse(line));
  expect(new Set(ids.map(({ index }) => index._id)).size).toBe(ids.length);
  for (const action of ids) {
    expect(action).toEqual({ index: { _id: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
  }
  return lines.filter((_, at) => at % 2 === 1).map((line) => checkDocument(JSON.parse(line)));
}

function eqlRules(files: Files): EqlRule[] {
  return readRules(files.get('rules.ndjson') as string).filter(
    (rule): rule is EqlRule => rule.type === 'eql',
  );
}

function matchRules(files: Files): MatchRule[] {
  const rules = readRules(files.get('indicator-match-rules.ndjson') as string);
  return rules.filter((rule): rule is MatchRule => rule.type === 'threat_match');
}

/** Whether a rule finds an event by the documents of its severity: all entries of one mapping are equal. */
function isMatched(rule: MatchRule, documents: readonly Map<string, unknown>[], event: EcsEvent): boolean {
  const form = /^@timestamp >= "now-30d\/d" and labels\.refang_severity:"([a-z]+)"$/;
  const [, severity] = form.exec(rule.threat_query) ?? [];
  expect(severity).toBe(rule.severity);
  return documents
    .filter((document) => document.get('labels.refang_severity') === severity)
    .some((document) =>
      rule.threat_mapping.some(({ entries }) =>
        entries.every(
          ({ field, value }) => event[field] !== undefined && event[field] === document.get(value),
        ),
      ),
    );
}

/** The names of the rules that an event fires. */
function fired(files: Files, event: EcsEvent): string[] {
  const documents = documentsOf(files);
  return [
    ...eqlRules(files).filter(({ query }) => readEql(query)(event)),
    ...matchRules(files).filter((rule) => isMatched(rule, documents, event)),
  ].map(({ name }) => name);
}

/** How what is seen of a kind stands in events. */
const EVENTS: Readonly<Partial<Record<Kind, (text: string) => EcsEvent[]>>> = {
  domain: (name) =>
    ['dns.question.name', 'url.domain', 'destination.domain', 'tls.client.server_name'].map((field) => ({
      [field]: name,
    })),
  ip: (address) => [{ 'destination.ip': address }, { 'source.ip': address }],
  cidr: (address) => [{ 'destination.ip': address }, { 'source.ip': address }],
  endpoint: (text) => {
    const { host, port } = hostAndPort(text);
    const field = /^[\d.:]+$/.test(host) ? 'destination.ip' : 'destination.domain';
    return [{ [field]: host, 'destination.port': Number(port) }];
  },
  url: (url) => [{ 'url.full': url }, { 'url.original': url }],
  email: (email) =>
    ['from', 'to', 'sender', 'reply_to'].map((field) => ({ [`email.${field}.address`]: email })),
  user_agent: (agent) => [{ 'user_agent.original': agent }],
  file_name: (name) => [{ 'file.name': name }, { 'process.name': name }],
  file_path: (path) => [{ 'file.path': path }, { 'process.executable': path }],
  registry_key: (key) => {
    const cut = key.indexOf('\\');
    const [hive, rest] = [key.slice(0, cut).replace('HKEY_LOCAL_MACHINE', 'HKLM'), key.slice(cut + 1)];
    return [
      { 'registry.path': `${hive}\\${rest}` },
      { 'registry.hive': hive, 'registry.key': rest, 'registry.path': `${hive}\\${rest}\\Value` },
    ];
  },
};

test.each(SINGLE)('$kind $value: witnesses fire, near misses do not', async (single) => {
  const { files, fateOf } = await buildFiles('elastic', `  - ${single.yaml}\n`);
  expect(await fateOf(single.value)).toBe('emitted');
  const { matches, misses } = logCases(single);
  expect(matches.length).toBeGreaterThan(0);
  for (const { text } of matches)
    for (const event of EVENTS[single.kind]?.(text) ?? [])
      expect(fired(files, event), JSON.stringify(event)).toHaveLength(1);
  for (const { text } of misses)
    for (const event of EVENTS[single.kind]?.(text) ?? [])
      expect(fired(files, event), JSON.stringify(event)).toEqual([]);
});

test('hashes and fingerprints fire in the fields that hold them', async () => {
  const [md5, sha1] = ['00112233445566778899aabbccddeeff', '000102030405060708090a0b0c0d0e0f10111213'];
  const { files } = await buildFiles(
    'elastic',
    `  - hash: ${md5}\n  - certificate: ${sha1}\n  - {ja3: ${md5}, ja3s: ${md5}}\n`,
  );
  const names = (event: EcsEvent) => fired(files, event).map((name) => name.replace(/ \(.*/, ''));
  expect(names({ 'process.hash.md5': md5 })).toEqual(['Refang Indicator Match, High Severity']);
  expect(names({ 'process.hash.sha1': md5 })).toEqual([]);
  expect(names({ 'tls.server.hash.sha1': sha1.toUpperCase() })).toEqual(['REFANG Listed Certificates']);
  expect(names({ 'tls.client.ja3': md5 })).toEqual(['REFANG Listed TLS Clients']);
  expect(names({ 'tls.server.ja3s': md5 })).toEqual(['REFANG Listed TLS Servers']);
});

test('a document whole', async () => {
  const { files } = await buildFiles(
    'elastic',
    `  - {url: http://host.example/a, note: "=1 \\"x\\"\\n", tags: [a], first_seen: 2025-01-01, last_seen: 2025-01-02, attack: T1071}\n`,
  );
  const [action, document] = (files.get('indicators-1.ndjson') as string).split('\n');
  expect(action).toBe('{"index":{"_id":"e46ee5f1-b850-55e0-a39d-cc011c56a80a"} }');
  expect(JSON.parse(document as string)).toEqual({
    event: {
      kind: 'enrichment',
      category: ['threat'],
      type: ['indicator'],
      module: 'ti_refang',
      dataset: 'ti_refang.indicator',
    },
    labels: { refang_severity: 'high', refang_status: 'active' },
    tags: ['refang', 'a', 'technique: T1071'],
    threat: {
      feed: { name: 'Refang' },
      indicator: {
        type: 'url',
        url: { full: 'http://host.example/a', original: 'http://host.example/a' },
        name: 'http://host.example/a',
        provider: 'Refang',
        confidence: 'High',
        first_seen: '2025-01-01T00:00:00.000Z',
        last_seen: '2025-01-02T00:00:00.000Z',
        reference: 'https://www.example.com/r',
        description: '=1 "x"\n',
        marking: { tlp: 'GREEN', tlp_version: '2.0' },
      },
    },
  });
});

test('a historical indicator is one of low severity, which the stock rules do not see', async () => {
  const { files } = await buildFiles('elastic', '  - {ip: 192.0.2.1, status: historical}\n');
  const [document] = documentsOf(files);
  expect(document?.get('event.module')).toBe('refang');
  expect(document?.get('labels.refang_severity')).toBe('low');
  expect(fired(files, { 'source.ip': '192.0.2.1' })).toEqual(['Refang Indicator Match, Low Severity']);
});

test('the address of a URL is not its host', async () => {
  const { files } = await buildFiles('elastic', '  - url: http://host.example/a\n');
  expect(fired(files, { 'url.domain': 'host.example' })).toEqual([]);
  expect([...(documentsOf(files)[0] as Map<string, unknown>).keys()]).not.toContain(
    'threat.indicator.url.domain',
  );
});

test('what has no place has its reason', async () => {
  const { fateOf } = await buildFiles(
    'elastic',
    '  - mutex: Global\\x\n  - ja4: t13d1516h2_8daaf6152771_02713d6af862\n',
  );
  expect(await fateOf('Global\\x')).toBe('unsupported the Elastic Common Schema has no field for mutexes');
  expect(await fateOf('t13d1516h2_8daaf6152771_02713d6af862')).toBe(
    'unsupported the Elastic Common Schema has no field for JA4',
  );
});

test('more names than a query holds are several rules', async () => {
  const names = Array.from({ length: 250 }, (_, at) => `host${at}.example`);
  const { files } = await buildFiles('elastic', `  - domain: [${names.join(', ')}]\n`);
  const rules = eqlRules(files);
  expect(rules.length).toBeGreaterThan(2);
  for (const { query } of rules) expect(query.split('"').length).toBeLessThan(2 * 800 + 2);
  for (const name of names.filter((_, at) => at % 25 === 0))
    expect(fired(files, { 'url.domain': name })).toHaveLength(1);
});

test.each([EXAMPLE, REPORT])('%s: documents and rules are well formed', async (file) => {
  const { files } = await compileFile('elastic', file);
  const rules = eqlRules(files);
  for (const { query } of rules) readEql(query);
  expect(matchRules(files)).toHaveLength(4);
  expect(documentsOf(files).length).toBeGreaterThan(10);
});

test('hostile values', async () => {
  const { files } = await buildFiles('elastic', HOSTILE);
  for (const { query } of eqlRules(files)) readEql(query);
  expect(documentsOf(files).map((document) => document.get('threat.indicator.name'))).toContain(
    '=cmd@host.example',
  );
});

test('the index has the types of the schema', async () => {
  const { files } = await compileFile('elastic', EXAMPLE);
  const { settings, mappings } = JSON.parse(files.get('index.json') as string);
  expect(settings).toEqual({ index: { default_pipeline: 'refang' } });
  const types = [...flat(mappings.properties)].map(([name, type]) => [
    name.replaceAll('properties.', '').replace(/\.type$/, ''),
    type,
  ]);
  const wanted = Object.entries(ECS).map(([name, { type }]) => [name, type]);
  expect(Object.fromEntries(types)).toEqual({
    ...Object.fromEntries(wanted),
    '@timestamp': 'date',
    'event.ingested': 'date',
  });
  expect(JSON.parse(files.get('ingest-pipeline.json') as string).processors).toEqual([
    { set: { field: '@timestamp', value: '{{_ingest.timestamp}}' } },
    { set: { field: 'event.ingested', value: '{{_ingest.timestamp}}' } },
  ]);
});

test.each([
  'any where ?a.b == "x',
  'any where ?a.b = "x"',
  'any where a.b == "x"',
  'any where ?a.b in ()',
  'any where ?a.b in ("x",)',
  'any where ?a.b in ("x") or',
  'any where (?a.b in ("x")',
  'any where ?a.b in ("x"))',
  'any where ?a.b in ("\\x")',
  'any where ?a.b in ("a"b")',
  "any where ?a.b in ('x')",
  'any where cidrMatch(?a.b)',
  'any where cidrMatch(?a.b, "192.0.2.1")',
  'process where ?a.b in ("x")',
  'any where ?a.b in ("one\ntwo")',
])('the reader refuses %j', (query) => {
  expect(() => readEql(query)).toThrow();
});

test('the schemas refuse planted faults', async () => {
  const { files } = await compileFile('elastic', EXAMPLE);
  const rules = files.get('rules.ndjson') as string;
  const [first = ''] = rules.split('\n');
  const broken = [
    `${first}\n${first}\n`,
    first,
    `${first.replace('"risk_score":73', '"risk_score":21')}\n`,
    `${first.replace('"high"', '"informational"')}\n`,
    `${first.replace('"enabled":false', '"enabled":true')}\n`,
    `${first.replace('"type":"eql"', '"type":"query"')}\n`,
    `${first.replace('"interval":"5m"', '"interval":"5"')}\n`,
    `${first.replace('"author"', '"authors"')}\n`,
  ];
  for (const text of broken) expect(() => readRules(text), text.slice(0, 200)).toThrow();
  const document = JSON.parse((files.get('indicators-1.ndjson') as string).split('\n')[1] as string);
  expect(() => checkDocument(document)).not.toThrow();
  const change = (path: string, value: unknown) => {
    const copy = structuredClone(document);
    const keys = path.split('.');
    const last = keys.pop() as string;
    const inner = keys.reduce((thing, key) => (thing[key] ??= {}), copy);
    inner[last] = value;
    return copy;
  };
  for (const [path, value] of [
    ['threat.indicator.type', 'domain'],
    ['threat.indicator.marking.tlp', 'clear'],
    ['threat.indicator.confidence', '90'],
    ['threat.indicator.ip', '198.51.100.0/24'],
    ['threat.indicator.first_seen', '2025-01-01'],
    ['threat.indicator.file.hash.md5', 'XX'],
    ['threat.indicator.ja3', 'x'],
    ['event.category', 'threat'],
    ['event.kind', 'alert'],
    ['tags', 'x'],
    ['threat.indicator.name', ''],
  ] as const)
    expect(() => checkDocument(change(path, value)), path).toThrow();
});
