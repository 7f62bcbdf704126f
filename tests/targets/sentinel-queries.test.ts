/**
 * The queries of the Microsoft Sentinel target: one whole, what they find in made-up rows, and a strict parser of the
 * language.
 */

import { describe, expect, test } from 'vitest';
import type { Kind } from '../../compiler/indicators/kind.ts';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';
import { buildFiles } from './build-one.ts';
import { compileFile, EXAMPLE, HOSTILE, REPORT } from './list-files.ts';
import { parseKql } from './parsers/kql.ts';
import { type Row, rowsFound } from './parsers/kql-evaluate.ts';

/** The only query of a kind. */
function queryOf(files: ReadonlyMap<string, string>, kind: string): string {
  const names = [...files.keys()].filter((name) =>
    new RegExp(`^hunting/${kind}-[0-9a-f]{8}\\.kql$`).test(name),
  );
  expect(names).toHaveLength(1);
  return files.get(names[0] as string) as string;
}

/** Rows in which a text stands, and the tables they are of. */
const ROWS: Partial<Record<Kind, (text: string) => readonly (readonly [table: string, row: Row])[]>> = {
  domain: (text) => [
    ['DnsEvents', { Name: text }],
    ['DnsEvents', { Name: `${text}.` }],
    ['DeviceNetworkEvents', { RemoteUrl: text }],
    ['DeviceNetworkEvents', { RemoteUrl: `https://${text}/a?b=1` }],
    ['DeviceNetworkEvents', { RemoteUrl: `http://user@${text}:8080` }],
    ['CommonSecurityLog', { DestinationHostName: text }],
    ['EmailUrlInfo', { UrlDomain: text }],
  ],
  ip: addressRows,
  cidr: addressRows,
  endpoint: (text) => {
    const [, host = '', port = ''] = /^\[?(.+?)\]?:(\d+)$/.exec(text) ?? [];
    const isName = /[a-z]/i.test(host) && !host.includes(':');
    return isName
      ? [
          ['DeviceNetworkEvents', { RemoteUrl: host, RemoteIP: '192.0.2.250', RemotePort: Number(port) }],
          ['CommonSecurityLog', { DestinationHostName: host, DestinationPort: Number(port) }],
        ]
      : [
          ['DeviceNetworkEvents', { RemoteIP: host, RemotePort: Number(port) }],
          ['CommonSecurityLog', { DestinationIP: host, DestinationPort: Number(port) }],
        ];
  },
  url: (text) => [
    ['DeviceNetworkEvents', { RemoteUrl: text }],
    ['CommonSecurityLog', { RequestURL: text }],
    ['EmailUrlInfo', { Url: text }],
    ['UrlClickEvents', { Url: text }],
  ],
  email: (text) => [
    ['EmailEvents', { SenderFromAddress: text }],
    ['EmailEvents', { SenderMailFromAddress: text }],
    ['EmailEvents', { RecipientEmailAddress: text }],
  ],
  hash: (text) => {
    const column = { 32: 'MD5', 40: 'SHA1', 64: 'SHA256' }[text.length] as string;
    return [
      ['DeviceFileEvents', { [column]: text }],
      ['DeviceProcessEvents', { [column]: text.toUpperCase() }],
      ['DeviceImageLoadEvents', { [column]: text }],
      ['CommonSecurityLog', { FileHash: text }],
    ];
  },
  file_name: (text) => [
    ['DeviceFileEvents', { FileName: text }],
    ['DeviceProcessEvents', { FileName: text.toUpperCase() }],
    ['EmailAttachmentInfo', { FileName: text }],
  ],
};

function addressRows(text: string): readonly (readonly [string, Row])[] {
  return [
    ['DeviceNetworkEvents', { RemoteIP: text }],
    ['DeviceNetworkEvents', { RemoteIP: text.includes(':') ? text : `::ffff:${text}` }],
    ['CommonSecurityLog', { DestinationIP: text }],
    ['CommonSecurityLog', { SourceIP: text }],
  ];
}

