import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { build } from '../../compiler/index.ts';
import { iptables } from '../../compiler/prove/engines/packet-filters/iptables.ts';
import { findProgram, isolation, run } from '../../compiler/prove/process.ts';
import { NO_BUDGETS } from '../accepted.ts';
import { engineTest } from '../engines/require.ts';
import { folderWith } from '../temporary.ts';
import { type BuiltFiles, buildFiles, HEAD } from './build-one.ts';

const iptablesTest = await engineTest('iptables');

const README = readFileSync(
  fileURLToPath(new URL('../../templates/ipset/README.md', import.meta.url)),
  'utf8',
);

const TIERS = `  - ip: [192.0.2.10, "2001:db8::bad:1"]
    cidr: [198.51.100.0/25, 203.0.113.17-203.0.113.19, "2001:db8:bad::/48"]
    endpoint: ["203.0.113.77:8443", "[2001:db8::77]:443", "host.example:443"]
    domain: b.example
    url: http://192.0.2.1/a
  - {ip: 192.0.2.99, endpoint: "203.0.113.99:80", status: historical}
  - {ip: 192.0.2.98, confidence: 60}
  - {ip: 192.0.2.97, status: revoked}
`;

/** What is put into each set, by the set's name without `_new`. */
function elementsOf({ files }: Pick<BuiltFiles, 'files'>): Record<string, string[]> {
  const sets: Record<string, string[]> = {};
  for (const [, name = '', element = ''] of (files.get('refang.ipset') ?? '').matchAll(
    /^add (\S+)_new (\S+)$/gm,
  ))
    sets[name] = [...(sets[name] ?? []), element];
  return sets;
}

