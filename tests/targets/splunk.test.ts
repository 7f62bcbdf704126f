import { expect, test } from 'vitest';
import type { Kind } from '../../compiler/indicators/kind.ts';
import { buildFiles } from './build-one.ts';
import { compileFile, EXAMPLE, HOSTILE, REPORT } from './list-files.ts';
import { csvRows } from './parsers/csv-rows.ts';
import { type Conf, readConf } from './parsers/splunk-conf.ts';
import { type App, find, type Row } from './parsers/splunk-search.ts';
import { hostAndPort, logCases, SINGLE } from './witness-cases.ts';

/** The headers that Enterprise Security wants, word for word. */
const INTEL: Readonly<Record<string, string>> = {
  local_ip_intel: 'description,ip,weight',
  local_domain_intel: 'description,domain,weight',
  local_http_intel: 'description,http_referrer,http_user_agent,url,weight',
  local_email_intel: 'description,src_user,subject,weight',
  local_file_intel: 'description,file_hash,file_name,weight',
  local_registry_intel: 'description,registry_path,registry_value_name,registry_value_text,weight',
};

const ABOUT = 'indicator,status,severity,confidence,tlp,actors,reports,note';

function rowsOf(text: string): Row[] {
  const [header, ...rows] = csvRows(text);
  return rows.map(({ fields }) => {
    expect(fields).toHaveLength(header?.fields.length as number);
    return Object.fromEntries(fields.map((field, at) => [header?.fields[at] as string, field]));
  });
}

/** The app in a build's files; all of it is read strictly. */
function appOf(files: ReadonlyMap<string, string>): App {
  const conf = (path: string): Conf => readConf(path.split('/').at(-1) as string, files.get(path) as string);
  const tables = new Map<string, Row[]>();
  for (const [path, text] of files) {
    const [, name = ''] = /^refang\/lookups\/(.*)$/.exec(path) ?? [];
    if (name === '') continue;
    expect(text.slice(0, text.indexOf('\n'))).toMatch(new RegExp(`^[a-z_]+(,port)?,${ABOUT}$`));
    tables.set(name, rowsOf(text));
  }
  const app = {
    transforms: conf('refang/default/transforms.conf'),
    searches: conf('refang/default/savedsearches.conf'),
    tables,
  };
  expect([...app.transforms.values()].map((stanza) => stanza.get('filename')).sort()).toEqual(
    [...tables.keys()].sort(),
  );
  conf('refang/default/app.conf');
  conf('refang/metadata/default.meta');
  return app;
}

/** The indicators that the lookups, and those that the intelligence files, speak of. */
function saidBy(files: ReadonlyMap<string, string>): { lookups: string[]; intel: Row[] } {
  const lookups = [...appOf(files).tables.values()].flat().map(({ indicator = '' }) => indicator);
  const intel = Object.entries(INTEL).flatMap(([name, header]) => {
    const text = files.get(`enterprise-security/${name}.csv`) as string;
    expect(text.slice(0, text.indexOf('\n'))).toBe(header);
    return rowsOf(text);
  });
  return { lookups: [...new Set(lookups)].sort(), intel };
}

/** How what is seen of a kind stands in data models. */
const EVENTS: Readonly<Partial<Record<Kind, (text: string) => Record<string, string>[]>>> = {
  domain: (name) => [{ 'DNS.query': name }, { 'DNS.query': `${name}.` }, { 'Web.dest': name }],
  ip: (address) => [{ 'All_Traffic.dest_ip': address }, { 'All_Traffic.src_ip': address }],
  cidr: (address) => [{ 'All_Traffic.dest_ip': address }, { 'All_Traffic.src_ip': address }],
  endpoint: (text) => {
    const { host, port } = hostAndPort(text);
    const field = /^[\d.:]+$/.test(host) ? 'All_Traffic.dest_ip' : 'All_Traffic.dest';
    return [{ [field]: host, 'All_Traffic.dest_port': port }];
  },
  url: (url) => [{ 'Web.url': url }],
  email: (email) => [{ 'All_Email.src_user': email }, { 'All_Email.recipient': email }],
  user_agent: (agent) => [{ 'Web.http_user_agent': agent }],
  file_name: (name) => [{ 'Filesystem.file_name': name }, { 'Processes.process_name': name }],
  file_path: (path) => [{ 'Filesystem.file_path': path }, { 'Processes.process_path': path }],
  registry_key: (key) => [
    { 'Registry.registry_path': key.replace('HKEY_LOCAL_MACHINE', 'HKLM') },
    { 'Registry.registry_path': `${key}\\Value` },
  ],
};

test.each(SINGLE)('$kind $value: witnesses are found, near misses are not', async (single) => {
  const { files, fateOf } = await buildFiles('splunk', `  - ${single.yaml}\n`);
  expect(await fateOf(single.value)).toBe('emitted');
  const app = appOf(files);
  const { matches, misses } = logCases(single);
  expect(matches.length).toBeGreaterThan(0);
  for (const { text } of matches)
    for (const event of EVENTS[single.kind]?.(text) ?? [])
      expect([...new Set(find(app, event).values())], JSON.stringify(event)).toEqual([single.value]);
  for (const { text } of misses)
    for (const event of EVENTS[single.kind]?.(text) ?? [])
      expect([...find(app, event)], JSON.stringify(event)).toEqual([]);
});

