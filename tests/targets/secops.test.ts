import { expect, test } from 'vitest';
import type { Kind } from '../../compiler/indicators/kind.ts';
import { buildFiles } from './build-one.ts';
import { compileFile, EXAMPLE, HOSTILE, REPORT } from './list-files.ts';
import { type Content, readContent } from './parsers/content-manager.ts';
import { readRule, type UdmEvent } from './parsers/yara-l.ts';
import { hostAndPort, logCases, SINGLE } from './witness-cases.ts';

/** The rules that an event fires, without what names their context. */
function fired({ rules, columns }: Content, event: UdmEvent): string[] {
  return rules
    .filter((rule) => rule.matches(event, columns))
    .map(({ name }) => name.replace(/^refang_[0-9a-f]+_(?:[01]+_)?/, ''));
}

/** How what is seen of a kind stands in events. */
const EVENTS: Readonly<Partial<Record<Kind, (text: string) => UdmEvent[]>>> = {
  domain: (name) => [
    { 'metadata.event_type': 'NETWORK_DNS', 'network.dns.questions.name': name },
    { 'target.hostname': name },
    { 'network.tls.client.server_name': name },
  ],
  ip: (address) => [{ 'target.ip': address }, { 'principal.ip': address }],
  cidr: (address) => [{ 'target.ip': address }, { 'principal.ip': address }],
  endpoint: (text) => {
    const { host, port } = hostAndPort(text);
    return [
      { [/^[\d.:]+$/.test(host) ? 'target.ip' : 'target.hostname']: host, 'target.port': Number(port) },
    ];
  },
  url: (url) => [{ 'target.url': url }],
  email: (email) => [{ 'network.email.from': email }, { 'network.email.to': email }],
  user_agent: (agent) => [{ 'network.http.user_agent': agent }],
  file_name: (name) => [
    { 'target.file.names': name },
    { 'target.file.full_path': `C:\\new\\${name}` },
    { 'target.process.file.full_path': `/tmp/${name}` },
    { 'target.file.full_path': name },
  ],
  file_path: (path) => [{ 'target.file.full_path': path }, { 'target.process.file.full_path': path }],
  registry_key: (key) => [
    { 'target.registry.registry_key': key },
    { 'target.registry.registry_key': key.replace('HKEY_LOCAL_MACHINE', 'HKLM') },
  ],
};

test.each(SINGLE)('$kind $value: witnesses fire, near misses do not', async (single) => {
  const { files, fateOf } = await buildFiles('secops', `  - ${single.yaml}\n`);
  expect(await fateOf(single.value)).toBe('emitted');
  const content = readContent(files);
  const { matches, misses } = logCases(single);
  expect(matches.length).toBeGreaterThan(0);
  for (const { text } of matches)
    for (const event of EVENTS[single.kind]?.(text) ?? [])
      expect(fired(content, event), JSON.stringify(event)).toHaveLength(1);
  for (const { text } of misses)
    for (const event of EVENTS[single.kind]?.(text) ?? [])
      expect(fired(content, event), JSON.stringify(event)).toEqual([]);
  expect(fired(content, {})).toEqual([]);
  expect(fired(content, { 'metadata.event_type': 'NETWORK_DNS' })).toEqual([]);
});

test.each([2, 3, 4, 5, 6, 7, 8])('a name of %d labels stands for those below it', async (count) => {
  const name = [...'abcdefg']
    .slice(0, count - 1)
    .join('.')
    .concat('.example');
  const { files } = await buildFiles('secops', `  - domain: ${name}\n`);
  const content = readContent(files);
  for (const seen of [name, `x.${name}`, `x.y.z.${name.toUpperCase()}.`])
    expect(fired(content, { 'target.hostname': seen })).toEqual(['below_host']);
  for (const seen of [`x${name}`, `${name}.test`, name.slice(2)])
    expect(fired(content, { 'target.hostname': seen })).toEqual([]);
});

