import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Kind } from '../../../../compiler/indicators/kind.ts';
import type { Case } from '../../../../compiler/prove/behaviour.ts';
import { nftables } from '../../../../compiler/prove/engines/packet-filters/nftables.ts';
import { findProgram, packageFolder, run } from '../../../../compiler/prove/process.ts';
import { engineTest } from '../../../engines/require.ts';
import { writeFiles } from '../../files.ts';

const nftablesTest = await engineTest('nftables');

const CARRIERS = ['output', 'input', 'forward out', 'forward in'].flatMap((direction) => [
  `${direction} TCP`,
  `${direction} UDP`,
]);

/** A small table like ours; its parts are broken by the tests. */
const GOOD = `
table inet refang_test {
  set block4 { type ipv4_addr; flags interval; elements = { 192.0.2.10, 198.51.100.0/25 }; }
  set block6 { type ipv6_addr; flags interval; elements = { 2001:db8::bad:1, 2001:db8:bad::/48 }; }
  set endpoints4 { type ipv4_addr . inet_service; elements = { 203.0.113.77 . 8443 }; }
  set endpoints6 { type ipv6_addr . inet_service; elements = { 2001:db8::77 . 8443 }; }
  set watch4 { type ipv4_addr; flags interval; elements = { 203.0.113.16/29 }; }
  chain block { counter drop; }
  chain watch { limit rate 10/second log prefix "watch "; counter; }
  chain from {
    ip saddr @block4 goto block
    ip6 saddr @block6 goto block
    meta l4proto { tcp, udp } ip saddr . th sport @endpoints4 goto block
    meta l4proto { tcp, udp } ip6 saddr . th sport @endpoints6 goto block
    ip saddr @watch4 goto watch
  }
  chain to {
    ip daddr @block4 goto block
    ip6 daddr @block6 goto block
    meta l4proto { tcp, udp } ip daddr . th dport @endpoints4 goto block
    meta l4proto { tcp, udp } ip6 daddr . th dport @endpoints6 goto block
    ip daddr @watch4 goto watch
  }
  chain input { type filter hook input priority -10; jump from; }
  chain output { type filter hook output priority -10; jump to; }
  chain forward { type filter hook forward priority -10; jump from; jump to; }
}
`;

const caseOf = (kind: Kind, text: string, id = 0): Case => ({ id, kind, text, expect: 'match', about: '' });

/** What is done to packets of each text: one word where it is the same each way, else a word a carrier. */
async function deeds(rules: string, kind: Kind, texts: readonly string[]): Promise<Record<string, unknown>> {
  const cases = texts.map((text, id) => caseOf(kind, text, id));
  const report = await nftables.behave?.({ files: writeFiles({ 'rules.nft': rules }), cases });
  return Object.fromEntries(
    cases.map(({ id, text }) => {
      const seen = report?.observations.filter((observation) => observation.case === id) ?? [];
      const words = Object.fromEntries(
        seen.map(({ carrier, rules: [deed] }) => [carrier, deed ?? 'nothing']),
      );
      const [first] = Object.values(words);
      const alike = seen.length === CARRIERS.length && Object.values(words).every((word) => word === first);
      return [text, alike ? first : words];
    }),
  );
}

const each = (word: (carrier: string) => string) =>
  Object.fromEntries(CARRIERS.map((carrier) => [carrier, word(carrier)]));

