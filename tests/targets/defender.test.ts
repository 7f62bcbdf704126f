/** The target for Microsoft Defender for Endpoint: CSV files and bodies whole, what they cannot say, strict parsers. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { build } from '../../compiler/index.ts';
import { folderWith } from '../temporary.ts';
import { buildFiles, HEAD } from './build-one.ts';
import { expectFaults } from './faults.ts';
import { compileFile, EXAMPLE, HOSTILE, lines, REPORT } from './list-files.ts';
import { type DefenderIndicator, parseDefenderBody, parseDefenderCsv } from './parsers/defender.ts';

const HEADER =
  'indicatorType,indicatorValue,expirationTime,action,severity,title,description,recommendedActions,rbacGroups,category,mitretechniques,GenerateAlert';
const TITLE = 'active indicator: Names of ""the"" group local-zone: ""x."" refuse';

/** The canonical value that an indicator stands for: addresses are written in full. */
function standsFor({ type, value }: DefenderIndicator): string {
  return type === 'IpAddress' && value.includes(':')
    ? new URL(`http://[${value}]`).hostname.slice(1, -1)
    : value;
}

const BODY = 'import-1.json';

/** Reads a file by what its name says that it is. */
function parse(path: string, text: string) {
  return path.endsWith('.json')
    ? parseDefenderBody(text)
    : parseDefenderCsv(path.replace(/-\d+\.csv$/, ''), text);
}

/** What CSV files and bodies say, each sorted; nothing may be wrong with any. */
function saidIn(files: ReadonlyMap<string, string>) {
  const said = { csv: [] as string[], json: [] as string[] };
  for (const [path, text] of files) {
    const { entries, problems } = parse(path, text);
    expect(problems, path).toEqual([]);
    said[path.endsWith('.json') ? 'json' : 'csv'].push(...entries.map(standsFor));
  }
  return { csv: said.csv.sort(), json: said.json.sort() };
}

test('the CSV files whole', async () => {
  const { files } = await buildFiles(
    'defender',
    String.raw`  - {domain: host.example, note: "=1+1, \"x\"\nline", attack: [T1566.001, T1071]}
  - {domain: old.example, status: historical}
  - {ip: ["192.0.2.1", "2001:db8::1"], expires: 2026-03-31}
  - {hash: 000102030405060708090a0b0c0d0e0f10111213, severity: critical}
`,
  );
  const csv = [...files].filter(([path]) => path.endsWith('.csv'));
  expect(Object.fromEntries(csv)).toEqual({
    'addresses-1.csv': lines(
      HEADER,
      `IpAddress,192.0.2.1,2026-03-31T23:59:59.0Z,Block,High,REFANG example,"${TITLE}",,,,,True`,
      `IpAddress,2001:db8:0:0:0:0:0:1,2026-03-31T23:59:59.0Z,Block,High,REFANG example,"${TITLE}",,,,,True`,
    ),
    'domains-1.csv': lines(
      HEADER,
      `DomainName,host.example,,Block,High,REFANG example,"${TITLE}. =1+1, ""x"" line",,,,"T1071,T1566.001",True`,
      `DomainName,old.example,,Audit,Low,REFANG example,"${TITLE.replace('active', 'historical')}",,,,,True`,
    ),
    'files-1.csv': lines(
      HEADER,
      `FileSha1,000102030405060708090a0b0c0d0e0f10111213,,Block,High,REFANG example,"${TITLE}",,,,,True`,
    ),
  });
});

test('the body whole', async () => {
  const { files } = await buildFiles(
    'defender',
    '  - {ip: "2001:db8::1", note: "a\\nb", expires: 2026-03-31}\n  - {hash: 00112233445566778899aabbccddeeff, confidence: 20, severity: medium}\n',
  );
  const description = 'active indicator: Names of "the" group\nlocal-zone: "x." refuse';
  expect(JSON.parse(files.get(BODY) as string)).toEqual({
    Indicators: [
      {
        indicatorValue: '2001:db8:0:0:0:0:0:1',
        indicatorType: 'IpAddress',
        action: 'Block',
        generateAlert: true,
        severity: 'High',
        expirationTime: '2026-03-31T23:59:59Z',
        application: 'REFANG',
        title: 'REFANG example',
        description: `${description}. a\nb`,
        rbacGroupNames: [],
      },
      {
        indicatorValue: '00112233445566778899aabbccddeeff',
        indicatorType: 'FileMd5',
        action: 'Audit',
        generateAlert: true,
        severity: 'Medium',
        application: 'REFANG',
        title: 'REFANG example',
        description,
        rbacGroupNames: [],
      },
    ],
  });
});

test('what the product cannot say has its reason', async () => {
  const { fateOf } = await buildFiles('defender', HOSTILE);
  expect(await fateOf('host.example')).toBe('emitted (block)');
  expect(await fateOf('alone.example')).toBe(
    'unsupported a domain indicator of Defender matches all names below it as well',
  );
  expect(await fateOf('a-b_c.host.example')).toBe('covered (block)');
  expect(await fateOf('198.51.100.0/25')).toBe('unsupported an IP indicator of Defender is one address');
  expect(await fateOf('http://host.example/page')).toBe(
    'unsupported matches what lies below its path as well, and the path of an https URL in Microsoft Edge alone; `approximate: [url-prefix]` in refang.yaml allows it',
  );
  for (const url of [
    'http://host.example/',
    'http://host.example/page?a=1&b=http://other.example/',
    'http://host.example:8080/page',
  ]) {
    expect(await fateOf(url)).toBe(
      'unsupported a URL indicator of Defender matches all that lies below its path, which of one that ends in `/` is a whole folder or site; what it does with a query, a port or a user is not documented',
    );
  }
  expect(await fateOf('0a'.repeat(64))).toBe('unsupported Defender knows files by MD5, SHA-1 and SHA-256');
  expect(await fateOf('Global\\*')).toBe(
    'unsupported indicators of Defender are files by their hash, addresses and domains',
  );
});