test('hashes and certificates are found however logs write them', async () => {
  const sha1 = '000102030405060708090a0b0c0d0e0f10111213';
  const { files } = await buildFiles(
    'splunk',
    `  - hash: [00112233445566778899aabbccddeeff]\n  - certificate: ${sha1}\n`,
  );
  const app = appOf(files);
  const names = (event: Record<string, string>) => [...find(app, event).keys()];
  expect(names({ 'Processes.process_hash': 'SHA1=ab,MD5=00112233445566778899AABBCCDDEEFF' })).toEqual([
    'Refang - Hashes of processes',
  ]);
  expect(names({ 'Filesystem.file_hash': '00112233445566778899aabbccddeeff' })).toEqual([
    'Refang - Hashes of files',
  ]);
  expect(names({ 'Filesystem.file_hash': `${'0'.repeat(8)}00112233445566778899aabbccddeeff` })).toEqual([]);
  expect(
    names({ 'All_Certificates.SSL.ssl_hash': '00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13' }),
  ).toEqual(['Refang - Certificates']);
});

test('the lookups whole', async () => {
  const { files } = await buildFiles(
    'splunk',
    `  - domain: host.example
    note: "=1+1, \\"x\\"\\n*.example"
  - {domain: alone.example, match: exact, status: historical}
  - {cidr: 192.0.2.0-192.0.2.2}
  - {user_agent: "=1+1"}
`,
  );
  const about = 'active,high,90,green,,"Names of ""the"" group local-zone: ""x."" refuse"';
  const old = about.replace('active,high', 'historical,low');
  expect(files.get('refang/lookups/refang_domain.csv')).toBe(`domain,${ABOUT}
alone.example,alone.example,${old},
host.example,host.example,${about},"'=1+1, ""x"" *.example"
*.host.example,host.example,${about},"'=1+1, ""x"" *.example"
`);
  expect(files.get('refang/lookups/refang_network.csv')).toBe(`network,${ABOUT}
192.0.2.0/31,192.0.2.0-192.0.2.2,${about},
192.0.2.2/32,192.0.2.0-192.0.2.2,${about},
`);
  expect(files.get('refang/lookups/refang_user_agent.csv')).toBe(`user_agent,${ABOUT}
=1+1,=1+1,${about},
`);
  expect(files.get('enterprise-security/local_domain_intel.csv')).toBe(`description,domain,weight
"historical, confidence 90, TLP:GREEN. Actors: none. Reports: Names of ""the"" group local-zone: ""x."" refuse.",alone.example,30
"active, confidence 90, TLP:GREEN. Actors: none. Reports: Names of ""the"" group local-zone: ""x."" refuse. =1+1, ""x"" *.example",host.example,80
`);
});

test('what has no place has its reason', async () => {
  const { fateOf } = await buildFiles('splunk', HOSTILE);
  expect(await fateOf('Global\\*')).toBe('unsupported the Common Information Model has no field for mutexes');
  expect(await fateOf('a-b_c.host.example')).toBe('emitted');
});

test('hostile values stay in their cells', async () => {
  const { files } = await buildFiles('splunk', HOSTILE);
  const { lookups, intel } = saidBy(files);
  expect(lookups).toContain('=cmd@host.example');
  expect(intel.map((row) => row.src_user ?? '')).toContain('=cmd@host.example');
  for (const row of intel) expect(Number(row.weight)).toBe(80);
});

test.each([EXAMPLE, REPORT])('%s: each indicator is in a lookup', async (file) => {
  const { files, said } = await compileFile('splunk', file);
  const { lookups } = saidBy(files);
  expect(lookups).toEqual([...said]);
});

test('every search is off', async () => {
  const { files } = await compileFile('splunk', REPORT);
  for (const settings of appOf(files).searches.values()) expect(settings.get('enableSched')).toBe('0');
});

const GOOD =
  '# By us.\n\n[refang_a]\nfilename = refang_a.csv\nmatch_type = WILDCARD(domain)\nmax_matches = 1\n';

test.each([
  ['a setting twice', 'max_matches = 1\n', 'max_matches = 1\nmax_matches = 1\n'],
  ['a stanza twice', '[refang_a]', '[refang_a]\n[refang_a]'],
  ['a setting above all stanzas', '[refang_a]\n', ''],
  ['an unknown setting', 'max_matches', 'max_match'],
  ['an unknown match', 'WILDCARD', 'GLOB'],
  ['a comment behind a value', 'max_matches = 1', 'max_matches = 1 # one'],
  ['a line without `=`', 'max_matches = 1', 'max_matches'],
  ['an empty value', 'max_matches = 1', 'max_matches ='],
  ['a backslash at the end of a value', 'refang_a.csv', 'refang_a.csv\\'],
  ['a backslash at the end of the file', 'max_matches = 1\n', 'max_matches = 1\\\n'],
  ['no end of the last line', 'max_matches = 1\n', 'max_matches = 1'],
  ['a stanza left open', '[refang_a]', '[refang_a'],
  ['a control character', 'refang_a.csv', 'refang_a.csv\r'],
])('the parser refuses %s', (_, from, to) => {
  expect(readConf('transforms.conf', GOOD).get('refang_a')?.get('max_matches')).toBe('1');
  expect(() => readConf('transforms.conf', GOOD.replace(from, to))).toThrow();
});
