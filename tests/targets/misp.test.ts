import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { misp } from '../../compiler/prove/engines/misp/misp.ts';
import { engineTest } from '../engines/require.ts';
import { writeFiles } from '../prove/files.ts';
import { filesBelow } from '../temporary.ts';
import { buildFiles } from './build-one.ts';
import { REPORTS, shareProject } from './share-project.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const mispTest = await engineTest('misp');

type Attribute = Readonly<Record<string, unknown>> & { type: string; value: string; uuid: string };
type Event = Readonly<Record<string, unknown>> & { uuid: string; info: string; Attribute: Attribute[] };
type Files = Readonly<Record<string, string>>;

function eventsOf(files: Files): Event[] {
  return Object.keys(files)
    .filter((path) => /-.*\.json$/.test(path))
    .map((path) => JSON.parse(files[path] as string).Event);
}

/** The event of a report, by its title. */
function eventOf(files: Files, info: string): Event {
  return eventsOf(files).find((event) => event.info === info) as Event;
}

async function built(indicators: string, asOf = '2026-01-01'): Promise<Files> {
  return shareProject('misp').build(REPORTS + indicators, asOf);
}

/** What PyMISP says of the files of a feed. */
async function saidOf(files: Files): Promise<string[]> {
  const { problems } = await misp.load(writeFiles(files));
  return problems.map(({ message }) => message);
}

describe('a report with more indicators than MISP likes in an event', () => {
  const names = Array.from({ length: 10_001 }, (_, at) => `host-${at}.example`);
  const record = `  - {domain: [${names.join(', ')}], report: example, status: active, confidence: 80, severity: high, tlp: clear}\n`;

  test('is two, each with half of them, and the index and the hashes know both', async () => {
    const files = await built(record);
    const events = eventsOf(files).sort((one, other) => (one.info < other.info ? -1 : 1));
    expect(events.map(({ info }) => info)).toEqual([
      'An "example" of two lines (part 0)',
      'An "example" of two lines (part 1)',
    ]);
    const listed = events.flatMap(({ Attribute }) => Attribute.filter(({ type }) => type === 'domain'));
    expect(listed.map(({ value }) => value).sort()).toEqual(names.toSorted());
    expect(new Set(listed.map(({ uuid }) => uuid)).size).toBe(names.length);
    expect(Object.keys(JSON.parse(files['manifest.json'] as string)).sort()).toEqual(
      events.map(({ uuid }) => uuid).sort(),
    );
    const inEvents = new Map(
      listed.map(({ value, uuid }) => [createHash('md5').update(value).digest('hex'), uuid]),
    );
    const hashes = (files['hashes.csv'] as string).trimEnd().split('\n');
    const known = new Map(hashes.map((line) => line.split(',') as [string, string]));
    for (const hash of inEvents.keys()) expect(events.map(({ uuid }) => uuid)).toContain(known.get(hash));
  });

  mispTest('and PyMISP reads both', async () => {
    expect(await saidOf(await built(record))).toEqual([]);
  });
});

test('an event whole', async () => {
  const files = await built(
    '  - {domain: host.example, report: example, actor: alpha, note: look-alike, attack: T1071.001, tags: [c2], first_seen: 2024-05-01, tlp: amber+strict}\n',
  );
  const [event] = eventsOf(files) as [Event];
  const amber = { name: 'tlp:amber+strict', colour: '#FFC000' };
  const plain = { to_ids: false, disable_correlation: false, timestamp: '1736899201' };
  const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);
  expect(event).toEqual({
    uuid,
    published: true,
    publish_timestamp: '1736899201',
    info: 'An "example" of two lines',
    date: '2025-01-15',
    timestamp: '1736899201',
    analysis: '2',
    threat_level_id: '4',
    Orgc: { name: 'Example "CERT"', uuid },
    Tag: [amber],
    Attribute: [
      {
        ...plain,
        uuid,
        type: 'domain',
        category: 'Network activity',
        value: 'host.example',
        to_ids: true,
        comment: 'Confidence 90, severity high. Attributed to Al"pha\\. ATT&CK T1071.001. look-alike',
        first_seen: '2024-05-01T00:00:00+00:00',
        Tag: [amber, { name: 'c2', colour: '#0088CC' }],
      },
      {
        ...plain,
        uuid,
        type: 'link',
        category: 'External analysis',
        value: 'https://www.example.com/r',
        comment: '',
      },
      {
        ...plain,
        uuid,
        type: 'comment',
        category: 'External analysis',
        value: "Handle\twith 'care' \\",
        comment: 'What the report says about the use of its indicators',
      },
      {
        ...plain,
        uuid,
        type: 'threat-actor',
        category: 'Attribution',
        value: 'Al"pha\\',
        comment: 'Also A 1, A\n2',
      },
    ],
  });
  expect(Object.keys(files)).toEqual([`${event.uuid}.json`, 'hashes.csv', 'manifest.json']);
  const { uuid: _, published, publish_timestamp, Attribute: attributes, ...summary } = event;
  expect(JSON.parse(files['manifest.json'] as string)).toEqual({ [event.uuid]: summary });
  const hashes = attributes.map(({ value }) => createHash('md5').update(value).digest('hex'));
  expect(files['hashes.csv']).toBe(hashes.map((hash) => `${hash},${event.uuid}\n`).join(''));
});