test('URLs are listed where the settings allow that more is matched', async () => {
  const records = '  - url: [http://host.example/page, https://host.example/a/b.bin, http://host.example/]\n';
  const cwd = folderWith({
    'refang.yaml': 'approximate: [url-prefix]\n',
    'indicators.yaml': HEAD + records,
  });
  await build({ cwd, targets: ['defender'], asOf: '2026-01-01' });
  for (const path of ['domains-1.csv', BODY]) {
    const { entries, problems } = parse(path, readFileSync(join(cwd, 'out/defender', path), 'utf8'));
    expect(problems).toEqual([]);
    expect(entries.map(({ type, value, action }) => `${type} ${value} ${action}`).sort()).toEqual([
      'Url http://host.example/page Block',
      'Url https://host.example/a/b.bin Block',
    ]);
  }
});

test('an MD5 is said by the bodies alone', async () => {
  const md5 = '00112233445566778899aabbccddeeff';
  const { files, fateOf } = await buildFiles('defender', `  - hash: ${md5}\n`);
  expect(saidIn(files)).toEqual({ csv: [], json: [md5] });
  expect(await fateOf(md5)).toBe('emitted (block)');
});

test('a file has at most 500 indicators, all kinds together 15,000: the best stay', async () => {
  const domains = Array.from({ length: 15_000 }, (_, at) => `n${at}.example`).join(', ');
  const { files, fateOf } = await buildFiles(
    'defender',
    `  - domain: [${domains}]\n  - {ip: 192.0.2.1, severity: critical}\n  - {ip: 192.0.2.2, status: historical}\n`,
  );
  const sizes = [...files].map(([path, text]) => [path, parse(path, text).entries.length] as const);
  const bodies = sizes.filter(([path]) => path.endsWith('.json')).map(([, size]) => size);
  expect(bodies).toEqual(Array.from({ length: 30 }, () => 500));
  expect(sizes.filter(([path]) => path.startsWith('domains-')).reduce((sum, [, size]) => sum + size, 0)).toBe(
    14_999,
  );
  expect(await fateOf('192.0.2.1')).toBe('emitted (block)');
  expect(await fateOf('192.0.2.2')).toBe('withheld limit (watch)');
});

describe('strict parsers', () => {
  test.each([EXAMPLE, REPORT])('take what %s makes, and find what is said in it', async (file) => {
    const { files, said } = await compileFile('defender', file);
    const { csv, json } = saidIn(files);
    expect(json).toEqual(said);
    expect(csv).toEqual(said.filter((value) => !/^[0-9a-f]{32}$/.test(value)));
  });

  test.each([HOSTILE, '  - mutex: a\n'])(
    'take hostile values, and files without an indicator',
    async (records) => {
      saidIn((await buildFiles('defender', records)).files);
    },
  );

  test('refuse what the import would', async () => {
    const { files } = await buildFiles(
      'defender',
      '  - {domain: [host.example, other.example], attack: T1071}\n',
    );
    expectFaults((text) => parseDefenderCsv('domains', text), files.get('domains-1.csv') as string, [
      ['indicatorType,', 'type,', '1: not the columns'],
      ['DomainName', 'Domain', 'no Domain in the tab domains'],
      ['DomainName', 'IpAddress', 'no IpAddress in the tab domains'],
      ['Block', 'BlockAndRemediate', 'no action BlockAndRemediate'],
      ['High', 'Critical', 'no severity Critical'],
      ['REFANG example', '', 'no title'],
      ['other.example,', 'other.example,2026-03-31,', '13 fields'],
      ['other.example,,', 'other.example,2026-03-31,', 'not a time'],
      ['other.example', 'host.example', 'a duplicate'],
      ['other.example', '*.other.example', 'not a host name'],
      ['DomainName,other.example', 'Url,http://other.example/', 'not a plain URL'],
      ['T1071', 'TA0011', 'not techniques'],
      ['True', 'False', 'no alert'],
    ]);
    const body = await buildFiles(
      'defender',
      '  - ip: ["2001:db8::1", 192.0.2.1]\n  - domain: host.example\n',
    );
    expectFaults(parseDefenderBody, body.files.get(BODY) as string, [
      ['"Indicators"', '"indicators"', 'Indicators'],
      ['"IpAddress"', '"Ip"', 'no type Ip'],
      ['2001:db8:0:0:0:0:0:1', '2001:db8::1', 'IPv6 in full'],
      ['192.0.2.1', '192.0.2.0/24', 'not an address'],
      ['192.0.2.1', '2001:db8:0:0:0:0:0:1', 'a duplicate'],
      ['"generateAlert": true', '"generateAlert": "True"', 'generateAlert'],
      ['"Block"', '"AlertAndBlock"', 'action'],
      ['"rbacGroupNames": []', '"rbacGroupNames": [], "category": "x"', 'Indicators.0:'],
      ['"title": "REFANG example"', '"title": ""', 'no title'],
      ['"title":', '"expirationTime": "2026-03-31", "title":', 'expirationTime'],
      ['},', '}', 'JSON'],
    ]);
  });
});