describe('nftables, shown packets', () => {
  nftablesTest('tells what is dropped, counted and left alone, each way', async () => {
    expect(
      await deeds(GOOD, 'ip', ['192.0.2.10', '192.0.2.9', '192.0.2.11', '203.0.113.16', '203.0.113.24']),
    ).toEqual({
      '192.0.2.10': 'drop',
      '192.0.2.9': 'nothing',
      '192.0.2.11': 'nothing',
      '203.0.113.16': 'count',
      '203.0.113.24': 'nothing',
    });
    const networks = ['198.51.100.0', '198.51.100.127', '198.51.100.128', '2001:db8:bad::', '2001:db8:bae::'];
    expect(await deeds(GOOD, 'cidr', networks)).toEqual({
      '198.51.100.0': 'drop',
      '198.51.100.127': 'drop',
      '198.51.100.128': 'nothing',
      '2001:db8:bad::': 'drop',
      '2001:db8:bae::': 'nothing',
    });
  });

  nftablesTest('shows endpoints with their port at the listed side', async () => {
    const texts = ['203.0.113.77:8443', '203.0.113.77:8444', '[2001:db8::77]:8443', '[2001:db8::77]:443'];
    expect(await deeds(GOOD, 'endpoint', texts)).toEqual({
      '203.0.113.77:8443': 'drop',
      '203.0.113.77:8444': 'nothing',
      '[2001:db8::77]:8443': 'drop',
      '[2001:db8::77]:443': 'nothing',
    });
  });

  const faults: readonly (readonly [string, string, string, string, Kind, string, unknown])[] = [
    [
      'a network that is too wide',
      '198.51.100.0/25',
      '198.51.100.0/24',
      '198.51.100.128',
      'cidr',
      '',
      'drop',
    ],
    [
      'a network that is too narrow',
      '198.51.100.0/25',
      '198.51.100.0/26',
      '198.51.100.127',
      'cidr',
      '',
      'nothing',
    ],
    [
      'a range that ends one too early',
      '203.0.113.16/29',
      '203.0.113.16-203.0.113.22',
      '203.0.113.23',
      'cidr',
      '',
      'nothing',
    ],
    ['the first address alone', '198.51.100.0/25', '198.51.100.0', '198.51.100.1', 'cidr', '', 'nothing'],
    [
      'a drop in watch',
      'log prefix "watch "; counter;',
      'log prefix "watch "; counter drop;',
      '203.0.113.17',
      'ip',
      '',
      'drop',
    ],
    [
      'a watch that does not count',
      'limit rate 10/second log prefix "watch "; counter;',
      'accept;',
      '203.0.113.17',
      'ip',
      '',
      'nothing',
    ],
    ['a block that does not drop', 'counter drop;', 'counter;', '192.0.2.10', 'ip', '', 'count'],
    ['a block that answers', 'counter drop;', 'counter reject;', '192.0.2.10', 'ip', '', 'drop'],
    [
      'IPv6 forgotten',
      '{ 2001:db8::bad:1, 2001:db8:bad::/48 }',
      '{ 2001:db8:ffff:: }',
      '2001:db8::bad:1',
      'ip',
      '',
      'nothing',
    ],
    [
      'no output',
      'type filter hook output priority -10; jump to;',
      '',
      '192.0.2.10',
      'ip',
      'output',
      'nothing',
    ],
    [
      'no forward',
      'type filter hook forward priority -10; jump from; jump to;',
      '',
      '192.0.2.10',
      'ip',
      'forward',
      'nothing',
    ],
    [
      'forwarding that looks at the source alone',
      'jump from; jump to;',
      'jump from;',
      '192.0.2.10',
      'ip',
      'forward out',
      'nothing',
    ],
    [
      'TCP alone',
      'meta l4proto { tcp, udp } ip daddr',
      'meta l4proto tcp ip daddr',
      '203.0.113.77:8443',
      'endpoint',
      'out UDP',
      'nothing',
    ],
  ];
  for (const [title, good, faulty, text, kind, where, word] of faults) {
    nftablesTest(`shows ${title}`, async () => {
      const elsewhere = (carrier: string) =>
        carrier.startsWith(where) || (where === 'out UDP' && /out(put)? UDP$/.test(carrier))
          ? String(word)
          : 'drop';
      expect(GOOD).toContain(good);
      const shown = await deeds(GOOD.replace(good, faulty), kind, [text]);
      expect(shown).toEqual({ [text]: where === '' ? word : each(elsewhere) });
    });
  }

  nftablesTest('keeps what the kernel itself never delivers out of the observations', async () => {
    // It takes loopback addresses from itself alone.
    const shown = await deeds(GOOD, 'ip', ['127.0.0.1', '192.0.2.10']);
    expect(shown).toEqual({
      '127.0.0.1': { 'output TCP': 'nothing', 'output UDP': 'nothing' },
      '192.0.2.10': 'drop',
    });
  });

  nftablesTest('sends from other addresses where its own are listed', async () => {
    const rules = GOOD.replace('192.0.2.10,', '192.0.2.10, 198.18.0.0/15,');
    expect(await deeds(rules, 'ip', ['192.0.2.10', '198.18.0.1', '198.18.0.0', '192.0.2.11'])).toEqual({
      '192.0.2.10': 'drop',
      '198.18.0.1': 'drop',
      '198.18.0.0': 'drop',
      '192.0.2.11': 'nothing',
    });
  });

  nftablesTest('refuses rules that leave nothing alone, and rules that do not load', async () => {
    const everything = GOOD.replace('jump from; }', 'drop; }');
    await expect(deeds(everything, 'ip', ['192.0.2.10'])).rejects.toThrow(
      'the rules leave no IPv4 address alone',
    );
    await expect(deeds('table inet x { nonsense', 'ip', ['192.0.2.10'])).rejects.toThrow(
      /rules\.nft:1.*syntax error/,
    );
  });

  nftablesTest('tells deeds, kinds it cannot carry, and how to run it again', async () => {
    const [file] = writeFiles({ 'rules.nft': GOOD });
    const keep = join(file as string, '..', 'kept');
    const cases = [
      caseOf('ip', '192.0.2.10', 0),
      caseOf('domain', 'host.example', 1),
      caseOf('endpoint', 'host.example:443', 2),
    ];
    const report = await nftables.behave?.({ files: [file as string], cases, keep });
    expect(report).toMatchObject({
      engine: 'nftables',
      rules: ['drop', 'count'],
      notCarried: [{ kind: 'domain', why: 'a packet filter sees addresses and ports' }],
      command: expect.stringMatching(/^\S*unshare -r?n \S*python3 \S*packet-filter-behaviour\.py \S*kept$/),
    });
    expect(report?.observations.map(({ case: shown, carrier }) => [shown, carrier])).toEqual(
      CARRIERS.map((carrier) => [0, carrier]),
    );
    expect(JSON.parse(readFileSync(join(keep, 'packets.json'), 'utf8')).packets).toHaveLength(8);
    expect(JSON.parse(readFileSync(join(keep, 'answers.json'), 'utf8')).filtered).toEqual([]);
  });

  const python = findProgram('python3');
  test.skipIf(!python || !findProgram('ip'))(
    'never builds its router beside a network [needs python3 and ip]',
    async () => {
      const [file] = writeFiles({
        'packets.json': JSON.stringify({ nft: 'nft', ip: findProgram('ip'), files: [], packets: [] }),
      });
      const script = join(packageFolder, 'scripts', 'engines', 'packet-filter-behaviour.py');
      const { status, stderr } = await run(python as string, [script, join(file as string, '..')]);
      expect([status, stderr.trim()]).toEqual([
        1,
        'a network is up here: run this in a network namespace of its own',
      ]);
    },
  );
});