test.each([
  ['domain: host.example', 'Network activity', 'domain', 'host.example'],
  // MISP's rules for a `hostname` leave out the names below it.
  ['domain: host.example\n    match: exact', 'Network activity', 'hostname', 'host.example'],
  ['ip: 192.0.2.1', 'Network activity', 'ip-dst', '192.0.2.1'],
  ['cidr: "2001:db8::/33"', 'Network activity', 'ip-dst', '2001:db8::/33'],
  ['endpoint: host.example:443', 'Network activity', 'hostname|port', 'host.example|443'],
  ['endpoint: "[2001:db8::1]:443"', 'Network activity', 'ip-dst|port', '2001:db8::1|443'],
  ['url: https://host.example/a', 'Network activity', 'url', 'https://host.example/a'],
  ['email: a@host.example', 'Payload delivery', 'email', 'a@host.example'],
  ['email: a@host.example\n    actor: person', 'Attribution', 'email', 'a@host.example'],
  [`hash: ${'0a'.repeat(16)}`, 'Payload delivery', 'md5', '0a'.repeat(16)],
  [`hash: ${'0a'.repeat(64)}`, 'Payload delivery', 'sha512', '0a'.repeat(64)],
  [
    `file: {name: a b.exe, sha1: ${'0a'.repeat(20)}}`,
    'Payload delivery',
    'filename|sha1',
    `a b.exe|${'0a'.repeat(20)}`,
  ],
  // The bar would be that of a value of two parts.
  [`file: {name: "a|b.exe", sha1: ${'0a'.repeat(20)}}`, 'Payload delivery', 'sha1', '0a'.repeat(20)],
  [`ja3: ${'0a'.repeat(16)}`, 'Network activity', 'ja3-fingerprint-md5', '0a'.repeat(16)],
  [`certificate: ${'0a'.repeat(32)}`, 'Network activity', 'x509-fingerprint-sha256', '0a'.repeat(32)],
  ['user_agent: Bot "1" \\', 'Network activity', 'user-agent', 'Bot "1" \\'],
  ['file_name: a.exe', 'Payload delivery', 'filename', 'a.exe'],
  ['file_path: C:\\a\\b.exe', 'Payload delivery', 'filename', 'C:\\a\\b.exe'],
  ['registry_key: HKLM\\a\\b', 'Persistence mechanism', 'regkey', 'HKEY_LOCAL_MACHINE\\a\\b'],
  ['mutex: Global\\x', 'Artifacts dropped', 'mutex', 'Global\\x'],
])('%s is of %s, %s', async (indicator, category, type, value) => {
  const [event] = eventsOf(await built(`  - ${indicator}\n`));
  expect(event?.Attribute[0]).toMatchObject({ category, type, value, to_ids: type !== 'user-agent' });
});

test('a range is as many attributes as networks', async () => {
  const [event] = eventsOf(await built('  - cidr: 192.0.2.1-192.0.2.3\n'));
  expect(event?.Attribute.map(({ value }) => value)).toEqual(['192.0.2.1/32', '192.0.2.2/31']);
  expect(new Set(event?.Attribute.map(({ uuid }) => uuid)).size).toBe(2);
});

test('what is no indication of current activity is not for detection, what is revoked is deleted', async () => {
  const files = await built(`  - {domain: old.example, status: historical}
  - {domain: wrong.example, status: revoked}
`);
  const [event] = eventsOf(files) as [Event];
  expect(event.Attribute.map((one) => [one.value, one.to_ids, one.deleted])).toEqual([
    ['old.example', false, undefined],
    ['wrong.example', false, true],
  ]);
  expect(event.Attribute[0]?.comment).toBe(
    'Historical: not an indication of current activity. Confidence 90, severity high.',
  );
  expect(files['hashes.csv']?.split('\n')).toHaveLength(2);
});

test('an event for each report, and one for what none names; nothing has one identifier twice', async () => {
  const files = await built(`  - {domain: both.example, report: [example, other], tlp: red}
  - {domain: one.example, report: other, tlp: clear}
  - {domain: none.example, tlp: clear}
`);
  const listed = (info: string) =>
    eventOf(files, info)
      .Attribute.filter(({ type }) => type === 'domain')
      .map(({ value }) => value);
  expect(listed('An "example" of two lines')).toEqual(['both.example']);
  expect(listed('Other')).toEqual(['both.example', 'one.example']);
  expect(listed('Indicators of Example "CERT"')).toEqual(['none.example']);
  expect(eventOf(files, 'Other').Tag).toEqual([{ name: 'tlp:red', colour: '#CC0033' }]);
  const uuids = eventsOf(files).flatMap((event) => [event.uuid, ...event.Attribute.map(({ uuid }) => uuid)]);
  expect(new Set(uuids).size).toBe(uuids.length);
});

