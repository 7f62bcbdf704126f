import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { stix } from '../../compiler/prove/engines/stix/stix.ts';
import { engineTest } from '../engines/require.ts';
import { writeFiles } from '../prove/files.ts';
import { failuresOf, proveWith } from '../prove/prove-with.ts';
import { buildFiles } from './build-one.ts';
import { REPORTS, shareProject } from './share-project.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FILE = 'refang.stix.json';
const RED = 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1';
const stixTest = await engineTest('stix');

type Thing = Readonly<Record<string, unknown>> & { type: string; id: string };

/** The objects of a bundle. */
function objectsOf(text: string | undefined): Thing[] {
  return JSON.parse(text ?? '').objects;
}

/** What a project makes of some indicators, by type. */
async function built(indicators: string, asOf = '2026-01-01') {
  const files = await shareProject('stix').build(REPORTS + indicators, asOf);
  const objects = objectsOf(files[FILE]);
  return { text: files[FILE] as string, all: (type: string) => objects.filter((one) => one.type === type) };
}

test('an indicator, what it indicates and where it comes from, whole', async () => {
  const { text } = await built(
    '  - {domain: host.example, report: example, actor: person, status: historical, note: look-alike, attack: T1071.001, tags: [c2], tlp: amber+strict}\n',
  );
  const [identity, marking, indicator, indicates, actor, report] = objectsOf(text) as [
    Thing,
    Thing,
    Thing,
    Thing,
    Thing,
    Thing,
  ];
  expect(objectsOf(text)).toHaveLength(6);
  expect(identity).toMatchObject({
    type: 'identity',
    name: 'Example "CERT"',
    identity_class: 'organization',
  });
  expect(marking).toEqual({
    type: 'marking-definition',
    spec_version: '2.1',
    id: 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
    created: '2022-10-01T00:00:00.000Z',
    name: 'TLP:AMBER+STRICT',
    extensions: {
      'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d': {
        extension_type: 'property-extension',
        tlp_2_0: 'amber+strict',
      },
    },
  });
  const shared = {
    spec_version: '2.1',
    created_by_ref: identity.id,
    created: '2025-01-15T00:00:00.000Z',
    modified: '2025-01-15T00:00:00.000Z',
    object_marking_refs: [marking.id],
  };
  const source = {
    source_name: 'Example CERT',
    description: 'An "example"\nof two lines',
    url: 'https://www.example.com/r',
  };
  expect(indicator).toEqual({
    ...shared,
    type: 'indicator',
    id: indicator.id,
    name: 'host.example',
    description: `Shared by Example "CERT". The name and all below it. Historical: not an indication of current activity. Reported by Example CERT, 2025-01-15: An "example"\nof two lines. Handle\twith 'care' \\ look-alike`,
    indicator_types: ['malicious-activity', 'attribution'],
    pattern: "[domain-name:value = 'host.example' OR domain-name:value LIKE '%.host.example']",
    pattern_type: 'stix',
    pattern_version: '2.1',
    valid_from: '2025-01-15T00:00:00.000Z',
    valid_until: '2025-01-15T23:59:59.999Z',
    kill_chain_phases: [{ kill_chain_name: 'mitre-attack', phase_name: 'command-and-control' }],
    labels: ['status:historical', 'severity:high', 'c2'],
    confidence: 90,
    external_references: [source, { source_name: 'mitre-attack', external_id: 'T1071.001' }],
  });
  expect(indicates).toEqual({
    ...shared,
    type: 'relationship',
    id: indicates.id,
    relationship_type: 'indicates',
    source_ref: indicator.id,
    target_ref: actor.id,
  });
  expect(actor).toEqual({ ...shared, type: 'threat-actor', id: actor.id, name: 'Person' });
  expect(report).toEqual({
    ...shared,
    type: 'report',
    id: report.id,
    name: 'An "example" of two lines',
    description: "Handle\twith 'care' \\",
    report_types: ['indicator'],
    published: '2025-01-15T00:00:00.000Z',
    external_references: [source],
    object_refs: [indicator.id, indicates.id, actor.id],
  });
});