test('the query of names whole', async () => {
  const { files } = await buildFiles(
    'sentinel',
    '  - domain: [host.example, a.test]\n    note: "x\\n| take 1"\n  - {domain: alone.example, match: exact}\n',
  );
  expect(queryOf(files, 'domains').replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')).toBe(
    String.raw`// Listed names, and names below them.
// Id UUID, revision 1, by Refang. Severity: high.
// Report: Names of "the" group local-zone: "x." refuse (Example CERT, 2025-01-15) https://www.example.com/r
let Names = dynamic(["a.test", "alone.example", "host.example"]);
union isfuzzy=true
    (DnsEvents | extend Seen = Name),
    (DeviceNetworkEvents | extend Seen = extract(@"^(?:[A-Za-z][A-Za-z0-9+.-]*://)?(?:[^/?#@]*@)?([^/?#:@]+)", 1, RemoteUrl)),
    (CommonSecurityLog | extend Seen = DestinationHostName),
    (EmailUrlInfo | extend Seen = UrlDomain)
| extend Seen = tolower(trim_end(@"\.", Seen))
| where Seen in (Names)
    or Seen endswith ".a.test"
    or Seen endswith ".host.example"
`,
  );
});

test('strings are escaped', async () => {
  const { files } = await buildFiles('sentinel', '  - url: http://host.example/?a="b%\n');
  expect(queryOf(files, 'urls')).toContain('let Urls = dynamic(["http://host.example/?a=\\"b%"]);\n');
});

test('what is taken back is looked for no more', async () => {
  const { files } = await buildFiles(
    'sentinel',
    '  - {domain: host.example, status: revoked}\n  - {ip: 192.0.2.1, status: revoked}\n  - domain: other.example\n',
  );
  const texts = [...files.keys()]
    .filter((path) => path.startsWith('hunting/'))
    .map((path) => files.get(path));
  expect(texts.filter((text) => /host\.example|192\.0\.2\.1/.test(text as string))).toEqual([]);
  const lists = queriesOf(files).map((query) => [...query.lists.values()].flat());
  expect(lists).toEqual([['other.example']]);
});

/** The queries of a build, read; those alone whose files begin so. */
function queriesOf(files: ReadonlyMap<string, string>, begin = '') {
  return [...files].filter(([name]) => name.startsWith(`hunting/${begin}`)).map(([, text]) => parseKql(text));
}

/** How many characters the longest query has. */
function longestQuery(files: ReadonlyMap<string, string>): number {
  const lengths = [...files].map(([name, { length }]) => (name.startsWith('hunting/') ? length : 0));
  return Math.max(...lengths);
}

/** How the files for a kind begin. */
const FILES: Partial<Record<Kind, string>> = {
  domain: 'domains',
  ip: 'ipv',
  cidr: 'ipv',
  endpoint: 'endpoints',
  url: 'urls',
  email: 'emails',
  hash: 'hashes',
  file_name: 'file-names',
};

test('hostile values stay what they are', async () => {
  const { files } = await buildFiles('sentinel', HOSTILE);
  const lists = queriesOf(files).flatMap(({ lists: of }) => [...of.values()].flat());
  expect(lists).toContain('http://host.example/a,b";\'c');
  expect(lists).toContain('=cmd@host.example');
  expect(lists).toContain('198.51.100.130/32');
});

