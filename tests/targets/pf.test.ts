import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { build } from '../../compiler/index.ts';
import { folderWith } from '../temporary.ts';
import { buildFiles, HEAD } from './build-one.ts';
import { parsePfRules, parsePfTable } from './parsers/pf.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const TIERS = `  - ip: [192.0.2.10, "2001:db8::bad:1"]
    cidr: [198.51.100.0/25, 198.51.100.128/25, 203.0.113.17-203.0.113.19]
    endpoint: ["203.0.113.77:8443", "[2001:db8::77]:443", "host.example:443"]
  - {ip: 192.0.2.99, endpoint: "203.0.113.99:80", status: historical}
  - {ip: 192.0.2.98, confidence: 60}
  - {ip: 192.0.2.97, status: revoked}
`;

/** The lines that are no comments. */
const linesOf = (text = '') => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

test('the files whole', async () => {
  const { files } = await buildFiles('pf', TIERS);
  expect([...files.keys()]).toEqual(['refang-block.txt', 'refang-watch.txt', 'refang.conf']);
  expect(files.get('refang-block.txt')).toBe(`# Addresses to block, by Refang.
# Report: Names of 'the' group local-zone: 'x.' refuse (Example CERT, 2025-01-15) https://www.example.com/r
192.0.2.10/32
198.51.100.0/24
203.0.113.17/32
203.0.113.18/31
2001:db8::bad:1/128
`);
  expect(linesOf(files.get('refang-watch.txt'))).toEqual(['192.0.2.98/31']);
  expect(
    files.get('refang.conf'),
  ).toBe(`# Rules for the tables of listed addresses, by Refang. An anchor: it replaces the rules of its name alone.
table <refang_block> persist file "/etc/pf.refang/refang-block.txt"
table <refang_watch> persist file "/etc/pf.refang/refang-watch.txt"

block drop log quick from <refang_block> to any label "refang block"
block drop log quick from any to <refang_block> label "refang block"
block drop log quick proto { tcp, udp } from 203.0.113.77 port 8443 to any label "refang block"
block drop log quick proto { tcp, udp } from any to 203.0.113.77 port 8443 label "refang block"
block drop log quick proto { tcp, udp } from 2001:db8::77 port 443 to any label "refang block"
block drop log quick proto { tcp, udp } from any to 2001:db8::77 port 443 label "refang block"

match log from <refang_watch> to any label "refang watch"
match log from any to <refang_watch> label "refang watch"
match log proto { tcp, udp } from 203.0.113.99 port 80 to any label "refang watch"
match log proto { tcp, udp } from any to 203.0.113.99 port 80 label "refang watch"
`);
});

test.each([
  ['192.0.2.10', 'emitted (block)'],
  ['198.51.100.0/25', 'emitted (block)'],
  ['[2001:db8::77]:443', 'emitted (block)'],
  ['host.example:443', 'unsupported a packet filter sees addresses, not names'],
  ['192.0.2.99', 'emitted status (watch)'],
  ['192.0.2.98', 'emitted confidence (watch)'],
  ['192.0.2.97', 'withheld revoked'],
  ['b.example', 'unsupported a packet filter sees addresses, not names'],
  ['http://b.example/', 'unsupported a packet filter sees addresses and ports alone'],
])('%s is %s', async (value, fate) => {
  const { fateOf } = await buildFiles('pf', `${TIERS}  - domain: b.example\n    url: http://b.example/\n`);
  expect(await fateOf(value)).toBe(fate);
});

test('a report cannot be more than a comment', async () => {
  const cwd = folderWith({
    'refang.yaml': `publisher: {name: ${JSON.stringify('Evil\\')}}\n`,
    'indicators.yaml': `refang: 1
reports:
  a: {title: ${JSON.stringify('x\npass quick all\n"\\')}, author: ${JSON.stringify('\u2028192.0.2.66\r\\')}, published: 2025-01-15}
indicators:
  - {hash: 00112233445566778899aabbccddeeff, report: a, status: active, confidence: 90, severity: high, tlp: clear}
`,
  });
  const { session } = await build({ cwd, out: 'out', targets: ['pf'], asOf: '2026-01-01' });
  expect(session.failed).toBeUndefined();
  const read = (name: string) => readFileSync(join(cwd, 'out/pf', name), 'utf8');
  expect(read('refang-block.txt')).toBe(`# Addresses to block, by Evil/.
# Report: x pass quick all '/ (192.0.2.66 /, 2025-01-15)
`);
  expect(parsePfTable(read('refang-block.txt'))).toEqual({ entries: [], problems: [] });
  const { rules, problems } = parsePfRules(read('refang.conf'));
  expect(problems).toEqual([]);
  expect(rules).toHaveLength(4);
});

