/**
 * Aerleon makes rules for many firewalls of one list of networks, as we do. Of the same networks its nftables, ipset and
 * pf files and ours hold the same addresses, not one more or less. What else differs is left out of the comparison:
 *
 *  - Aerleon writes networks as they are given, also those that touch or lie in others; ours are merged. So the two are
 *    compared as the fewest networks that hold all their addresses, and those with what the lists' own publisher merged.
 *  - Its rules stand in chains whose policy decides about all other packets (nftables: drop). Ours leave them alone.
 *  - Its file for ipset declares sets of the size needed today, so it can be loaded once; ours can be loaded again.
 *  - It knows no ranges `a-b`.
 */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { build } from '../../compiler/index.ts';
import { enginesFolder, run } from '../../compiler/prove/process.ts';
import { ACCEPT_ALL, NO_BUDGETS } from '../accepted.ts';
import { dataLines, hasData } from '../indicators/tables.ts';
import { folderWith } from '../temporary.ts';
import { addressesIn, merged } from './addresses-in.ts';

const ACLGEN = join(enginesFolder, 'venv/bin/aclgen');

/** A term a family, since its ipset rules know one only. */
const POLICY = `filters:
  - header: {targets: {nftables: mixed output, packetfilter: listed mixed out}}
    terms: [{name: listed, destination-address: LISTED, action: deny}]
  - header: {targets: {ipset: OUTPUT ACCEPT inet}}
    terms: [{name: listed, destination-address: LISTED, action: deny}]
  - header: {targets: {ipset: OUTPUT ACCEPT inet6}}
    terms: [{name: listed, destination-address: LISTED, action: deny}]
`;

interface Lists {
  nftables: string[];
  ipset: string[];
  pf: string[];
}

async function byAerleon(networks: readonly string[]): Promise<Lists> {
  const values = networks.map((network) => `      - address: ${network}\n`).join('');
  const folder = folderWith({
    'definitions/networks.yaml': `networks:\n  LISTED:\n    values:\n${values}`,
    'policies/listed.yaml': POLICY,
    'out/.keep': '',
  });
  const at = (name: string) => join(folder, name);
  const { status, stderr } = await run(ACLGEN, [
    ...['--base_directory', at('policies'), '--policy_file', at('policies/listed.yaml')],
    ...['--definitions_directory', at('definitions'), '--output_directory', at('out')],
  ]);
  expect(status, stderr).toBe(0);
  const read = (name: string) =>
    addressesIn(readFileSync(at(`out/listed.${name}`), 'utf8').replaceAll('\\\n', ' '));
  return { nftables: read('nft'), ipset: read('ips'), pf: read('pf') };
}

async function byRefang(networks: readonly string[]): Promise<Lists> {
  const cwd = folderWith({
    'refang.yaml': NO_BUDGETS,
    'indicators.yaml': `refang: 1
defaults:
  status: active
  confidence: 90
  severity: high
  tlp: clear
  allow: ${ACCEPT_ALL}
indicators:
  - cidr: |
${networks.map((network) => `      ${network}\n`).join('')}`,
  });
  const targets = ['nftables', 'ipset', 'pf'];
  const { session, fates } = await build({ cwd, out: 'out', targets, asOf: '2026-01-01' });
  expect(session.failed).toBeUndefined();
  for (const target of targets) expect(fates.get(target)).toMatchObject({ withheld: 0, unsupported: 0 });
  const read = (name: string) => addressesIn(readFileSync(join(cwd, 'out', name), 'utf8'));
  return {
    nftables: read('nftables/refang.nft'),
    ipset: read('ipset/refang.ipset'),
    pf: read('pf/refang-block.txt'),
  };
}

/** The addresses and networks of examples/all-kinds.yaml, the range as the network that it is. */
const ALL_KINDS = [
  '192.0.2.10/32',
  '198.51.100.0/25',
  '203.0.113.16/29',
  '2001:db8::bad:1/128',
  '2001:db8:bad::/48',
];

const LISTS: readonly (readonly [string, () => { networks: string[]; expected: string[] }])[] = [
  ['the addresses of the example', () => ({ networks: ALL_KINDS, expected: ALL_KINDS })],
  [
    'networks that lie in each other and touch',
    () => ({
      networks: [
        '10.0.0.0/9',
        '10.128.0.0/9',
        '10.1.2.3/32',
        '2001:db8::/33',
        '2001:db8:8000::/33',
        '192.0.2.255/32',
      ],
      expected: ['10.0.0.0/8', '192.0.2.255/32', '2001:db8::/32'],
    }),
  ],
  ...['github-ipv4', 'amazon-ipv6', 'microsoft-ipv4'].map(
    (name) =>
      [
        `${name}.txt`,
        () => ({
          networks: dataLines(`cidr-merge/${name}.txt`),
          expected: merged(dataLines(`cidr-merge/${name}-merged.txt`)),
        }),
      ] as const,
  ),
];

describe.each(LISTS)('%s', (name, listsOf) => {
  const missing = name.endsWith('.txt') && !hasData ? 'the public data' : undefined;
  const ours = test.skipIf(missing !== undefined);

  ours(`are the networks that are expected${missing ? ` [needs ${missing}]` : ''}`, async () => {
    const { networks, expected } = listsOf();
    const { nftables, ipset, pf } = await byRefang(networks);
    // As they are written: nothing is left to merge. nftables alone is given ranges.
    expect(ipset).toEqual(expected);
    expect(pf).toEqual(expected);
    expect(merged(nftables)).toEqual(expected);
    expect(nftables.length).toBeLessThanOrEqual(expected.length);
  });

  const absent = missing ?? (existsSync(ACLGEN) ? undefined : 'aerleon: run scripts/install-engines.sh');
  test.skipIf(absent !== undefined)(`are those of Aerleon${absent ? ` [needs ${absent}]` : ''}`, async () => {
    const { networks, expected } = listsOf();
    const theirs = await byAerleon(networks);
    for (const [format, listed] of Object.entries(theirs)) {
      expect(merged(listed), format).toEqual(expected);
      expect(listed.length, format).toBeGreaterThanOrEqual(expected.length);
    }
  });
});
