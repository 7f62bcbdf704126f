import { describe, expect, test } from 'vitest';
import { nftables, readMessages } from '../../../../compiler/prove/engines/packet-filters/nftables.ts';
import { engineTest } from '../../../engines/require.ts';
import { writeFiles } from '../../files.ts';

const nftablesTest = await engineTest('nftables');

const table = (elements: string, flags = ' flags interval; auto-merge;') => [
  'table inet refang',
  'delete table inet refang',
  'table inet refang {',
  `  set block4 { type ipv4_addr;${flags}`,
  `    elements = { ${elements} }`,
  '  }',
  '  chain output { type filter hook output priority -10; policy accept;',
  '    ip daddr @block4 counter drop',
  '  }',
  '}',
];

describe('nftables', () => {
  nftablesTest('takes a table with sets and chains', async () => {
    const report = await nftables.load(writeFiles({ 'a.nft': table('192.0.2.1, 198.51.100.0/24') }));
    expect(report).toMatchObject({ engine: 'nftables', ok: true, problems: [] });
    expect(report.version).toMatch(/^\d+\.\d+/);
  });

  const cases = [
    [
      'overlapping elements without auto-merge',
      table('192.0.2.0/24, 192.0.2.9', ' flags interval;'),
      5,
      /conflicting intervals/,
    ],
    ['a network in a set of addresses', table('192.0.2.0/24', ''), 5, /interval/],
    ['an empty list of elements', table(''), 5, /syntax error/],
    ['a chain that never ends', table('192.0.2.1').slice(0, -1), 10, /unexpected end of file/],
    [
      'a set that does not exist',
      table('192.0.2.1').map((line) => line.replace('@block4', '@nope')),
      8,
      /nope|No such file/,
    ],
  ] as const;
  for (const [title, lines, line, message] of cases) {
    nftablesTest(`refuses ${title}, with its line`, async () => {
      const [file] = writeFiles({ 'bad.nft': lines });
      const report = await nftables.load([file as string]);
      expect(report.ok).toBe(false);
      expect(report.problems[0]).toMatchObject({ file, line, severity: 'error' });
      expect(report.problems[0]?.message).toMatch(message);
    });
  }

  nftablesTest('never asks DNS for a name among addresses', async () => {
    const [file] = writeFiles({ 'name.nft': table('host.example') });
    const report = await nftables.load([file as string]);
    expect(report.problems[0]).toMatchObject({ file, line: 5, severity: 'error' });
    expect(report.problems[0]?.message).toMatch(/resolve/);
  });
});

test('what nft says of a file that is too long for an ordinary user is told with what to do', () => {
  const said = 'netlink: Error: Could not process rule: Message too long\n';
  expect(readMessages(said, '/out/refang.nft')).toEqual([
    {
      file: '/out/refang.nft',
      severity: 'error',
      message:
        'nft could not hand it to the kernel: in the namespace of an ordinary user a message is no longer than ' +
        '`net.core.wmem_default`, by default some 5,000 addresses. Prove it as root, or raise that with sysctl',
    },
  ]);
});
