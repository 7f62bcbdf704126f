import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { build } from '../../compiler/index.ts';
import { folderWith } from '../temporary.ts';
import { buildFiles, HEAD } from './build-one.ts';
import { parseRouterOs } from './parsers/routeros.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const TIERS = `  - ip: [192.0.2.10, "2001:db8::bad:1"]
    cidr: [198.51.100.0/25, 203.0.113.17-203.0.113.19, "2001:db8::1-2001:db8::2"]
    endpoint: 203.0.113.77:8443
    domain: host.example
    url: http://host.example/
  - {ip: 192.0.2.99, status: historical}
  - {ip: 192.0.2.98, confidence: 60}
  - {ip: 192.0.2.97, status: revoked}
`;

test('the files whole', async () => {
  const { files } = await buildFiles('mikrotik', TIERS);
  expect([...files]).toEqual([
    [
      'refang-ipv4.rsc',
      `# IPv4 addresses to block and to watch, by Refang.
# Report: Names of "the" group local-zone: "x." refuse (Example CERT, 2025-01-15) https://www.example.com/r
/ip firewall address-list
remove [find list="refang-block"]
add list="refang-block" address=192.0.2.10/32 comment="Refang"
add list="refang-block" address=198.51.100.0/25 comment="Refang"
add list="refang-block" address=203.0.113.17/32 comment="Refang"
add list="refang-block" address=203.0.113.18/31 comment="Refang"
remove [find list="refang-watch"]
add list="refang-watch" address=192.0.2.98/31 comment="Refang"
`,
    ],
    [
      'refang-ipv6.rsc',
      `# IPv6 addresses to block and to watch, by Refang.
# Report: Names of "the" group local-zone: "x." refuse (Example CERT, 2025-01-15) https://www.example.com/r
/ipv6 firewall address-list
remove [find list="refang-block"]
add list="refang-block" address=2001:db8::1/128 comment="Refang"
add list="refang-block" address=2001:db8::2/128 comment="Refang"
add list="refang-block" address=2001:db8::bad:1/128 comment="Refang"
remove [find list="refang-watch"]
`,
    ],
  ]);
});

test.each([
  ['192.0.2.10', 'emitted (block)'],
  ['2001:db8::1-2001:db8::2', 'emitted (block)'],
  ['192.0.2.99', 'emitted status (watch)'],
  ['192.0.2.98', 'emitted confidence (watch)'],
  ['192.0.2.97', 'withheld revoked'],
  ['203.0.113.77:8443', 'unsupported an address list has no ports'],
  [
    'host.example',
    'unsupported an address list follows a name to the addresses of the moment, which are not the ones listed',
  ],
  ['http://host.example/', 'unsupported an address list holds addresses'],
])('%s is %s', async (value, fate) => {
  expect(await (await buildFiles('mikrotik', TIERS)).fateOf(value)).toBe(fate);
});

test('reports and publishers cannot be more than comments', async () => {
  const name = 'Société "$x" \\ [/system reset] ?';
  const cwd = folderWith({
    'refang.yaml': `publisher: {name: ${JSON.stringify(name)}}\n`,
    'indicators.yaml': `refang: 1
reports:
  a: {title: ${JSON.stringify('x\n/system reset\r\\')}, author: 'a;}\\', published: 2025-01-15}
indicators:
  - {ip: 192.0.2.1, report: a, status: active, confidence: 90, severity: high, tlp: clear, allow: {guard: special-use, reason: documentation, owner: me}}
`,
  });
  const { session } = await build({ cwd, out: 'out', targets: ['mikrotik'], asOf: '2026-01-01' });
  expect(session.failed).toBeUndefined();
  const text = readFileSync(join(cwd, 'out/mikrotik/refang-ipv4.rsc'), 'utf8');
  expect(text).toBe(`# IPv4 addresses to block and to watch, by Société "$x" / [/system reset] ?.
