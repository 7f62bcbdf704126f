import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { build } from '../../compiler/index.ts';
import { sigma } from '../../compiler/prove/engines/sigma/sigma.ts';
import { engineTest } from '../engines/require.ts';
import { folderWith } from '../temporary.ts';

const sigmaTest = await engineTest('sigma');

const REPORT = `refang: 1
reports:
  example: {title: Domains of the example group, author: Example CERT, published: 2025-01-15}
defaults: {report: example, status: active, confidence: 90, severity: high, tlp: clear, allow: {guard: special-use, reason: documentation values, owner: Example CERT}}
indicators:
`;

interface Built {
  /** Text by file name, folders left out. */
  rules: Map<string, string>;
  paths: string[];
  fates: unknown;
}

/** Compiles inline YAML for Sigma alone. A folder that is given is a project, with a lock. */
async function compile(yaml: string, options: { cwd?: string; asOf?: string } = {}): Promise<Built> {
  const cwd = options.cwd ?? folderWith();
  writeFileSync(join(cwd, 'indicators.yaml'), yaml);
  const asOf = options.asOf ?? '2026-01-01';
  const files = options.cwd ? [] : ['indicators.yaml'];
  const report = await build({ cwd, files, out: 'out', targets: ['sigma'], asOf, allowShrink: true });
  expect(report.session.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const found = readdirSync(join(cwd, 'out'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name.endsWith('.yml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const rules = new Map(found.map((path) => [path.replace(/^.*\//, ''), readFileSync(path, 'utf8')]));
  return { rules, paths: found, fates: report.fates.get('sigma') };
}

/** The one rule whose file name begins so. */
function ruleOf({ rules }: Built, prefix: string): string {
  const found = [...rules].filter(([name]) => name.startsWith(prefix));
  expect(found.map(([name]) => name)).toHaveLength(1);
  return found[0]?.[1] as string;
}

/** A rule's name and text with `ID` and `SHORT` for its UUID, which must be of version 5 and the same everywhere. */
function withoutId(name: string, text: string): [string, string] {
  const id = /^id: ([0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$/m.exec(text)?.[1];
  const short = id?.slice(0, 8) as string;
  const blank = text.replace(`id: ${id}`, 'id: ID').replace(`(${short.toUpperCase()})'`, "(SHORT)'");
  return [name.replace(short, 'SHORT'), blank];
}

/** The `detection:` of a rule, as written. */
function detectionOf(built: Built, prefix: string): string {
  return /detection:\n([\s\S]*?)falsepositives:/.exec(ruleOf(built, prefix))?.[1] as string;
}

describe('a rule', () => {
  sigmaTest('loads whatever reports and actors are called, and however much they say', async () => {
    const long = (text: string) => JSON.stringify(text.repeat(2000));
    const ids = Array.from({ length: 30 }, (_, at) => `x${at}`);
    const reports = ids.map(
      (id) =>
        `  ${id}: {title: ${long('of.it\tall ')}, author: ${long('A. ')}, published: 2025-01-15, notice: ${long('see https://host.example/ ')}}\n`,
    );
    const actors = ids.map((id) => `  ${id}: {name: ${long('Group ')}, kind: group}\n`);
    const { rules, paths } = await compile(
      REPORT.replace('reports:\n', `reports:\n${reports.join('')}`).replace(
        'defaults:',
        `actors:\n${actors.join('')}defaults:`,
      ) +
        `  - domain: host.example\n    status: historical\n    tlp: amber\n    report: [${ids}]\n    actor: [${ids}]\n`,
    );
    for (const text of rules.values()) {
      const description = (load(text) as { description: string }).description;
      expect(description.length).toBeLessThan(65535);
    }
    expect((await sigma.load(paths)).problems).toEqual([]);
  });

  test('whole: domains, one of them exact', async () => {
    const built = await compile(`${REPORT}  - domain: [b.example, a.example]
  - {domain: shared.example, match: exact}
`);
    const [name, text] = withoutId(...([...built.rules][0] as [string, string]));
    expect(name).toBe('dns_query_win_ioc_example_SHORT.yml');
    expect(text).toBe(`title: 'DNS Query From Windows for IOC Domain - Domains of the Example Group (SHORT)'
id: ID
status: experimental
description: 'Detects DNS queries of Windows processes for domains listed in "Domains of the example group" (Example CERT, 2025-01-15).'
author: 'Example CERT'
date: 2025-01-15
tags:
    - detection.emerging-threats
    - tlp.clear
logsource:
    category: dns_query
    product: windows
detection:
    selection_exact:
        QueryName:
            - 'a.example'
            - 'b.example'
            - 'shared.example'
    selection_below:
        QueryName|endswith:
            - '.a.example'
            - '.b.example'
    condition: 1 of selection_*
falsepositives:
    - Unknown
level: high
`);
  });

  test('whole: one historical address, with actor, techniques, references and a strict TLP', async () => {
    const built = await compile(`refang: 1
reports:
  example: {title: "It's old: a report", author: O'Neill, published: 2019-05-02, url: "https://www.example.com/r", notice: "Don't block."}
  another: {title: Second report, author: Example CERT, published: 2020-01-01}
actors:
  spider: {name: Sample 'Spider', kind: group}
indicators:
  - ip: 192.0.2.10
    report: [example, another]
    actor: spider
    status: historical
    severity: critical
    confidence: 60
    tlp: amber+strict
    attack: [T1566.002, T1071.001]
    references: https://www.example.com/more
    allow: {guard: special-use, reason: documentation values, owner: Example CERT}
`);
    const [name, text] = withoutId(...([...built.rules][1] as [string, string]));
    expect(name).toBe('net_firewall_ioc_another_SHORT.yml');
    expect(text).toBe(`title: 'Firewall Traffic to Historical IOC Address - Second Report (SHORT)'
id: ID
status: experimental
description: 'Detects traffic through a firewall to addresses listed in "Second report" (Example CERT, 2020-01-01) and in "It''s old: a report" (O''Neill, 2019-05-02). Attributed to Sample ''Spider''. HISTORICAL: a match is a lead into the past and no sign of current activity. The report says: Don''t block.'
references:
    - 'https://www.example.com/r'
    - 'https://www.example.com/more'
author: 'Example CERT, O''Neill'
date: 2019-05-02
tags:
    - attack.command-and-control
    - attack.initial-access
    - attack.t1071.001
    - attack.t1566.002
    - detection.emerging-threats
    - tlp.amber-strict
logsource:
    category: firewall
detection:
    selection:
        dst_ip: '192.0.2.10'
    condition: selection
falsepositives:
    - Legitimate use of what has changed hands since the report
level: low
`);
  });

  test('without a report says who lists it, and has no date where there is no lock either', async () => {
    const alone = REPORT.replace(/reports:\n.*\n/, '').replace('report: example, ', '');
    const rule = ruleOf(await compile(`${alone}  - domain: a.example\n`), 'net_dns_ioc_unreported_');
    expect(rule).toMatch(/^title: 'DNS Query for IOC Domain \([0-9A-F]{8}\)'$/m);
    expect(rule).toMatch(/^description: 'Detects DNS queries for domains listed by .+\.'$/m);
    expect(rule).not.toMatch(/^(?:date|references|modified):/m);
  });

  test('is modified on the day of its second revision, where that is not the day of its date', async () => {
    const cwd = folderWith();
    const alone = REPORT.replace(/reports:\n.*\n/, '').replace('report: example, ', '');
    const dates = (built: Built) => ruleOf(built, 'net_dns_').match(/^(?:date|modified): .*$/gm);
    expect(dates(await compile(`${alone}  - domain: a.example\n`, { cwd, asOf: '2026-01-01' }))).toEqual([
      'date: 2026-01-01',
    ]);
    const two = `${alone}  - domain: [a.example, b.example]\n`;
    expect(dates(await compile(two, { cwd, asOf: '2026-01-01' }))).toEqual(['date: 2026-01-01']);
    const three = `${alone}  - domain: [a.example, b.example, c.example]\n`;
    expect(dates(await compile(three, { cwd, asOf: '2026-02-03' }))).toEqual([
      'date: 2026-01-01',
      'modified: 2026-02-03',
    ]);
  });

  test('has a file name and a title within SigmaHQ’s lengths, however long id and title of the report', async () => {
    const long = REPORT.replace(
      '  example: {title: Domains',
      `  ${'x'.repeat(60)}: {title: ${'long '.repeat(40)}`,
    )
      .replace('report: example', `report: ${'x'.repeat(60)}`)
      .replace('status: active', 'status: historical');
    const built = await compile(
      `${long}  - {domain: a.example, ip: 192.0.2.1, endpoint: "a.example:81", url: "http://a.example/", registry_key: HKCU\\A, file_name: a.exe}\n`,
    );
    expect(built.rules.size).toBe(10);
    for (const [name, text] of built.rules) {
      expect(name).toMatch(/^[a-z0-9_]{10,86}\.yml$/);
      expect((load(text) as { title: string }).title.length).toBeLessThanOrEqual(120);
    }
  });
});

describe('domains', () => {
  test('one value is a scalar, under every log source of domains', async () => {
    const built = await compile(`${REPORT}  - domain: a.example\n`);
    const expected = (field: string) => `    selection_exact:
        ${field}: 'a.example'
    selection_below:
        ${field}|endswith: '.a.example'
    condition: 1 of selection_*
`;
    expect(detectionOf(built, 'dns_query_win_')).toBe(expected('QueryName'));
    expect(detectionOf(built, 'net_dns_')).toBe(expected('query'));
    expect(detectionOf(built, 'proxy_')).toBe(expected('cs-host'));
    expect(detectionOf(built, 'net_connection_win_')).toBe(expected('DestinationHostname'));
  });

  test('a group of exact ones has one selection', async () => {
    const built = await compile(`${REPORT}  - {domain: [b.example, a.example], match: exact}\n`);
    expect(detectionOf(built, 'net_dns_')).toBe(`    selection:
        query:
            - 'a.example'
            - 'b.example'
    condition: selection
`);
  });

  test('600 are packed by at most 250; one more changes one rule and no id', async () => {
    const cwd = folderWith();
    const names = Array.from({ length: 600 }, (_, at) => `host-${at}.example`);
    const yaml = (some: string[]) =>
      `${REPORT}  - domain: |\n${some.map((name) => `      ${name}\n`).join('')}`;
    const values = (text: string) => text.match(/^ {12}- '[^.].*'$/gm) ?? [];
    const before = await compile(yaml(names), { cwd });
    const parts = [...before.rules].filter(([name]) => name.startsWith('net_dns_'));
    expect(parts.length).toBeGreaterThanOrEqual(3);
    expect(parts.every(([, text]) => values(text).length <= 250)).toBe(true);
    expect(parts.flatMap(([, text]) => values(text)).sort()).toEqual(
      names.map((name) => `            - '${name}'`).sort(),
    );
    const after = await compile(yaml([...names, 'one-more.example']), { cwd, asOf: '2026-03-01' });
    expect([...after.rules.keys()]).toEqual([...before.rules.keys()]);
    const changed = [...after.rules].filter(([name, text]) => before.rules.get(name) !== text);
    expect(changed.map(([name]) => name.replace(/_ioc_.*/, ''))).toEqual([
      'dns_query_win',
      'net_connection_win',
      'net_dns',
      'proxy',
    ]);
    for (const [, text] of changed) expect(text).toMatch(/^modified: 2026-03-01$/m);
  });
});

describe('addresses', () => {
  test('IPv6 is written short and in full, a range as its networks', async () => {
    const built = await compile(
      `${REPORT}  - ip: [192.0.2.10, "2001:db8::bad:1", "2001:db8:1:2:3:4:5:6"]\n  - cidr: [198.51.100.4-198.51.100.9]\n`,
    );
    expect(detectionOf(built, 'net_connection_win_ioc_ip_')).toBe(`    selection_ip:
        DestinationIp:
            - '192.0.2.10'
            - '2001:db8::bad:1'
            - '2001:db8:0:0:0:0:bad:1'
            - '2001:db8:1:2:3:4:5:6'
    selection_cidr:
        DestinationIp|cidr:
            - '198.51.100.4/30'
            - '198.51.100.8/31'
    condition: 1 of selection_*
`);
  });

  test('ranges that overlap give each network once; a network alone is a scalar', async () => {
    const ranges = await compile(
      `${REPORT}  - cidr: [198.51.100.4-198.51.100.9, 198.51.100.8-198.51.100.17]\n`,
    );
    expect(detectionOf(ranges, 'net_firewall_')).toBe(`    selection:
        dst_ip|cidr:
            - '198.51.100.4/30'
            - '198.51.100.8/31'
            - '198.51.100.8/29'
            - '198.51.100.16/31'
    condition: selection
`);
    const one = await compile(`${REPORT}  - cidr: 198.51.100.0/24\n`);
    expect(detectionOf(one, 'net_firewall_')).toBe(
      "    selection:\n        dst_ip|cidr: '198.51.100.0/24'\n    condition: selection\n",
    );
  });

  test('an endpoint is host and port in one selection', async () => {
    const built = await compile(
      `${REPORT}  - endpoint: ["203.0.113.7:8443", "c2.example:4433", "[2001:db8::7]:443"]\n`,
    );
    expect(
      [...built.rules.values()].map((text) => /selection:\n([\s\S]*?) {4}cond/.exec(text)?.[1]).sort(),
    ).toEqual([
      "        DestinationHostname: 'c2.example'\n        DestinationPort: 4433\n",
      "        DestinationIp:\n            - '2001:db8::7'\n            - '2001:db8:0:0:0:0:0:7'\n        DestinationPort: 443\n",
      "        DestinationIp: '203.0.113.7'\n        DestinationPort: 8443\n",
    ]);
  });
});

describe('what hosts and proxies log', () => {
  const selection = (item: string) => `    selection:\n        ${item}\n    condition: selection\n`;

  test.each([
    ['url', 'https://a.example/x.php?id=1*', 'proxy_ioc_url_', "c-uri: 'https://a.example/x.php\\?id=1\\*'"],
    [
      'user_agent',
      "Bot's/1.0 (*; ?): #x",
      'proxy_ioc_user_agent_',
      "c-useragent: 'Bot''s/1.0 (\\*; \\?): #x'",
    ],
    ['user_agent', 'ends with \\', 'proxy_ioc_user_agent_', "c-useragent: 'ends with \\\\'"],
    [
      'hash',
      'CAFE00112233445566778899AABBCCDD',
      'proc_creation_win_ioc_hash_',
      "Hashes|contains: 'MD5=cafe00112233445566778899aabbccdd'",
    ],
    ['file_name', "it's.exe", 'file_event_win_ioc_name_', "TargetFilename|endswith: '\\\\it''s.exe'"],
    ['file_name', '*.exe', 'file_event_win_ioc_name_', "TargetFilename|endswith: '\\\\\\*.exe'"],
    ['file_path', 'C:\\A\\b: #.exe', 'file_event_win_ioc_path_', "TargetFilename: 'C:\\A\\b: #.exe'"],
  ])('%s %s', async (kind, value, prefix, item) => {
    const built = await compile(`${REPORT}  - ${kind}: ${JSON.stringify(value)}\n`);
    expect(detectionOf(built, prefix)).toBe(selection(item));
  });

  test('values that differ in letter case alone are one, since Sigma ignores it', async () => {
    const built = await compile(`${REPORT}  - file_name: [B.exe, a.EXE, A.exe]\n`);
    expect(detectionOf(built, 'file_event_win_')).toBe(`    selection:
        TargetFilename|endswith:
            - '\\\\A.exe'
            - '\\\\B.exe'
    condition: selection
`);
    expect(built.fates).toMatchObject({ emitted: 3 });
  });

  test('a registry key is spelled as Sysmon does, and matched with what is below it', async () => {
    const built = await compile(`${REPORT}  - registry_key: HKEY_LOCAL_MACHINE\\SOFTWARE\\Bad\n`);
    expect(detectionOf(built, 'registry_event_')).toBe(`    selection_exact:
        TargetObject: 'HKLM\\SOFTWARE\\Bad'
    selection_below:
        TargetObject|startswith: 'HKLM\\SOFTWARE\\Bad\\\\'
    condition: 1 of selection_*
`);
  });

  test('a key of the current user is that of any user, one level below HKU', async () => {
    const built = await compile(`${REPORT}  - registry_key: HKCU\\Software\\Bad\n`);
    expect(
      detectionOf(built, 'registry_event_ioc_user_'),
    ).toBe(`    # HKEY_CURRENT_USER is HKU\\<SID> in Sysmon: one level, so more than one is excepted.
    selection:
        TargetObject:
            - 'HKU\\\\*\\\\Software\\Bad'
            - 'HKU\\\\*\\\\Software\\Bad\\\\*'
    filter_main_deeper:
        TargetObject:
            - 'HKU\\\\*\\\\*\\\\Software\\Bad'
            - 'HKU\\\\*\\\\*\\\\Software\\Bad\\\\*'
    condition: selection and not 1 of filter_main_*
`);
  });

  test.each([
    ['email', 'a@b.example', 'the Sigma taxonomy has no log source for e-mail'],
    ['mutex', 'Global\\x', 'the Sigma taxonomy has no log source for mutexes'],
    ['ja3', '0'.repeat(32), 'the Sigma taxonomy has no field for JA3'],
    ['hash', 'a'.repeat(128), 'Sysmon, whose field Hashes the rule reads, has no SHA-512'],
    [
      'url',
      'http://a.example:8080/',
      'proxies agree on the spelling of http and https URLs without a port and a user name alone',
    ],
    ['url', 'ftp://a.example/x', /^proxies agree/],
    ['url', 'http://user@a.example/', /^proxies agree/],
    ['file_path', '/tmp/x', /^the file events of Windows name files, by paths with `\\`/],
    ['file_path', 'C:\\Temp\\', /^the file events of Windows name files/],
    [
      'registry_key',
      'HKCC\\System',
      'Sysmon never writes HKEY_CURRENT_CONFIG, but the key that it is a link to',
    ],
  ])('%s %s is unsupported', async (kind, value, reason) => {
    const cwd = folderWith();
    writeFileSync(join(cwd, 'indicators.yaml'), `${REPORT}  - ${kind}: ${JSON.stringify(value)}\n`);
    const { session } = await build({ cwd, files: ['indicators.yaml'], out: 'out', targets: ['sigma'] });
    const verdict = session.compiled?.targets[0]?.plan.verdicts.at(0);
    expect(verdict).toEqual({
      fate: 'unsupported',
      reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
    });
  });
});

describe('sigma check', () => {
  sigmaTest('has nothing to say of hostile values, in every kind of rule', async () => {
    const title = JSON.stringify('\'": # {{x}} *?\\ - [a]\tthe Émile $y “q” %s');
    const hostile = REPORT.replace('title: Domains of the example group', `title: ${title}`).replace(
      'author: Example CERT',
      `author: "a: 'b' # \\"c\\""`,
    );
    const texts = [
      "it's",
      'a*b',
      'a?b',
      '*',
      '?',
      'a: b # c',
      '"quoted"',
      '%s{{x}}',
      '- a',
      '@a',
      '&a',
      '!a',
      'null',
    ];
    const list = (values: string[]) => JSON.stringify(values);
    const built = await compile(`${hostile}
  - user_agent: ${list([...texts, 'ends \\', '\\\\x', 'tab', 'true'])}
  - file_name: ${list([...texts, 'NULL', '1e5', 'ends.'])}
  - file_path: ${list(texts.map((text) => `C:\\${text}\\x.exe`).concat('\\\\server\\share\\a*'))}
  - registry_key: ${list(texts.map((text) => `HKLM\\${text}`))}
  - registry_key: ${list(texts.map((text) => `HKCU\\${text}`))}
  - url: ${list(["http://a.example/it's?a=*&b=[c]", 'https://a.example/?', 'http://a.example/%27\\x\\'])}
  - domain: [a.example, xn--bcher-kva.example]
  - {domain: exact.example, match: exact, severity: low}
  - ip: [192.0.2.10, "2001:db8::1"]
  - cidr: [198.51.100.4-198.51.100.9, 198.51.100.8-198.51.100.17]
  - endpoint: ["203.0.113.7:8443", "c2.example:4433", "[2001:db8::7]:443"]
  - hash: [cafe00112233445566778899aabbccdd]
  - {domain: old.example, status: historical, attack: [T1071.004, T1566.002]}
`);
    expect(built.rules.size).toBeGreaterThan(30);
    const report = await sigma.load(built.paths);
    expect(report.problems).toEqual([]);
  });
});