test('what has no place has its reason', async () => {
  const deep = 'a.b.c.d.e.f.g.h.example';
  const { fateOf } = await buildFiles(
    'secops',
    `  - domain: ${deep}
  - {domain: x.${deep}, match: exact}
  - hash: ${'ab'.repeat(64)}
  - mutex: Global\\x
  - ja4: t13d1516h2_8daaf6152771_02713d6af862
`,
  );
  expect(await fateOf(deep)).toBe(
    'unsupported a rule may look seven names up, so a name of more than eight labels has no rule',
  );
  expect(await fateOf(`x.${deep}`)).toBe('emitted');
  expect(await fateOf('ab'.repeat(64))).toBe(
    'unsupported the Unified Data Model has MD5, SHA-1 and SHA-256 of files',
  );
  expect(await fateOf('Global\\x')).toBe(
    'unsupported no field of the Unified Data Model is known to hold mutexes',
  );
  expect(await fateOf('t13d1516h2_8daaf6152771_02713d6af862')).toBe(
    'unsupported no field of the Unified Data Model is known to hold JA4',
  );
});

test('hashes and fingerprints fire in the fields that hold them', async () => {
  const [md5, sha1] = ['00112233445566778899aabbccddeeff', '000102030405060708090a0b0c0d0e0f10111213'];
  const { files } = await buildFiles(
    'secops',
    `  - hash: [${md5}]\n  - hash: [${sha1}]\n  - certificate: ${sha1}\n  - {ja3: ${md5}, ja3s: ${md5}}\n`,
  );
  const content = readContent(files);
  expect(fired(content, { 'target.process.file.md5': md5.toUpperCase() })).toEqual(['md5']);
  expect(fired(content, { 'principal.process.file.sha1': sha1 })).toEqual(['sha1']);
  expect(fired(content, { 'target.file.sha1': md5 })).toEqual([]);
  expect(fired(content, { 'network.tls.server.certificate.sha1': sha1 })).toEqual(['certificates']);
  expect(fired(content, { 'network.tls.client.ja3': md5 })).toEqual(['ja3']);
  expect(fired(content, { 'network.tls.server.ja3s': md5 })).toEqual(['ja3s']);
});

test('a rule and its table whole', async () => {
  const { files } = await buildFiles(
    'secops',
    `  - {user_agent: "=1, \\"x\\" \\\\", note: "a\\n\\"b\\", c", status: historical, attack: T1071.001}\n`,
  );
  const [table, rule] = ['data_tables/', 'rules/'].map((folder) => {
    const [, text = ''] = [...files].find(([path]) => path.startsWith(folder)) ?? [];
    return text.replaceAll(/refang_[0-9a-f]+_/g, 'refang_CONTEXT_').replace(/mr_[0-9a-f-]+/, 'mr_ID');
  });
  expect(table).toBe('"=1, ""x"" \\","a ""b"", c"\n');
  expect(rule).toBe(`rule refang_CONTEXT_user_agents {
  meta:
    rule_name = "REFANG Requests with listed user agents"
    description = "Requests with listed user agents, from Names of \\"the\\" group local-zone: \\"x.\\" refuse (Example CERT, 2025-01-15). HISTORICAL: a match is a lead into the past and no sign of current activity."
    author = "Refang"
    rule_id = "mr_ID"
    version = "1"
    type = "hunt"
    tags = "threat indicators"
    severity = "Low"
    priority = "Low"
    reference = "https://www.example.com/r"
    technique = "T1071.001"

  events:
    (
      $event.network.http.user_agent in %refang_CONTEXT_user_agents.user_agent
    )

  outcome:
    $risk_score = 35

  condition:
    $event
}
`);
});

test('more networks and endpoints than a table or a rule holds are several', async () => {
  const many = (make: (at: number) => string) => Array.from({ length: 120 }, (_, at) => make(at)).join(', ');
  const { files } = await buildFiles(
    'secops',
    `  - cidr: [${many((at) => `198.51.${at}.0/24`)}]\n  - endpoint: [${many((at) => `192.0.2.${at}:${at + 1}`)}]\n`,
  );
  const content = readContent(files);
  for (const [key, values] of content.columns)
    if (key.endsWith('.network')) expect(values.length).toBeLessThanOrEqual(50);
  expect(content.rules.length).toBeGreaterThanOrEqual(6);
  for (const at of [0, 60, 119]) {
    expect(fired(content, { 'target.ip': `198.51.${at}.7` })).toEqual(['networks']);
    expect(fired(content, { 'target.ip': `192.0.2.${at}`, 'target.port': at + 1 })).toEqual(['endpoints']);
  }
});