test.each([
  ['domain: host.example', "[domain-name:value = 'host.example' OR domain-name:value LIKE '%.host.example']"],
  ['domain: host.example, match: exact', "[domain-name:value = 'host.example']"],
  [
    // `_` stands for any character behind LIKE.
    'domain: _x.host.example',
    "[domain-name:value = '_x.host.example' OR domain-name:value MATCHES '\\\\._x\\\\.host\\\\.example$']",
  ],
  ['ip: 192.0.2.1', "[ipv4-addr:value = '192.0.2.1']"],
  ['ip: "2001:db8::1"', "[ipv6-addr:value = '2001:db8::1']"],
  ['cidr: 192.0.2.0/25', "[ipv4-addr:value ISSUBSET '192.0.2.0/25']"],
  [
    'cidr: 192.0.2.1-192.0.2.3',
    "[ipv4-addr:value ISSUBSET '192.0.2.1/32' OR ipv4-addr:value ISSUBSET '192.0.2.2/31']",
  ],
  ['cidr: "2001:db8::/33"', "[ipv6-addr:value ISSUBSET '2001:db8::/33']"],
  [
    'endpoint: "[2001:db8::1]:443"',
    "[network-traffic:dst_ref.value = '2001:db8::1' AND network-traffic:dst_port = 443]",
  ],
  ['url: "https://host.example/it\'s"', "[url:value = 'https://host.example/it\\'s']"],
  ['email: A@host.example', "[email-addr:value = 'a@host.example']"],
  ['hash: cafe00112233445566778899aabbccdd', "[file:hashes.MD5 = 'cafe00112233445566778899aabbccdd']"],
  [`hash: ${'ab'.repeat(64)}`, `[file:hashes.'SHA-512' = '${'ab'.repeat(64)}']`],
  [`certificate: ${'ab'.repeat(20)}`, `[x509-certificate:hashes.'SHA-1' = '${'ab'.repeat(20)}']`],
  [
    `user_agent: "It's \\\\ \\"me\\""`,
    `[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'[*] = 'It\\'s \\\\ "me"']`,
  ],
  [
    "file_name: it's (1).exe",
    "[file:name = 'it\\'s (1).exe' OR file:name MATCHES '(?i)^it\\\\\\'s \\\\(1\\\\)\\\\.exe$']",
  ],
  [
    'file_path: C:\\a\\b.exe',
    "[file:name = 'b.exe' AND (file:parent_directory_ref.path = 'C:\\\\a' OR file:parent_directory_ref.path = 'C:\\\\a\\\\')]",
  ],
  ['file_path: /b', "[file:name = 'b' AND (file:parent_directory_ref.path = '/')]"],
  ['file_path: C:\\a\\', "[directory:path = 'C:\\\\a\\\\' OR directory:path = 'C:\\\\a']"],
  ['registry_key: HKLM\\a b\\c', "[windows-registry-key:key = 'HKEY_LOCAL_MACHINE\\\\a b\\\\c']"],
  ["mutex: Global\\x'y", "[mutex:name = 'Global\\\\x\\'y']"],
])('%s', async (indicator, pattern) => {
  const { all } = await built(`  - {${indicator}}\n`.replace(/^ {2}- \{(.*)\}$/m, (_, one) => record(one)));
  expect(all('indicator').map((one) => one.pattern)).toEqual([pattern]);
});

/** `a: b, c: d` as a record in block style, where quotes and commas of values are safe. */
function record(text: string): string {
  return `  - ${text.replace(', match', '\n    match')}`;
}

test('with `patterns: plain` domains and file names are compared with `=` alone', async () => {
  const settings = 'targets: [{name: stix, options: {patterns: plain}}]\ninputs: [indicators.yaml]\n';
  const project = shareProject('stix', `publisher: {name: A, id: a, prefix: A}\n${settings}`);
  const files = await project.build(`${REPORTS}  - {domain: host.example, file_name: a.exe}\n`, '2026-01-01');
  const indicators = objectsOf(files[FILE]).filter(({ type }) => type === 'indicator');
  expect(indicators.map((one) => one.pattern)).toEqual([
    "[domain-name:value = 'host.example']",
    "[file:name = 'a.exe']",
  ]);
});

test('fingerprints of TLS have no place', async () => {
  const { fateOf } = await buildFiles(
    'stix',
    `  - {ja3: ${'0a'.repeat(16)}, ja4: t13d1516h2_8daaf6152771_02713d6af862}\n`,
  );
  const reason = 'unsupported STIX 2.1 has no property for fingerprints of TLS clients';
  expect(await fateOf('0a'.repeat(16))).toBe(reason);
  expect(await fateOf('t13d1516h2_8daaf6152771_02713d6af862')).toBe(reason);
});

test.each([
  ['{}', '2025-01-15', undefined],
  ['{expires: 2026-03-01}', '2025-01-15', '2026-03-01'],
  ['{first_seen: 2024-05-01, last_seen: 2024-06-01}', '2024-05-01', undefined],
  ['{status: historical}', '2025-01-15', '2025-01-15'],
  ['{status: historical, first_seen: 2024-05-01}', '2024-05-01', '2025-01-15'],
  ['{status: historical, first_seen: 2025-02-01}', '2025-02-01', '2025-02-01'],
  ['{status: historical, last_seen: 2024-06-01}', '2024-06-01', '2024-06-01'],
  ['{last_seen: 2024-06-01}', '2025-01-15', undefined],
  ['{status: historical, last_seen: 2024-06-01, first_seen: 2024-05-01}', '2024-05-01', '2024-06-01'],
])('%s is valid from %s until %s', async (keys, from, until) => {
  const { all } = await built(`  - {domain: host.example, report: example, ${keys.slice(1)}\n`);
  const [{ valid_from, valid_until }] = all('indicator') as [Thing];
  expect([valid_from, valid_until]).toEqual([`${from}T00:00:00.000Z`, until && `${until}T23:59:59.999Z`]);
});