describe('options', () => {
  test('name the tables and their folder', async () => {
    const settings = 'targets: [{name: pf, options: {table: refang_edge, folder: /usr/local/etc/lists}}]\n';
    const cwd = folderWith({ 'refang.yaml': settings, 'indicators.yaml': HEAD + TIERS });
    await build({ cwd, out: 'out', asOf: '2026-01-01' });
    const { tables, problems } = parsePfRules(readFileSync(join(cwd, 'out/pf/refang.conf'), 'utf8'));
    expect(problems).toEqual([]);
    expect([...tables]).toEqual([
      ['refang_edge_block', '/usr/local/etc/lists/refang-block.txt'],
      ['refang_edge_watch', '/usr/local/etc/lists/refang-watch.txt'],
    ]);
  });

  test.each(['table: bogons', 'table: "refang>x"', 'folder: etc', `folder: '/etc/"x'`, 'folder: "/etc/a b"'])(
    'cannot be %s',
    async (option) => {
      const cwd = folderWith({
        'refang.yaml': `targets: [{name: pf, options: {${option}}}]\n`,
        'indicators.yaml': HEAD + TIERS,
      });
      const { session } = await build({ cwd, out: 'out', asOf: '2026-01-01' });
      expect(session.diagnostics.map(({ code }) => code)).toEqual(['RF502']);
    },
  );
});

describe('what the reader of pf.conf says', () => {
  const inputs = [['examples/all-kinds.yaml'], ['indicators.yaml']] as const;
  test.each(inputs)('nothing against %s, where all addresses are', async (file) => {
    const out = join(folderWith(), 'out');
    const { session, fates } = await build({
      files: [join(ROOT, file)],
      targets: ['pf'],
      asOf: '2026-01-01',
      out,
    });
    expect(session.failed).toBeUndefined();
    const read = (name: string) => readFileSync(join(out, 'pf', name), 'utf8');
    const tables = ['refang-block.txt', 'refang-watch.txt'].map((name) => parsePfTable(read(name)));
    const { rules, problems } = parsePfRules(read('refang.conf'));
    expect([problems, ...tables.map((table) => table.problems)]).toEqual([[], [], []]);
    // Of these two no addresses touch, so each is an entry; each endpoint has two rules.
    const endpoints = (rules.length - 4) / 2;
    expect(tables.flatMap(({ entries }) => entries).length + endpoints).toBe(fates.get('pf')?.emitted);
  });

  const golden = (name: string) => readFileSync(join(ROOT, 'templates/pf/golden', name), 'utf8');

  test.each([
    ['a name', '192.0.2.10/32', 'host.example', '3: not a network'],
    ['host bits', '198.51.100.0/25', '198.51.100.1/25', '4: host bits are set'],
    ['a range', '198.51.100.0/25', '198.51.100.0-198.51.100.9', '4: not a network'],
    ['every address', '198.51.100.0/25', '0.0.0.0/0', '4: everything'],
    ['an entry twice', '198.51.100.0/25', '192.0.2.10/32', '4: a duplicate'],
    ['an exception', '192.0.2.10/32', '!192.0.2.10', '3: not a network'],
    ['a leading zero', '192.0.2.10/32', '192.0.2.010', '3: not a network'],
    ['a comment behind an entry', '192.0.2.10/32', '192.0.2.10/32 # x', '3: not a network'],
    ['capitals', '2001:db8::bad:1', '2001:DB8::BAD:1', '6: not canonical'],
    ['a zone', '2001:db8::bad:1/128', 'fe80::1%em0', '6: a zone'],
    ['no end', '2001:db8:bad::/48\n', '2001:db8:bad::/48', 'the last line has no end'],
  ])('of a table with %s', (_, from, to, problem) => {
    const text = golden('refang-block.txt');
    expect(text).toContain(from);
    expect(parsePfTable(text.replace(from, to)).problems).toEqual([problem]);
  });

  test.each([
    [
      'a table that is not there',
      'from <refang_block>',
      'from <refang_blocked>',
      '5: a table that is not there',
    ],
    ['a long name', '<refang_watch> persist', `<refang_${'x'.repeat(25)}> persist`, /longer than 31/],
    ['a match that ends it', 'match log from <', 'match log quick from <', '10: match is never quick'],
    ['every packet', 'from <refang_block>', 'from any', '5: every packet'],
    ['a name', 'to 203.0.113.77', 'to host.example', '8: not a network'],
    [
      'a port without a protocol',
      'proto { tcp, udp } from any to 203',
      'from any to 203',
      '8: a port without a protocol',
    ],
    ['no such port', 'port 8443', 'port 84430', '7: not a port'],
    ['a service', 'port 8443', 'port www', '7: not a port'],
    ['a pass', 'match log from any', 'pass log from any', '11: neither a table nor a rule'],
    [
      'a joined line',
      'by Refang. An anchor',
      'by Refang \\\n# An anchor',
      '1: the next line is part of this one',
    ],
    ['a rule twice', 'from any to <refang_block>', 'from <refang_block> to any', '6: a rule twice'],
    ['a macro in a label', 'label "refang watch"', 'label "$srcaddr"', '10: not a label'],
  ])('of rules with %s', (_, from, to, problem) => {
    const text = golden('refang.conf');
    expect(text).toContain(from);
    const { problems } = parsePfRules(text.replace(from, to));
    expect(problems[0]).toEqual(typeof problem === 'string' ? problem : expect.stringMatching(problem));
  });
});