test('only a group that the indicator itself names is tagged', async () => {
  const files = await shareProject('misp').build(
    `${REPORTS.replace('Al\\"pha\\\\', 'Alpha')}  - {domain: a.example, report: other, actor: [alpha, person]}
  - {domain: b.example, report: other}
`,
    '2026-01-01',
  );
  const green = { name: 'tlp:green', colour: '#339900' };
  const alpha = { name: 'misp-galaxy:threat-actor="Alpha"', colour: '#0088CC' };
  const { Attribute: attributes } = eventOf(files, 'Other');
  expect(attributes.map(({ value, Tag }) => [value, Tag])).toEqual([
    ['a.example', [green, alpha]],
    ['b.example', [green]],
    ['Alpha', undefined],
    ['Person', undefined],
  ]);
});

test('tags that are alike on one line are one', async () => {
  const { files } = await buildFiles('misp', '  - {ip: 192.0.2.1, tags: ["a b", "a\\nb", "A b"]}\n');
  expect([...files.values()].join('').match(/"a b"/gi)).toEqual(['"A b"']);
});

test('what MISP has no type for', async () => {
  const { fateOf } = await buildFiles(
    'misp',
    `  - {ja3s: ${'0a'.repeat(16)}, ja4: t13d1516h2_8daaf6152771_02713d6af862}\n`,
  );
  expect(await fateOf('0a'.repeat(16))).toBe(
    'unsupported MISP has no attribute type for fingerprints of TLS servers',
  );
  expect(await fateOf('t13d1516h2_8daaf6152771_02713d6af862')).toBe(
    'unsupported MISP has no attribute type for JA4',
  );
});

test('event and index rise together when anything of the event changes', async () => {
  const project = shareProject('misp');
  const at = async (indicators: string, asOf: string) => {
    const files = await project.build(REPORTS + indicators, asOf);
    const { uuid, timestamp } = eventOf(files, 'Other');
    expect(JSON.parse(files['manifest.json'] as string)[uuid].timestamp).toBe(timestamp);
    return [uuid, Number(timestamp)] as const;
  };
  const one = '  - {domain: a.example, report: other}\n';
  const [uuid, first] = await at(one, '2026-01-01');
  expect(first).toBe(Date.parse('2025-03-01') / 1000 + 1);
  expect(await at(one, '2026-01-02')).toEqual([uuid, first]);
  const midnight = Date.parse('2026-01-03') / 1000;
  expect(await at(`${one}  - {domain: b.example, report: other}\n`, '2026-01-03')).toEqual([
    uuid,
    midnight + 2,
  ]);
  expect(await at(`${one}  - {domain: b.example, report: other, note: n}\n`, '2026-01-03')).toEqual([
    uuid,
    midnight + 3,
  ]);
});

mispTest('nothing that a text holds gets out of its place', async () => {
  const hostile = ['"}],"x":[{', '\\', "\\'", '{{x}}', '\u202egnp.exe', 'a,b\u2028c', '=1+1'];
  const files = await built(
    hostile
      .map((one) => {
        const said = JSON.stringify(`x ${one} y`);
        return `  - {mutex: ${JSON.stringify(`x ${one.replace(/\p{Cf}|\u2028/gu, '')} y`)}, note: ${said}, tags: [${said}], report: example, actor: alpha}\n`;
      })
      .join(''),
  );
  expect(await saidOf(files)).toEqual([]);
  const { Attribute: attributes } = eventOf(files, 'An "example" of two lines');
  for (const one of hostile)
    expect(attributes.some(({ comment }) => `${comment}`.endsWith(`x ${one} y`))).toBe(true);
});

describe('what PyMISP says', () => {
  mispTest('the report: as PyMISP writes it, and nothing of it for detection', async () => {
    const { folder, build } = shareProject('misp');
    const files = await build(readFileSync(join(ROOT, 'indicators.yaml'), 'utf8'), '2026-01-01');
    expect(await saidOf(files)).toEqual([]);
    expect(filesBelow(folder)).toEqual(files);
    const [event] = eventsOf(files) as [Event];
    expect(event.Attribute).toHaveLength(43 + 1 + 4);
    expect(event.Attribute.filter(({ to_ids }) => to_ids)).toEqual([]);
    expect(event.Attribute.filter(({ type }) => type === 'threat-actor').map(({ value }) => value)).toEqual([
      'Chen Cheng',
      'Liang Guodong',
      'Wu Haibo',
      'Zheng Huadong',
    ]);
  });
});