test('nothing is attributed but by the indicator itself', async () => {
  const { all } = await built(`  - {domain: host.example, report: example}
  - {domain: other.example, report: other, actor: alpha}
`);
  const [own, other] = all('indicator') as [Thing, Thing];
  expect([own.indicator_types, other.indicator_types]).toEqual([
    ['malicious-activity'],
    ['malicious-activity', 'attribution'],
  ]);
  const [alpha] = all('intrusion-set') as [Thing];
  const [company] = all('threat-actor') as [Thing];
  expect(all('intrusion-set')).toHaveLength(1);
  expect(alpha).toMatchObject({ name: 'Al"pha\\', aliases: ['A 1', 'A 2'] });
  // Known for the link alone; `linked_to` says no more than that the two are related.
  expect(all('threat-actor').map(({ name }) => name)).toEqual(['Company']);
  expect(all('relationship').map((one) => [one.relationship_type, one.source_ref, one.target_ref])).toEqual([
    ['indicates', other.id, alpha.id],
    ['related-to', alpha.id, company.id],
  ]);
  const indicates = all('relationship')[0]?.id;
  expect(all('report').map((one) => one.object_refs)).toEqual([[own.id], [other.id, indicates, alpha.id]]);
});

test('each marking that is used is there once, and everything has one', async () => {
  const { text, all } = await built(`  - {domain: a.example, tlp: clear}
  - {domain: b.example, tlp: amber, report: example}
  - {domain: c.example, tlp: red, report: example, actor: alpha}
  - {domain: d.example, tlp: clear}
`);
  expect(all('marking-definition').map(({ name }) => name)).toEqual(['TLP:CLEAR', 'TLP:AMBER', 'TLP:RED']);
  // Known from what is TLP:RED alone, the linked company is no less.
  expect(all('threat-actor').map((one) => one.object_marking_refs)).toEqual([[RED]]);
  expect(all('report').map((one) => one.object_marking_refs)).toEqual([[RED]]);
  expect(all('intrusion-set').map((one) => one.object_marking_refs)).toEqual([[RED]]);
  const unmarked = objectsOf(text).filter((one) => one.object_marking_refs === undefined);
  expect(new Set(unmarked.map(({ type }) => type))).toEqual(new Set(['identity', 'marking-definition']));
});

test('a revision rises with what is said, and with nothing else', async () => {
  const project = shareProject('stix');
  const at = async (keys: string, asOf: string) => {
    const files = await project.build(
      `${REPORTS}  - {domain: host.example, report: example, actor: alpha${keys}}\n`,
      asOf,
    );
    const objects = objectsOf(files[FILE]);
    return ['indicator', 'relationship', 'report'].map((type) => {
      const { id, created, modified, revoked } = objects.find((one) => one.type === type) as Thing;
      return { id, created, modified, revoked };
    });
  };
  const first = await at('', '2026-01-01');
  expect(new Set(first.flatMap(({ created, modified }) => [created, modified]))).toEqual(
    new Set(['2025-01-15T00:00:00.000Z']),
  );
  expect(await at('', '2026-01-02')).toEqual(first);
  const second = await at(', note: more', '2026-01-03');
  expect(second.map(({ modified }) => modified)).toEqual([
    '2026-01-03T00:00:00.002Z',
    '2026-01-03T00:00:00.002Z',
    '2025-01-15T00:00:00.000Z',
  ]);
  const third = await at(', status: revoked', '2026-01-03');
  expect(third.map(({ modified, revoked }) => [modified, revoked]).slice(0, 2)).toEqual([
    ['2026-01-03T00:00:00.003Z', true],
    ['2026-01-03T00:00:00.003Z', true],
  ]);
  for (const later of [second, third])
    expect(later.map(({ id, created }) => [id, created])).toEqual(
      first.map(({ id, created }) => [id, created]),
    );
});

stixTest('nothing that a text holds gets out of its place', async () => {
  const hostile = ["'] OR [domain-name:value LIKE '%", '"}],"x":[{', '\\', "\\'", '%_', '{{x}}', '😀 日本'];
  const { text, all } = await built(
    hostile
      .map((one) => {
        const said = JSON.stringify(`x ${one} y`);
        return `  - {mutex: ${said}, user_agent: ${said}, note: ${said}, tags: [${said}], references: ["https://host.example/it's?\\"|{}%"], report: example, actor: alpha}\n`;
      })
      .join(''),
  );
  const texts = hostile.map((one) => `x ${one} y`);
  expect(
    all('indicator')
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...texts, ...texts].sort());
  const [file] = writeFiles({ [FILE]: text });
  expect((await stix.load([file as string])).problems).toEqual([]);
});

stixTest('the report is valid, and its patterns match what they must and nothing else', async () => {
  const [summary] = await proveWith('stix', [], readFileSync(join(ROOT, 'indicators.yaml'), 'utf8'));
  expect(failuresOf(summary as NonNullable<typeof summary>)).toEqual([]);
  expect(summary).toMatchObject({ indicators: { ok: 43, of: 43 }, notChecked: [] });
});
