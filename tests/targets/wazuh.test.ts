/** The Wazuh target: files whole, what lists and rules match, and a strict parser of both. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';
import { buildFiles } from './build-one.ts';
import { expectFaults } from './faults.ts';
import { compileFile, EXAMPLE, HOSTILE, lines, REPORT } from './list-files.ts';
import {
  findsAddress,
  parseCdbList,
  parseWazuhRules,
  wrongAddressKey,
  wrongHashKey,
} from './parsers/wazuh.ts';

const RULES = 'refang_rules.xml';
const ADDRESSES = 'refang-addresses';
const HASHES = 'refang-hashes';

/** Reads all three files. */
function parseAll(files: ReadonlyMap<string, string>) {
  const text = (name: string) => files.get(name) as string;
  return {
    rules: parseWazuhRules(text(RULES)),
    addresses: parseCdbList(text(ADDRESSES), wrongAddressKey),
    hashes: parseCdbList(text(HASHES), wrongHashKey),
  };
}

function problemsOf(files: ReadonlyMap<string, string>): string[] {
  return Object.values(parseAll(files)).flatMap(({ problems }) => problems);
}

/** The queries that the rules of names find, by grep, which has PCRE2 as Wazuh does. */
function queriesFound(files: ReadonlyMap<string, string>, names: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const { field } of parseAll(files).rules.entries) {
    if (!field) continue;
    const { stdout, stderr } = spawnSync('grep', ['-P', field.pattern], {
      input: lines(...names),
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    for (const name of stdout.split('\n').slice(0, -1)) found.add(name);
  }
  return found;
}

test('the README installs every file, and has the manager load the lists that the rules look into', async () => {
  const { files } = await buildFiles('wazuh', '  - domain: host.example\n');
  const readme = readFileSync(new URL('../../templates/wazuh/README.md', import.meta.url), 'utf8');
  const installed = Array.from(
    readme.matchAll(/^sudo install .*? -m 660 (.*) \S+$/gm),
    ([, names = '']) => names,
  );
  expect(installed.flatMap((names) => names.split(' ')).sort()).toEqual([...files.keys()]);
  const lists = (text: string) =>
    new Set(Array.from(text.matchAll(/<list.*?>(.*)<\/list>/g), ([, path]) => path));
  expect(lists(readme)).toEqual(lists(files.get(RULES) as string));
});

test('lists whole', async () => {
  const { files } = await buildFiles(
    'wazuh',
    `  - ip: [192.0.2.1, 192.0.2.2, "2001:db8::1"]
  - cidr: [198.51.100.0/24, 10.0.0.0/7, 203.0.113.254-203.0.114.1]
  - hash: [00112233445566778899aabbccddeeff, 000102030405060708090a0b0c0d0e0f10111213]
`,
  );
  expect(files.get(ADDRESSES)).toBe(
    lines(
      '10.:',
      '11.:',
      '192.0.2.1:',
      '192.0.2.2:',
      '198.51.100.:',
      '203.0.113.254:',
      '203.0.113.255:',
      '203.0.114.0:',
      '203.0.114.1:',
      '"2001:db8::1":',
      '"2001:db8:0:0:0:0:0:1":',
    ),
  );
  expect(files.get(HASHES)).toBe(
    lines('000102030405060708090a0b0c0d0e0f10111213:example', '00112233445566778899aabbccddeeff:example'),
  );
});

test('a rule of names whole, with a level for its severity', async () => {
  const { files } = await buildFiles(
    'wazuh',
    '  - {domain: host.example, attack: T1071.004}\n  - {domain: alone.example, match: exact, attack: T1071.004}\n  - {domain: old.example, status: historical}\n',
  );
  const rules = (files.get(RULES) as string).split('\n').slice(-16).join('\n');
  expect(rules.replaceAll(/id="\d+"/g, 'id="N"')).toBe(
    String.raw`  <!-- Names in the DNS queries of Sysmon (event 22), and names below them -->
  <rule id="N" level="12">
    <if_sid>61650</if_sid>
    <field name="win.eventdata.queryName" type="pcre2">(?i)(?:^alone\.example|(?:^|\.)host\.example)\.?$</field>
    <description>REFANG: query for a listed name (example)</description>
    <mitre>
      <id>T1071.004</id>
    </mitre>
  </rule>
  <rule id="N" level="5">
    <if_sid>61650</if_sid>
    <field name="win.eventdata.queryName" type="pcre2">(?i)(?:(?:^|\.)old\.example)\.?$</field>
    <description>REFANG: query for a listed name (example), historical</description>
  </rule>
</group>
`,
  );
  expect(files.get(RULES)).toContain(
    "<!-- Report: Names of 'the' group local-zone: 'x.' refuse (Example CERT, 2025-01-15) https://www.example.com/r -->",
  );
});

test('what the product cannot say has its reason', async () => {
  const { fateOf } = await buildFiles('wazuh', HOSTILE);
  expect(await fateOf('2001:db8:1::/48')).toBe(
    'unsupported a list has whole IPv6 addresses, and no beginnings of them',
  );
  expect(await fateOf('host.example:443')).toBe(
    'unsupported a list of addresses has no ports: every service of the host would be listed',
  );
  expect(await fateOf('http://host.example/page')).toBe(
    'unsupported the rules read DNS queries, connections and files; the host alone would match the whole site',
  );
  expect(await fateOf('ab'.repeat(64))).toBe(
    'unsupported Wazuh computes MD5, SHA-1 and SHA-256 of the files it watches',
  );
});

describe.each([EXAMPLE, REPORT])('of %s', (file) => {
  test('witnesses are found, near misses are not', async () => {
    const { files, said } = await compileFile('wazuh', file);
    const keys = new Set(parseAll(files).addresses.entries.map(({ key }) => key));
    const names = { matches: [] as string[], misses: [] as string[] };
    let shown = 0;
    for (const value of said) {
      const kind = (['domain', 'ip', 'cidr'] as const).find((one) => {
        const read = KIND_MODULES[one].parse(value);
        return read.ok && read.kind === one;
      });
      if (!kind) continue;
      const subdomains = value !== 'portal.shared-host.example';
      const { matches = [], misses = [] } = KIND_MODULES[kind].witnesses?.(value, { subdomains }) ?? {};
      const seen = matches.map(({ text }) => text);
      const unseen = misses.filter(({ where }) => where !== 'text').map(({ text }) => text);
      shown += seen.length + unseen.length;
      if (kind === 'domain') {
        names.matches.push(...seen);
        names.misses.push(...unseen);
        continue;
      }
      for (const text of seen) expect(findsAddress(keys, text), text).toBe(true);
      for (const text of unseen) expect(findsAddress(keys, text) && !said.includes(text), text).toBe(false);
    }
    const found = queriesFound(files, [...names.matches, ...names.misses]);
    expect(names.matches.filter((name) => !found.has(name))).toEqual([]);
    expect(names.misses.filter((name) => found.has(name) && !names.matches.includes(name))).toEqual([]);
    expect(shown).toBeGreaterThan(20);
  });

  test('the parser and an XML reader take all files', async () => {
    const { files } = await compileFile('wazuh', file);
    expect(problemsOf(files)).toEqual([]);
    expect(xmlProblem(files.get(RULES) as string)).toBe('');
  });
});

/** What Python's XML reader says of a text; nothing where it takes it. */
function xmlProblem(text: string): string {
  const program = 'import sys, xml.etree.ElementTree as e; e.fromstring(sys.stdin.buffer.read())';
  return spawnSync('python3', ['-c', program], { input: text, encoding: 'utf8' }).stderr;
}

test('hostile values stay what they are', async () => {
  const { files } = await buildFiles('wazuh', HOSTILE);
  expect(problemsOf(files)).toEqual([]);
  expect(xmlProblem(files.get(RULES) as string)).toBe('');
});

test('the parser refuses what Wazuh would, or would read otherwise', async () => {
  const { files } = await buildFiles(
    'wazuh',
    '  - {domain: host.example, attack: T1071}\n  - ip: [192.0.2.1, "2001:db8::1"]\n  - hash: 00112233445566778899aabbccddeeff\n',
  );
  expectFaults((text) => parseCdbList(text, wrongAddressKey), files.get(ADDRESSES) as string, [
    ['192.0.2.1:', '192.0.2.0/24:', 'neither an address'],
    ['192.0.2.1:', '192.0.2:', 'neither an address'],
    ['192.0.2.1:', '192.0.2.1', 'not key:value'],
    ['"2001:db8::1":', '2001:db8::1:', 'not key:value'],
    ['"2001:db8::1":', '192.0.2.1:', 'a duplicate'],
  ]);
  expectFaults((text) => parseCdbList(text, wrongHashKey), files.get(HASHES) as string, [
    ['eeff:', 'ee:', 'not a hash'],
    ['example\n', 'example', 'no end'],
  ]);
  expectFaults(parseWazuhRules, files.get(RULES) as string, [
    ['rule id="109901"', 'rule id="9901"', 'not a line of a rule'],
    ['rule id="109901"', 'rule id="199901"', 'not for own rules'],
    ['rule id="109902"', 'rule id="109901"', 'two rules 109901'],
    ['level="7"', 'level="17"', 'no such level'],
    ['    <if_sid>61650</if_sid>\n', '', 'no rule or group before it'],
    ['lookup="match_key"', 'lookup="match"', 'not a line of a rule'],
    ['(?:^|\\.)', '(?:^|\\.', 'not a pattern'],
    ['query for a listed name', '$(dns)', 'no plain description'],
    ['query for a listed name', 'a < b', 'not a line of a rule'],
    ['query for a listed name', 'R&amp;D', 'not a line of a rule'],
    ['T1071', 'TA0011', 'not a line of a rule'],
    ['  </rule>\n', '', 'not a line of a rule'],
    ['</group>\n', '', 'the file is cut'],
  ]);
});