describe.each([EXAMPLE, REPORT])('of %s', (file) => {
  test('witnesses are found in each table, near misses are not', async () => {
    const { files, said } = await compileFile('sentinel', file);
    let shown = 0;
    for (const value of said) {
      const kind = kindOf(files, value);
      const queries = queriesOf(files, FILES[kind]);
      const finds = (table: string, row: Row) =>
        queries.some((query) => rowsFound(query, table, [row]).length > 0);
      const exact = value === 'portal.shared-host.example';
      const { matches, misses } = KIND_MODULES[kind].witnesses?.(value, { subdomains: !exact }) ?? {
        matches: [{ text: value, about: 'itself' }],
        misses: [],
      };
      for (const { text, where } of matches) {
        if (where !== undefined && kind !== 'domain') continue;
        for (const [table, row] of ROWS[kind]?.(text) ?? []) {
          expect(finds(table, row), `${table} ${JSON.stringify(row)}`).toBe(true);
          shown++;
        }
      }
      // A miss of one name may lie below another that is listed: bodies need both, so neither covers the other.
      for (const { text, where } of misses) {
        if (where === 'text' || said.some((one) => text === one || text.endsWith(`.${one}`))) continue;
        for (const [table, row] of ROWS[kind]?.(text) ?? []) {
          expect(finds(table, row), `${table} ${JSON.stringify(row)}`).toBe(false);
          shown++;
        }
      }
    }
    expect(shown).toBeGreaterThan(200);
  });

  test('queries are short enough for a scheduled rule', async () => {
    const { files } = await compileFile('sentinel', file);
    expect(longestQuery(files)).toBeLessThan(10_000);
  });
});

test('long lists are split into queries that are short enough', async () => {
  const names = Array.from(
    { length: 500 },
    (_, at) => `a-rather-long-name-of-a-host-${at}.below.host-${at}.example`,
  );
  const hashes = Array.from({ length: 500 }, (_, at) => at.toString(16).padStart(64, '0'));
  const addresses = Array.from({ length: 500 }, (_, at) => `198.51.${100 + (at >> 8)}.${at & 255}`);
  const { files } = await buildFiles(
    'sentinel',
    `  - domain: [${names.join(', ')}]\n  - hash: [${hashes.join(', ')}]\n  - ip: [${addresses.join(', ')}]\n`,
  );
  expect(queriesOf(files).length).toBeGreaterThan(10);
  expect(longestQuery(files)).toBeLessThan(10_000);
  const listed = queriesOf(files).flatMap(({ lists }) => [...lists.values()].flat());
  expect(listed.sort()).toEqual([...names, ...hashes, ...addresses].sort());
});

/** The kind whose queries list a value. */
function kindOf(files: ReadonlyMap<string, string>, value: string): Kind {
  const found = (Object.keys(FILES) as Kind[]).find((kind) => {
    const lists = queriesOf(files, FILES[kind]).flatMap((query) => [...query.lists.values()].flat());
    const read = KIND_MODULES[kind].parse(value);
    return lists.includes(value) && read.ok && read.kind === kind;
  });
  if (!found) throw new Error(`no query lists ${value}`);
  return found;
}

const GOOD = `let Names = dynamic(["a.example"]);
union isfuzzy=true
    (DnsEvents | extend Seen = Name),
    (EmailUrlInfo | extend Seen = UrlDomain)
| extend Seen = tolower(trim_end(@"\\.", Seen))
| where Seen in (Names)
    or Seen endswith ".a.example"
`;

test.each([
  ['"a.example"', '"a.example', 'not KQL'],
  ['"a.example"', '"a.ex\\ample"', 'not KQL'],
  ['"a.example"', '"a.example", "a.example"', 'a duplicate in Names'],
  ['"a.example"', '"a.example",', 'a string is wanted'],
  [']);', '])', '; is wanted'],
  ['DnsEvents', 'DnsEvent', 'no table DnsEvent'],
  ['= Name)', '= QueryName)', 'no column QueryName'],
  ['Seen = UrlDomain', 'Other = UrlDomain', 'no column Seen'],
  ['tolower(', 'lower(', 'no function lower'],
  [', Seen))', '))', 'trim_end wants 2 arguments'],
  ['in (Names)', 'in (Listed)', 'no column Listed'],
  ['in (Names)', 'has_any (Names)', 'the end is wanted, not has_any'],
  ['| where', '| filter', 'extend is wanted'],
  ['or Seen endswith', 'or endswith', 'no column endswith'],
])('the parser refuses %s as %s', (text, becomes, says) => {
  expect(() => parseKql(GOOD)).not.toThrow();
  expect(GOOD).toContain(text);
  expect(() => parseKql(GOOD.replace(text, () => becomes))).toThrow(says);
});
