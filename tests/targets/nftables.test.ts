import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { build, explain } from '../../compiler/index.ts';
import { nftables } from '../../compiler/prove/engines/packet-filters/nftables.ts';
import { findProgram, isolation, run } from '../../compiler/prove/process.ts';
import { engineTest } from '../engines/require.ts';
import { folderWith } from '../temporary.ts';

const nftablesTest = await engineTest('nftables');

const HEAD = `refang: 1
reports:
  example: {title: Addresses of the example group, author: Example CERT, published: 2025-01-15, url: https://www.example.com/r}
defaults: {report: example, status: active, confidence: 90, severity: high, tlp: green, allow: {guard: special-use, reason: documentation values, owner: Example CERT}}
indicators:
`;

interface Built {
  cwd: string;
  /** Of refang.nft. */
  path: string;
  text: string;
  fates: unknown;
}

/** Compiles inline YAML for nftables alone, with the settings of `cwd` where there are any. */
async function compile(yaml: string, cwd = folderWith()): Promise<Built> {
  writeFileSync(join(cwd, 'indicators.yaml'), yaml);
  const options = { cwd, files: ['indicators.yaml'], out: 'out', targets: ['nftables'], asOf: '2026-01-01' };
  const report = await build(options);
  expect(report.session.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const path = join(cwd, 'out/nftables/refang.nft');
  return { cwd, path, text: readFileSync(path, 'utf8'), fates: report.fates.get('nftables') };
}

/** The fate of a value of a build, with its tier and reason. */
async function fateOf({ cwd }: Built, value: string) {
  const options = { cwd, files: ['indicators.yaml'], targets: ['nftables'], asOf: '2026-01-01' };
  const { explanations } = await explain({ ...options, value });
  return explanations[0]?.fates[0];
}

/** The elements of each set that has any. */
function elementsOf(text: string): Record<string, string[]> {
  const sets = text.matchAll(/\tset (\w+) \{\n[^}]*?\t\telements = \{\n([^}]*)\t\t\}/g);
  return Object.fromEntries(
    [...sets].map(([, name, elements]) => [name, (elements as string).trim().split(/,\s*/).filter(Boolean)]),
  );
}

