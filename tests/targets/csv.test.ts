import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';
import { printableText } from '../render/languages/hostile.ts';
import { buildOne } from './build-one.ts';
import { compileFile, EXAMPLE, HOSTILE, REPORT } from './list-files.ts';
import { csvRows } from './parsers/csv-rows.ts';
import { indicatorsCsvValues, unguarded } from './parsers/indicators-csv.ts';
import { pythonRows } from './python-csv.ts';

const HEADER =
  'type,value,subdomains,status,confidence,severity,tlp,first_seen,last_seen,expires,actors,reports,attack,tags,references,of_file,note';

test('the file whole', async () => {
  const { text } = await buildOne(
    'csv',
    `  - domain: host.example
    attack: [T1566.002, T1071]
    tags: [one, two]
    note: "=cmd|' /C calc'!A0"
    first_seen: 2025-01-01
    last_seen: 2025-01-02
    expires: 2030-01-01
    references: [https://www.example.com/a]
  - {domain: alone.example, match: exact, status: revoked}
  - user_agent: "=1+1, \\"x\\""
  - file: {name: -x.exe, md5: 00112233445566778899aabbccddeeff}
    status: historical
`,
  );
  const report = '"Names of ""the"" group local-zone: ""x."" refuse"';
  const link = 'https://www.example.com/r';
  expect(text).toBe(`${HEADER}
domain,alone.example,false,revoked,90,high,green,,,,,${report},,,${link},,
domain,host.example,true,active,90,high,green,2025-01-01,2025-01-02,2030-01-01,,${report},T1071; T1566.002,one; two,${link} https://www.example.com/a,,'=cmd|' /C calc'!A0
hash,00112233445566778899aabbccddeeff,,historical,90,high,green,,,,,${report},,,${link},'-x.exe,
user_agent,"'=1+1, ""x""",,active,90,high,green,,,,,${report},,,${link},,
`);
});

test.each([
  ['active', 'green', 'emitted'],
  ['historical', 'clear', 'emitted'],
  ['revoked', 'green', 'emitted'],
  ['active', 'amber', 'withheld tlp'],
])('what is %s and TLP:%s is %s', async (status, tlp, fate) => {
  const { fateOf } = await buildOne('csv', `  - {domain: host.example, status: ${status}, tlp: ${tlp}}\n`);
  expect(await fateOf('host.example')).toBe(fate);
});

test('nothing covers anything: a parent has its row, and so have a name below it and each hash of a file', async () => {
  const { text } = await buildOne(
    'csv',
    `  - domain: [host.example, a.host.example]
  - ip: 192.0.2.1
  - cidr: 192.0.2.0/24
  - file: {md5: 00112233445566778899aabbccddeeff, sha1: 000102030405060708090a0b0c0d0e0f10111213}
`,
  );
  expect(csvRows(text)).toHaveLength(7);
});

test.each([EXAMPLE, REPORT])('%s: each indicator has one row, with its value', async (file) => {
  const { files, said } = await compileFile('csv', file);
  expect(indicatorsCsvValues(files.get('refang.csv') as string).sort()).toEqual(said);
});

test('Python reads hostile values back, and no cell is a formula', async () => {
  const { path, text, fateOf } = await buildOne('csv', HOSTILE);
  const rows = pythonRows(path);
  expect(indicatorsCsvValues(text)).toEqual(rows.map(({ value = '' }) => unguarded(value)));
  expect(rows.map(({ value = '' }) => unguarded(value))).toContain('=cmd@host.example');
  for (const row of rows) {
    expect(Object.keys(row).join(',')).toBe(HEADER);
    for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]|\n/);
    expect(await fateOf(unguarded(row.value as string))).toBe('emitted');
  }
});

test('Python reads any user agent back', async () => {
  const { user_agent } = KIND_MODULES;
  const kept = fc.sample(fc.tuple(fc.constantFrom('', '=', "'=", '-', '@', ','), printableText), 400);
  const values = [...new Set(kept.map(([start, rest]) => start + rest))].filter((text) => {
    const read = user_agent.parse(text);
    return read.ok && read.value === text;
  });
  const list = values.map((text) => `    - ${JSON.stringify(text)}\n`).join('');
  const { path } = await buildOne('csv', `  - user_agent:\n${list}`);
  const read = pythonRows(path).map(({ value = '' }) => unguarded(value));
  expect(values.length).toBeGreaterThan(100);
  expect(new Set(read)).toEqual(new Set(values));
});

test('the program of the README prints the values', async () => {
  const readme = readFileSync(new URL('../../templates/csv/README.md', import.meta.url), 'utf8');
  const [, program = ''] = /```python\n(.*?)```/s.exec(readme) ?? [];
  const values = ["'=1+1", "'x'", '=1+1', 'plain', '\uff0b1'];
  const { path } = await buildOne('csv', `  - user_agent: ${JSON.stringify(values)}\n`);
  const printed = execFileSync('python3', ['-X', 'utf8', '-c', `${program}        print(value)`], {
    cwd: dirname(path),
    encoding: 'utf8',
  });
  expect(printed.trim().split('\n').sort()).toEqual(values);
});

const GOOD = `${HEADER}
domain,host.example,true,active,90,high,green,2025-01-01,,,"a, b",,T1071,,https://www.example.com/,,"=1"
`.replace('"=1"', "'=1");

test.each([
  ['another header', 'subdomains', 'match'],
  ['a cell less', ',true,', ','],
  ['a cell more', ',true,', ',true,,'],
  ['a kind that is none', 'domain,', 'hostname,'],
  ['no value', 'host.example', ''],
  ['no word on names below', ',true,', ',,'],
  ['another status', 'active', 'unknown'],
  ['too much confidence', ',90,', ',101,'],
  ['a TLP that may not be shared', 'green', 'amber'],
  ['a day that is none', '2025-01-01', '1.1.2025'],
  ['a technique that is none', 'T1071', 'T107'],
  ['a formula', "'=1", '=1'],
  ['a quote inside', 'host.example', 'host"example'],
  ['a quote left open', '"a, b"', '"a, b'],
  ['text behind a quote', '"a, b"', '"a, b"c'],
  ['quotes for nothing', '"a, b"', '"a"'],
  ['a line break in a cell', '"a, b"', '"a,\nb"'],
  ['a carriage return', '=1\n', '=1\r\n'],
  ['no end of the last line', '=1\n', '=1'],
])('the parser refuses %s', (_, from, to) => {
  expect(indicatorsCsvValues(GOOD)).toEqual(['host.example']);
  expect(() => indicatorsCsvValues(GOOD.replace(from, to))).toThrow();
});