test('hostile values', async () => {
  const { files } = await buildFiles('secops', HOSTILE);
  const { columns } = readContent(files);
  expect([...columns.values()].flat()).toContain('=cmd@host.example');
});

test.each([EXAMPLE, REPORT])('%s: each indicator is in a table or in a rule', async (file) => {
  const { files, said } = await compileFile('secops', file);
  const { columns } = readContent(files);
  const listed = new Set([...columns.values()].flat());
  const missing = said.filter((value) => !listed.has(value));
  for (const endpoint of missing) expect(endpoint).toMatch(/:\d+$/);
});

const GOOD = `rule refang_a_ja3 {
  meta:
    rule_name = "X"
    description = "x"
    author = "X"
    rule_id = "mr_303e6b6f-4301-58ba-bc33-3453512f3554"
    severity = "High"

  events:
    (
      $event.network.tls.client.ja3 in %refang_a_ja3.ja3 nocase
    )

  outcome:
    $risk_score = 85

  condition:
    $event
}
`;

test.each([
  ['a quote in a string', '"x"', '"a"x"'],
  ['a lone backslash in a string', '"x"', '"\\x"'],
  ['a line break in a string', '"x"', '"a\nx"'],
  ['a key of meta twice', 'author', 'description'],
  ['no rule_id', 'rule_id', 'rule'],
  ['another risk score', '85', '35'],
  ['an unknown severity', '"High"', '"high"'],
  ['an unknown field', 'tls.client.ja3', 'tls.client.ja4'],
  ['an unknown operator', ' in %', ' within %'],
  ['a table without a column', '.ja3 nocase', ' nocase'],
  ['a parenthesis left open', '    )\n', ''],
  ['no condition', '  condition:\n    $event\n', ''],
  ['a name that is no identifier', 'refang_a_ja3 {', 'refang-a {'],
  [
    'eight tables',
    'nocase',
    `nocase or\n${'      $event.target.url in %refang_a_ja3.ja3 or\n'.repeat(6)}      $event.target.url in %refang_a_ja3.ja3`,
  ],
  [
    'three networks',
    'in %refang_a_ja3.ja3 nocase',
    `in cidr %a.b or\n      $event.target.ip in cidr %a.b or\n      $event.target.ip in cidr %a.b`,
  ],
])('the reader refuses %s', (_, from, to) => {
  expect(readRule(GOOD).name).toBe('refang_a_ja3');
  expect(() => readRule(GOOD.replace(from, to))).toThrow();
});

test.each([
  ['an empty cell', 'data_tables/t.csv', 'a,\n'],
  ['a ragged row', 'data_tables/t.csv', 'a,-,-\n'],
  ['an empty table', 'data_tables/t.csv', ''],
  ['a table that is not configured', 'data_tables/u.csv', 'a,-\n'],
  ['a rule that is not configured', 'rules/refang_a_ja3.yaral', GOOD],
  ['another file', 'notes.txt', ''],
  ['an unknown key', 'data_table_config.yaml', 't: {description: x, columns: [], ttl: 1}\n'],
])('the reader of the folder refuses %s', (_, path, text) => {
  const column = (index: number, name: string) =>
    `{column_index: ${index}, original_column: ${name}, column_type: STRING}`;
  const files = new Map([
    ['data_table_config.yaml', `t: {description: x, columns: [${column(0, 'a')}, ${column(1, 'note')}]}\n`],
    ['rule_config.yaml', ''],
    ['data_tables/t.csv', 'a,-\n'],
  ]);
  expect(readContent(files).columns.get('t.a')).toEqual(['a']);
  expect(() => readContent(new Map([...files, [path, text]]))).toThrow();
});