# Report: x /system reset / (a;}/, 2025-01-15)
/ip firewall address-list
remove [find list="refang-block"]
add list="refang-block" address=192.0.2.1/32 comment="Soci\\C3\\A9t\\C3\\A9 \\"\\$x\\" \\\\ [/system reset] \\?"
remove [find list="refang-watch"]
`);
  const { entries, problems } = parseRouterOs(text);
  expect(problems).toEqual([]);
  expect(entries).toEqual([{ list: 'refang-block', address: '192.0.2.1/32', comment: name }]);
});

describe('the option `list`', () => {
  const project = (list: string) =>
    folderWith({
      'refang.yaml': `targets: [{name: mikrotik, options: {list: ${list}}}]\n`,
      'indicators.yaml': HEAD + TIERS,
    });

  test('names the lists', async () => {
    const cwd = project('refang-edge-2');
    await build({ cwd, out: 'out', asOf: '2026-01-01' });
    const { removed, entries, problems } = parseRouterOs(
      readFileSync(join(cwd, 'out/mikrotik/refang-ipv4.rsc'), 'utf8'),
    );
    expect(problems).toEqual([]);
    expect(removed).toEqual(['refang-edge-2-block', 'refang-edge-2-watch']);
    expect([...new Set(entries.map(({ list }) => list))]).toEqual(removed);
  });

  test.each(['lan', 'refang_x', '"refang\\" ]"', 'Refang'])(
    'cannot be %s, whose list might be in use',
    async (list) => {
      const { session } = await build({ cwd: project(list), out: 'out', asOf: '2026-01-01' });
      expect(session.diagnostics.map(({ code }) => code)).toEqual(['RF502']);
    },
  );
});

describe('what the reader of RouterOS scripts says', () => {
  test.each(['examples/all-kinds.yaml', 'indicators.yaml'])(
    'nothing against %s, where all addresses are',
    async (file) => {
      const out = join(folderWith(), 'out');
      const options = { files: [join(ROOT, file)], targets: ['mikrotik'], asOf: '2026-01-01', out };
      const { session, fates } = await build(options);
      expect(session.failed).toBeUndefined();
      const scripts = ['ipv4', 'ipv6'].map((name) =>
        parseRouterOs(readFileSync(join(out, 'mikrotik', `refang-${name}.rsc`), 'utf8')),
      );
      expect(scripts.flatMap(({ problems }) => problems)).toEqual([]);
      // Of these two no addresses touch, so each is an entry.
      expect(scripts.flatMap(({ entries }) => entries)).toHaveLength(
        fates.get('mikrotik')?.emitted as number,
      );
    },
  );

  const golden = readFileSync(join(ROOT, 'templates/mikrotik/golden/refang-ipv4.rsc'), 'utf8');
  const first = 'add list="refang-block" address=192.0.2.10/32 comment="Refang"';

  test.each([
    ['a name', '192.0.2.10/32', 'host.example', '5: not an address: it would be looked up'],
    ['host bits', '198.51.100.0/25', '198.51.100.1/25', '6: host bits are set'],
    ['every address', '198.51.100.0/25', '0.0.0.0/0', '6: everything'],
    ['IPv6 among IPv4', '198.51.100.0/25', '2001:db8::1', '6: an address of the other family'],
    ['a range backwards', '198.51.100.0/25', '192.0.2.9-192.0.2.1', '6: a range that ends before it begins'],
    ['an entry twice', '198.51.100.0/25', '192.0.2.10', '6: such an entry is there already'],
    [
      'entries added to those of before',
      'remove [find list="refang-block"]\n',
      '',
      '4: a list that may hold the entry already',
    ],
    ['all lists emptied', 'remove [find list="refang-watch"]', 'remove [find]', '8: no such command'],
    ['a comment that ends its string', first, first.replace('Refang', 'Re"fang'), '5: no such command'],
    ['a comment with a variable', first, first.replace('Refang', '$x'), '5: not a string'],
    ['a comment with an unknown escape', first, first.replace('Refang', '\\q'), '5: not a string'],
    ['a comment with small digits', first, first.replace('Refang', '\\c3'), '5: not a string'],
    ['a comment of two lines', first, first.replace('Refang', 'Re\nfang'), '5: no such command'],
    ['a comment that is not ASCII', first, first.replace('Refang', 'é'), '5: not ASCII'],
    ['a list without quotes', first, first.replace('"refang-block"', 'refang-block'), '5: no such command'],
    ['a joined line', 'by Refang.', 'by Refang \\', '1: the next line is part of this one'],
    ['another menu', '/ip firewall', '/ip route', '3: no such menu'],
    ['another command', first, '/system reset-configuration', '5: a second menu'],
    [
      'no end',
      'remove [find list="refang-watch"]\n',
      'remove [find list="refang-watch"]',
      'the last line has no end',
    ],
  ])('of a script with %s', (_, from, to, problem) => {
    expect(golden).toContain(from);
    expect(parseRouterOs(golden.replace(from, () => to)).problems[0]).toBe(problem);
  });
});