/** Loads the file twice into a network namespace that goes away, and lists what is there then. */
async function loadedTwice(path: string): Promise<string> {
  const [unshare, flags] = (await isolation()) as [string, string];
  const script = '"$0" -f "$1" && "$0" -f "$1" && "$0" list ruleset';
  const { status, stdout, stderr } = await run(unshare, [
    flags,
    'sh',
    '-c',
    script,
    findProgram('nft') as string,
    path,
  ]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

test('the file whole', async () => {
  const { text } = await compile(`${HEAD}  - ip: 192.0.2.10
    endpoint: 203.0.113.77:8443
  - {ip: "2001:db8::1", status: historical}
`);
  expect(text).toBe(`#!/usr/sbin/nft -f
# Addresses to block and to watch, by Refang.
# Report: Addresses of the example group (Example CERT, 2025-01-15) https://www.example.com/r

# Replaces the table whole and in one step: declared, so that the first load has something to delete.
table inet refang
delete table inet refang

table inet refang {
	set block4 {
		type ipv4_addr
		flags interval
		auto-merge
		elements = {
			192.0.2.10,
		}
	}

	set block6 {
		type ipv6_addr
		flags interval
		auto-merge
	}

	set block_endpoints4 {
		type ipv4_addr . inet_service
		elements = {
			203.0.113.77 . 8443,
		}
	}

	set block_endpoints6 {
		type ipv6_addr . inet_service
	}

	set watch4 {
		type ipv4_addr
		flags interval
		auto-merge
	}

	set watch6 {
		type ipv6_addr
		flags interval
		auto-merge
		elements = {
			2001:db8::1,
		}
	}

	set watch_endpoints4 {
		type ipv4_addr . inet_service
	}

	set watch_endpoints6 {
		type ipv6_addr . inet_service
	}

	chain block {
		limit rate 10/second log prefix "refang block: "
		counter drop
	}

	chain watch {
		limit rate 10/second log prefix "refang watch: "
		counter
	}

	chain listed_source {
		ip saddr @block4 goto block
		meta l4proto { tcp, udp } ip saddr . th sport @block_endpoints4 goto block
		ip6 saddr @block6 goto block
		meta l4proto { tcp, udp } ip6 saddr . th sport @block_endpoints6 goto block
		ip saddr @watch4 goto watch
		meta l4proto { tcp, udp } ip saddr . th sport @watch_endpoints4 goto watch
		ip6 saddr @watch6 goto watch
		meta l4proto { tcp, udp } ip6 saddr . th sport @watch_endpoints6 goto watch
	}

	chain listed_destination {
		ip daddr @block4 goto block
		meta l4proto { tcp, udp } ip daddr . th dport @block_endpoints4 goto block
		ip6 daddr @block6 goto block
		meta l4proto { tcp, udp } ip6 daddr . th dport @block_endpoints6 goto block
		ip daddr @watch4 goto watch
		meta l4proto { tcp, udp } ip daddr . th dport @watch_endpoints4 goto watch
		ip6 daddr @watch6 goto watch
		meta l4proto { tcp, udp } ip6 daddr . th dport @watch_endpoints6 goto watch
	}

	chain input {
		type filter hook input priority -10; policy accept;
		jump listed_source
	}

	chain output {
		type filter hook output priority -10; policy accept;
		jump listed_destination
	}

	chain forward {
		type filter hook forward priority -10; policy accept;
		jump listed_source
		jump listed_destination
	}
}
`);
});

describe('tiers', () => {
  const TIERS = `${HEAD}  - ip: 192.0.2.1
  - {ip: 192.0.2.3, status: historical}
  - {ip: 192.0.2.5, confidence: 60}
  - {ip: 192.0.2.7, confidence: 70}
  - {ip: 192.0.2.9, expires: 2025-12-31}
  - {ip: 192.0.2.11, status: revoked}
  - {endpoint: "192.0.2.13:443", status: historical}
  - {ip: 192.0.2.15, first_seen: 2026-01-02}
`;

  test('are told by status, confidence and dates', async () => {
    const built = await compile(TIERS);
    expect(elementsOf(built.text)).toEqual({
      block4: ['192.0.2.1', '192.0.2.7'],
      watch4: ['192.0.2.3', '192.0.2.5'],
      watch_endpoints4: ['192.0.2.13 . 443'],
    });
    expect(built.fates).toEqual({ emitted: 5, covered: 0, approximated: 0, withheld: 3, unsupported: 0 });
  });

  test.each([
    ['192.0.2.1', { fate: 'emitted', tier: 'block' }],
    ['192.0.2.3', { fate: 'emitted', tier: 'watch' }],
    ['192.0.2.5', { fate: 'emitted', tier: 'watch' }],
    ['192.0.2.9', { fate: 'withheld', reason: 'expired' }],
    ['192.0.2.11', { fate: 'withheld', reason: 'revoked' }],
    ['192.0.2.13:443', { fate: 'emitted', tier: 'watch' }],
    ['192.0.2.15', { fate: 'withheld', reason: 'not-yet-valid' }],
  ])('%s is %j', async (value, fate) => {
    expect(await fateOf(await compile(TIERS), value)).toMatchObject({ target: 'nftables', ...fate });
  });

  test('a blocked network covers what would be watched in it, a watched one nothing that is blocked', async () => {
    const built = await compile(`${HEAD}  - cidr: 198.51.100.0/24
    ip: [198.51.100.7, 203.0.113.5]
  - {ip: 198.51.100.9, cidr: 203.0.113.0/24, status: historical}
`);
    expect(elementsOf(built.text)).toEqual({
      block4: ['198.51.100.0/24', '203.0.113.5'],
      watch4: ['203.0.113.0/24'],
    });
    for (const value of ['198.51.100.7', '198.51.100.9'])
      expect(await fateOf(built, value)).toMatchObject({
        fate: 'covered',
        by: '198.51.100.0/24',
        tier: 'block',
      });
  });
});

describe('elements', () => {
  test.each([
    ['neighbours', ['192.0.2.0', '192.0.2.1', '192.0.2.2'], { block4: ['192.0.2.0-192.0.2.2'] }],
    ['two halves', ['192.0.2.0/25', '192.0.2.128/25'], { block4: ['192.0.2.0/24'] }],
    [
      'overlapping ranges',
      ['192.0.2.1-192.0.2.9', '192.0.2.5-192.0.2.20'],
      { block4: ['192.0.2.1-192.0.2.20'] },
    ],
    ['a hole', ['192.0.2.1', '192.0.2.3'], { block4: ['192.0.2.1', '192.0.2.3'] }],
    ['a range that is a network', ['203.0.113.16-203.0.113.23'], { block4: ['203.0.113.16/29'] }],
    [
      'both families',
      ['2001:db8::2', '192.0.2.1', '2001:db8::3', '2001:db8:1::/48'],
      { block4: ['192.0.2.1'], block6: ['2001:db8::2/127', '2001:db8:1::/48'] },
    ],
    ['an IPv4-mapped address', ['::ffff:192.0.2.1'], { block4: ['192.0.2.1'] }],
    ['addresses by number', ['192.0.2.100', '192.0.2.20'], { block4: ['192.0.2.20', '192.0.2.100'] }],
  ])('%s', async (_, values, elements) => {
    const list = values.map((value) => `"${value}"`).join(', ');
    const { text } = await compile(`${HEAD}  - cidr: [${list}]\n`);
    expect(elementsOf(text)).toEqual(elements);
  });

  test('endpoints keep address and port together, IPv6 without brackets', async () => {
    const { text } = await compile(
      `${HEAD}  - endpoint: ["[2001:db8::1]:443", "192.0.2.1:80", "192.0.2.1:81"]\n`,
    );
    expect(elementsOf(text)).toEqual({
      block_endpoints4: ['192.0.2.1 . 80', '192.0.2.1 . 81'],
      block_endpoints6: ['2001:db8::1 . 443'],
    });
  });

  test('what is no address is unsupported', async () => {
    const built = await compile(`${HEAD}  - domain: host.example
    endpoint: host.example:443
    url: http://192.0.2.1/a
    hash: ${'ab'.repeat(16)}
`);
    expect(built.fates).toEqual({ emitted: 0, covered: 0, approximated: 0, withheld: 0, unsupported: 4 });
    for (const value of ['host.example', 'host.example:443']) {
      expect((await fateOf(built, value))?.reason).toBe('a packet filter sees addresses, not names');
    }
    expect(elementsOf(built.text)).toEqual({});
  });

  test('one more address is one more line', async () => {
    const before = await compile(`${HEAD}  - ip: [192.0.2.1, 192.0.2.9]\n`);
    const after = await compile(`${HEAD}  - ip: [192.0.2.1, 192.0.2.5, 192.0.2.9]\n`);
    const lines = before.text.split('\n');
    expect(after.text.split('\n').filter((line) => !lines.includes(line))).toEqual(['\t\t\t192.0.2.5,']);
    expect(after.text.split('\n')).toHaveLength(lines.length + 1);
  });
});

describe('nft', () => {
  nftablesTest('loads a table of everything, and loads it again over itself', async () => {
    const { path } =
      await compile(`${HEAD}  - cidr: [198.51.100.0/25, 203.0.113.1-203.0.113.9, "2001:db8:1::/48"]
    ip: [192.0.2.10, "2001:db8::1"]
    endpoint: ["192.0.2.20:443", "[2001:db8::2]:443"]
  - cidr: [198.51.100.128/26, "2001:db8:2::/48"]
    endpoint: ["192.0.2.30:443", "[2001:db8::3]:443"]
    status: historical
`);
    const listing = await loadedTwice(path);
    expect(listing.match(/^table /gm)).toHaveLength(1);
    for (const element of [
      '203.0.113.1-203.0.113.9',
      '2001:db8:1::/48',
      '192.0.2.20 . 443',
      '2001:db8::3 . 443',
      '198.51.100.128/26',
    ]) {
      expect(listing.split(element), element).toHaveLength(2);
    }
  });

  nftablesTest('loads a table without any address', async () => {
    const { path } = await compile(`${HEAD}  - domain: host.example\n`);
    expect((await nftables.load([path])).problems).toEqual([]);
    expect(await loadedTwice(path)).toContain('chain forward');
  });

  nftablesTest('loads the text of hostile reports as comments', async () => {
    const cwd = folderWith();
    const name = 'Evil" \\\\ { CERT } $x';
    writeFileSync(join(cwd, 'refang.yaml'), `publisher: {name: ${JSON.stringify(`${name}\u2028y`)}}\n`);
    const title = 'x"; drop; }\n}\ndelete table inet filter # \\';
    const { path, text } = await compile(
      `refang: 1
reports:
  b: {title: ${JSON.stringify(title)}, author: ${JSON.stringify('\u202e$HOME`id`\\')}, published: 2025-01-15, url: 'https://www.example.com/"$x'}
indicators:
  - {ip: 192.0.2.1, report: b, status: active, confidence: 90, severity: high, tlp: clear, allow: {guard: special-use, reason: documentation values, owner: Example CERT}}
`,
      cwd,
    );
    const comments = text.split('\n').slice(1, 3);
    expect(comments).toEqual([
      "# Addresses to block and to watch, by Evil' // { CERT } _x y.",
      "# Report: x'; drop; } } delete table inet filter # / (_HOME`id`/, 2025-01-15) https://www.example.com/'_x",
    ]);
    expect((await nftables.load([path])).problems).toEqual([]);
    expect((await loadedTwice(path)).match(/^table .*/gm)).toEqual(['table inet refang {']);
  });
});

describe('the option `table`', () => {
  const settings = (table: string) => `targets: [{name: nftables, options: {table: ${table}}}]\n`;

  nftablesTest('names the table and what is logged', async () => {
    const cwd = folderWith();
    writeFileSync(join(cwd, 'refang.yaml'), settings('refang_edge_2'));
    const { path, text } = await compile(`${HEAD}  - ip: 192.0.2.1\n`, cwd);
    expect(text).toContain('log prefix "refang_edge_2 block: "');
    expect((await loadedTwice(path)).match(/^table .*/gm)).toEqual(['table inet refang_edge_2 {']);
  });

  test.each(['filter', 'drop', 'refang-x', '"refang { }"', 'Refang'])(
    'cannot be %s, whose table might be in use',
    async (table) => {
      const cwd = folderWith();
      writeFileSync(join(cwd, 'refang.yaml'), settings(table));
      writeFileSync(join(cwd, 'indicators.yaml'), `${HEAD}  - ip: 192.0.2.1\n`);
      const report = await build({ cwd, out: 'out', targets: ['nftables'], asOf: '2026-01-01' });
      expect(report.session.failed).toBe('configuration');
      expect(report.session.diagnostics.map(({ code }) => code)).toEqual(['RF502']);
    },
  );
});