/** Runs a shell script in a namespace that goes away, beside the files of a target. `kind` is that of iptables. */
async function inNamespace(folder: string, script: string, kind: '' | 'legacy' = ''): Promise<string> {
  const [unshare = '', ...flags] = (await isolation()) as readonly string[];
  const bin = folderWith();
  if (kind)
    for (const name of ['iptables', 'ip6tables'].flatMap((one) => [one, `${one}-restore`, `${one}-save`]))
      symlinkSync(findProgram(name.replace('tables', `tables-${kind}`)) as string, join(bin, name));
  const env = {
    PATH: [bin, process.env.PATH, '/usr/sbin'].join(delimiter),
    XTABLES_LOCKFILE: join(bin, 'lock'),
  };
  const { status, stdout, stderr } = await run(unshare, [...flags, 'sh', '-c', `set -e\n${script}`], {
    cwd: folder,
    env,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

test('the file of sets, whole but for its comments', async () => {
  const { files } = await buildFiles('ipset', TIERS);
  expect([...files.keys()]).toEqual(['refang.ip6tables', 'refang.ipset', 'refang.iptables', 'refang.sh']);
  const lines = (files.get('refang.ipset') ?? '').split('\n').filter((line) => !/^(#|$)/.test(line));
  const names = [
    'block4',
    'block6',
    'block_ports4',
    'block_ports6',
    'watch4',
    'watch6',
    'watch_ports4',
    'watch_ports6',
  ];
  const type = (name: string) =>
    `${name.includes('ports') ? 'hash:ip,port' : 'hash:net'} family inet${name.endsWith('6') ? '6' : ''}`;
  const create = (name: string, end = '') =>
    `create refang_${name}${end} ${type(name)} maxelem 4294967295 -exist`;
  expect(lines).toEqual([
    ...names.map((name) => create(name)),
    ...names.flatMap((name) => [create(name, '_new'), `flush refang_${name}_new`]),
    'add refang_block4_new 192.0.2.10/32',
    'add refang_block4_new 198.51.100.0/25',
    'add refang_block4_new 203.0.113.17/32',
    'add refang_block4_new 203.0.113.18/31',
    'add refang_block6_new 2001:db8::bad:1/128',
    'add refang_block6_new 2001:db8:bad::/48',
    'add refang_block_ports4_new 203.0.113.77,tcp:8443',
    'add refang_block_ports4_new 203.0.113.77,udp:8443',
    'add refang_block_ports6_new 2001:db8::77,tcp:443',
    'add refang_block_ports6_new 2001:db8::77,udp:443',
    'add refang_watch4_new 192.0.2.98/31',
    'add refang_watch_ports4_new 203.0.113.99,tcp:80',
    'add refang_watch_ports4_new 203.0.113.99,udp:80',
    ...names.map((name) => `swap refang_${name}_new refang_${name}`),
    ...names.map((name) => `destroy refang_${name}_new`),
  ]);
});

test('the chains of both families differ in the sets alone', async () => {
  const { files } = await buildFiles('ipset', TIERS);
  const rules = (name: string) => (files.get(name) ?? '').split('\n').filter((line) => !line.startsWith('#'));
  expect(rules('refang.ip6tables')).toEqual(
    rules('refang.iptables').map((line) => line.replace(/(--match-set \w+)4 /, '$16 ')),
  );
  expect(rules('refang.iptables').join('\n')).toBe(`*filter
:REFANG_BLOCK - [0:0]
:REFANG_WATCH - [0:0]
:REFANG_SOURCE - [0:0]
:REFANG_DESTINATION - [0:0]
-A REFANG_BLOCK -m limit --limit 10/second -j LOG --log-prefix "refang block: "
-A REFANG_BLOCK -j DROP
-A REFANG_WATCH -m limit --limit 10/second -j LOG --log-prefix "refang watch: "
-A REFANG_WATCH -j RETURN
-A REFANG_SOURCE -m set --match-set refang_block4 src -g REFANG_BLOCK
-A REFANG_SOURCE -m set --match-set refang_block_ports4 src,src -g REFANG_BLOCK
-A REFANG_SOURCE -m set --match-set refang_watch4 src -g REFANG_WATCH
-A REFANG_SOURCE -m set --match-set refang_watch_ports4 src,src -g REFANG_WATCH
-A REFANG_DESTINATION -m set --match-set refang_block4 dst -g REFANG_BLOCK
-A REFANG_DESTINATION -m set --match-set refang_block_ports4 dst,dst -g REFANG_BLOCK
-A REFANG_DESTINATION -m set --match-set refang_watch4 dst -g REFANG_WATCH
-A REFANG_DESTINATION -m set --match-set refang_watch_ports4 dst,dst -g REFANG_WATCH
COMMIT
`);
});

test.each([
  ['192.0.2.10', 'emitted (block)'],
  ['203.0.113.17-203.0.113.19', 'emitted (block)'],
  ['[2001:db8::77]:443', 'emitted (block)'],
  ['192.0.2.99', 'emitted status (watch)'],
  ['192.0.2.98', 'emitted confidence (watch)'],
  ['192.0.2.97', 'withheld revoked'],
  ['host.example:443', 'unsupported a packet filter sees addresses, not names'],
  ['b.example', 'unsupported a packet filter sees addresses, not names'],
  ['http://192.0.2.1/a', 'unsupported a packet filter sees addresses and ports alone'],
])('%s is %s', async (value, fate) => {
  expect(await (await buildFiles('ipset', TIERS)).fateOf(value)).toBe(fate);
});

test('every address is refused, even in two accepted halves', async () => {
  const cwd = folderWith({
    'refang.yaml': NO_BUDGETS,
    'indicators.yaml': `${HEAD}  - cidr: [0.0.0.0/1, 128.0.0.0/1]\n`,
  });
  const { session } = await build({ cwd, out: 'out', targets: ['ipset'], asOf: '2026-01-01' });
  expect(
    session.diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message),
  ).toEqual(['`ipset` cannot write a value: here stands a canonical address or a network, not all of them']);
});

const MINE = `iptables -N MINE; iptables -A MINE -s 192.0.2.7 -j ACCEPT
iptables -A INPUT -j MINE; iptables -A FORWARD -p tcp --dport 25 -j DROP
ipset create mine hash:ip; ipset add mine 192.0.2.7
`;
const legacy = ['', '6'].every((family) => findProgram(`ip${family}tables-legacy-restore`));

describe.each(legacy ? (['', 'legacy'] as const) : ([''] as const))('loaded by iptables (%s)', (kind) => {
  iptablesTest('again and again, sets and chains are there once, and others are left alone', async () => {
    const { folder } = await buildFiles('ipset', TIERS);
    const saved = (times: number) =>
      inNamespace(
        folder,
        `${MINE}${'sh ./refang.sh\n'.repeat(times)}
iptables-save | grep -v '^#'; ip6tables-save | grep -v '^#'
ipset list -n | sort; ipset list refang_block4 | sed -n '/^Members/,$p' | sort`,
        kind,
      );
    const once = await saved(1);
    for (const jump of [
      'INPUT -j REFANG_SOURCE',
      'OUTPUT -j REFANG_DESTINATION',
      'FORWARD -j REFANG_SOURCE',
      'FORWARD -j REFANG_DESTINATION',
    ])
      expect(once.split(`-A ${jump}\n`), jump).toHaveLength(3);
    for (const own of [
      '-A INPUT -j MINE',
      '-A MINE -s 192.0.2.7/32 -j ACCEPT',
      '-A FORWARD -p tcp -m tcp --dport 25 -j DROP',
    ])
      expect(once.split(`${own}\n`), own).toHaveLength(2);
    expect(once).toContain('\nmine\n');
    expect(once).not.toContain('_new');
    expect(once).toMatch(/Members:\n/);
    for (const element of ['192.0.2.10', '198.51.100.0/25', '203.0.113.17', '203.0.113.18/31'])
      expect(once).toContain(`\n${element}\n`);
    expect(await saved(3)).toBe(once);
  });

  iptablesTest('a jump that the user has moved stays where it is', async () => {
    const { folder } = await buildFiles('ipset', TIERS);
    const rules = await inNamespace(
      folder,
      `sh ./refang.sh
iptables -D INPUT -j REFANG_SOURCE
iptables -A INPUT -i lo -j ACCEPT
iptables -A INPUT -j REFANG_SOURCE
sh ./refang.sh
iptables-save | grep '^-A INPUT'`,
      kind,
    );
    expect(rules).toBe('-A INPUT -i lo -j ACCEPT\n-A INPUT -j REFANG_SOURCE\n');
  });

  iptablesTest('a file of sets that cannot be read changes nothing', async () => {
    const { folder, files } = await buildFiles('ipset', TIERS);
    const broken = (files.get('refang.ipset') as string)
      .replace('192.0.2.10/32', '192.0.2.11/32')
      .replace('203.0.113.77,udp:8443', 'nonsense');
    writeFileSync(join(folder, 'broken.ipset'), broken);
    const members = await inNamespace(
      folder,
      `sh ./refang.sh
! ipset restore <broken.ipset 2>/dev/null
ipset list refang_block4 | sed -n '/^Members/,$p' | sort
sh ./refang.sh; ipset list -n | grep _new || true`,
      kind,
    );
    expect(members).toContain('192.0.2.10\n');
    expect(members).not.toContain('192.0.2.11');
    expect(members).not.toContain('_new');
  });

  iptablesTest('one address less is gone after the next load', async () => {
    const { folder } = await buildFiles('ipset', '  - ip: [192.0.2.1, 192.0.2.9]\n');
    const next = await buildFiles('ipset', '  - ip: 192.0.2.9\n');
    const script = `sh ./refang.sh; sh ${join(next.folder, 'refang.sh')}; ipset save refang_block4 | grep ^add`;
    expect(await inNamespace(folder, script, kind)).toBe('add refang_block4 192.0.2.9\n');
  });

  iptablesTest('what the README says installs it and removes it again', async () => {
    const { folder } = await buildFiles('ipset', TIERS);
    const blocks = [...README.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
    expect(blocks).toHaveLength(2);
    const all = 'iptables-save | grep -ic refang || true; ipset list -n | wc -l';
    const [install, remove] = blocks as [string, string];
    const [rules, sets, noRules, noSets] = (
      await inNamespace(folder, `{ ${install} } >/dev/null\n${all}\n${remove}\n${all}`, kind)
    )
      .trim()
      .split('\n')
      .map(Number);
    expect([rules, sets]).toEqual([20, 8]);
    expect([noRules, noSets]).toEqual([0, 0]);
  });
});

iptablesTest('loads without any address', async () => {
  const { folder, files } = await buildFiles('ipset', '  - domain: host.example\n');
  expect(elementsOf({ files })).toEqual({});
  expect((await iptables.load([join(folder, 'refang.sh')])).problems).toEqual([]);
});

iptablesTest('no text of a report or publisher becomes a command, however long', async () => {
  // ipset goes on after the first 1,023 bytes of a line as if it were the next one, iptables-restore after 10,239.
  const long = `${'x'.repeat(20_000)}\ncreate evil hash:ip`;
  const commands = Array.from({ length: 1200 }, () => 'create evil hash:ip ').join('');
  const cwd = folderWith({
    'refang.yaml': `publisher: {name: ${JSON.stringify('Evil\u2028$(touch evil) `touch evil`\\\ntouch evil')}}\n`,
    'indicators.yaml': `refang: 1
reports:
  a: {title: ${JSON.stringify(commands)}, author: ${JSON.stringify('é'.repeat(600))}, published: 2025-01-15, url: ${JSON.stringify(`https://www.example.com/${'a'.repeat(3000)}`)}}
  b: {title: ${JSON.stringify(long)}, author: "\\n-A INPUT -j DROP", published: 2025-01-15}
indicators:
  - {hash: 00112233445566778899aabbccddeeff, report: [a, b], status: active, confidence: 90, severity: high, tlp: clear}
`,
  });
  const { session } = await build({ cwd, out: 'out', targets: ['ipset'], asOf: '2026-01-01' });
  expect(session.failed).toBeUndefined();
  const folder = join(cwd, 'out/ipset');
  for (const name of ['refang.ipset', 'refang.iptables', 'refang.ip6tables', 'refang.sh'])
    for (const line of readFileSync(join(folder, name), 'utf8').split('\n'))
      expect(Buffer.byteLength(line)).toBeLessThan(1023);
  const after = await inNamespace(folder, 'sh ./refang.sh; ipset list -n; iptables -S INPUT; ls');
  expect(after).not.toContain('evil');
  expect(after).not.toContain('-A INPUT -j DROP');
});

describe('the option `name`', () => {
  const project = (name: string) =>
    folderWith({
      'refang.yaml': `targets: [{name: ipset, options: {name: ${name}}}]\n`,
      'indicators.yaml': HEAD + TIERS,
    });

  iptablesTest('names the sets and chains, as long as it may be', async () => {
    const cwd = project('refang_edge_22');
    await build({ cwd, out: 'out', asOf: '2026-01-01' });
    const folder = join(cwd, 'out/ipset');
    expect((await iptables.load([join(folder, 'refang.sh')])).problems).toEqual([]);
    const listed = await inNamespace(folder, 'sh ./refang.sh; sh ./refang.sh; ipset list -n; iptables-save');
    expect(listed).toContain('refang_edge_22_watch_ports6\n');
    expect(listed.match(/-A INPUT -j REFANG_EDGE_22_SOURCE\n/g)).toHaveLength(1);
    expect(listed).toContain('--log-prefix "refang_edge_22 block: "');
  });

  test.each(['mine', 'refang-x', 'refang_edge_222', '"refang; reboot"', 'Refang'])(
    'cannot be %s',
    async (name) => {
      const { session } = await build({ cwd: project(name), out: 'out', asOf: '2026-01-01' });
      expect(session.diagnostics.map(({ code }) => code)).toEqual(['RF502']);
    },
  );
});
