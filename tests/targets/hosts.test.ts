import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dnsmasq } from '../../compiler/prove/engines/resolvers/dnsmasq.ts';
import { getentTest, lookUpInHosts } from '../engines/getent.ts';
import { engineTest } from '../engines/require.ts';
import { writeFiles } from '../prove/files.ts';
import { buildOne } from './build-one.ts';
import { compileFile, EXAMPLE, REPORT } from './list-files.ts';
import { parseHosts } from './parsers/hosts.ts';

const dnsmasqTest = await engineTest('dnsmasq');
const glibcTest = await getentTest();

const NAMES = `  - domain: [host.example, below.host.example]
  - {domain: alone.example, match: exact}
  - {domain: also.host.example, match: exact}
  - {domain: old.example, status: historical}
`;

test('names below a listed one keep their lines, and what is lost is told', async () => {
  const { text, fateOf } = await buildOne('hosts', NAMES);
  expect(text).toBe(`# Names to block, by Refang.
# Report: Names of "the" group local-zone: "x." refuse (Example CERT, 2025-01-15) https://www.example.com/r

# To be blocked with all names below them, which a hosts file cannot say.
0.0.0.0 below.host.example
:: below.host.example
0.0.0.0 host.example
:: host.example

# To be blocked alone.
0.0.0.0 alone.example
:: alone.example
0.0.0.0 also.host.example
:: also.host.example
`);
  expect(await fateOf('host.example')).toBe(
    'approximated a hosts file says one name a line, so the names below this one are not blocked (block)',
  );
  expect(await fateOf('alone.example')).toBe('emitted (block)');
  expect(await fateOf('old.example')).toBe('withheld status');
});

test('addresses and all else have no place', async () => {
  const { lines, fateOf } = await buildOne('hosts', '  - ip: 192.0.2.1\n  - mutex: Global\\example\n');
  expect(lines).toEqual([]);
  expect(await fateOf('192.0.2.1')).toBe('unsupported a hosts file sees names, not addresses');
  expect(await fateOf('Global\\example')).toBe('unsupported a hosts file sees names alone');
});

test.each([EXAMPLE, REPORT])('%s: what is emitted is read, and nothing else', async (file) => {
  const { files, said } = await compileFile('hosts', file);
  const { names, problems } = parseHosts(files.get('refang.hosts') as string);
  expect(problems).toEqual([]);
  expect([...names.keys()].sort()).toEqual(said);
  for (const addresses of names.values()) expect(addresses).toEqual(['0.0.0.0', '::']);
});

const LOOKED_UP = [
  'host.example',
  'HOST.example',
  'alone.example',
  'www.host.example',
  'evilhost.example',
  'host.example.test',
  'old.example',
];

glibcTest('glibc, which reads hosts files, finds both addresses of the names, and no others', async () => {
  const { path } = await buildOne('hosts', NAMES);
  const listed = ['host.example', 'alone.example'];
  for (const [family, address] of [
    [4, '0.0.0.0'],
    [6, '::'],
  ] as const) {
    const found = await lookUpInHosts(path, family, LOOKED_UP);
    expect(found).toEqual(Object.fromEntries(listed.map((name) => [name, address])));
  }
});

dnsmasqTest('dnsmasq, which reads hosts files, gives out neither address of the names', async () => {
  const { path } = await buildOne('hosts', NAMES);
  const cases = LOOKED_UP.map(
    (text, id) => ({ id, text, kind: 'domain', expect: 'match', about: '' }) as const,
  );
  const report = await dnsmasq.behave?.({ files: writeFiles({ 'a.conf': `addn-hosts=${path}\n` }), cases });
  const deeds = report?.observations.map(({ rules }) => rules[0] ?? 'nothing');
  expect(deeds).toEqual([...Array(6).fill('drop'), ...Array(8).fill('nothing')]);
});

const GOOD = '# comment\n\n0.0.0.0 host.example\n:: host.example # more\n';

test.each([
  ['an address that is none', '010.0.0.1 other.example', '5: no address'],
  ['a line of names', 'other.example', '5: no address'],
  ['an address alone', '0.0.0.0', '5: no name'],
  ['a wildcard', '0.0.0.0 *.other.example', '5: not a name'],
  ['a name with a final dot', '0.0.0.0 other.example.', '5: an empty label'],
  ['an empty label', '0.0.0.0 a..example', '5: an empty label'],
  ['a URL', '0.0.0.0 https://other.example', '5: a scheme'],
  ['an address for a name', '0.0.0.0 192.0.2.1', '5: an address, not a name'],
  ['a label that is too long', `0.0.0.0 ${'a'.repeat(64)}.example`, '5: a label longer than 63 characters'],
  ['a name twice', '0.0.0.0 host.example', '5: a second IPv4 address of host.example'],
  ['two addresses of a family', '::1 host.example', '5: a second IPv6 address of host.example'],
  ['a blank in front', ' 0.0.0.0 other.example', '5: a blank at an end'],
  ['another end of the line', '0.0.0.0 other.example\r', '5: a control character'],
  ['a separator that is none', '0.0.0.0,other.example', '5: no address'],
])('the parser refuses %s', (_, line, problem) => {
  expect(parseHosts(GOOD).problems).toEqual([]);
  expect(parseHosts(`${GOOD}${line}\n`).problems).toContain(problem);
});

test('the parser refuses a last line without an end', () => {
  expect(parseHosts(GOOD.trimEnd()).problems).toEqual(['the last line has no end']);
  expect(
    parseHosts(readFileSync(new URL('../../templates/hosts/golden/refang.hosts', import.meta.url), 'utf8'))
      .problems,
  ).toEqual([]);
});
