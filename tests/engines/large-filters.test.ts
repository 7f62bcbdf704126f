/** A real list of 120,000 addresses, and networks, through all packet filters at once, against the programs themselves. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuildReport, build } from '../../compiler/index.ts';
import { iptables } from '../../compiler/prove/engines/packet-filters/iptables.ts';
import { nftables } from '../../compiler/prove/engines/packet-filters/nftables.ts';
import { findProgram, isolation, run } from '../../compiler/prove/process.ts';
import { ACCEPT_ALL, NO_BUDGETS } from '../accepted.ts';
import { dataLines, hasData } from '../indicators/tables.ts';
import { parsePfRules, parsePfTable } from '../targets/parsers/pf.ts';
import { parseRouterOs } from '../targets/parsers/routeros.ts';
import { addressesIn, sizeOf } from './addresses-in.ts';
import { engineTest } from './require.ts';

const COUNT = 120_000;
const ENDPOINTS = 1000;
const NEEDED = hasData ? '' : ' [needs the public data]';

const cwd = mkdtempSync(join(tmpdir(), 'refang-large-'));
const block: string[] = [];
const watch: string[] = [];
let report: BuildReport;

/** Addresses and IPv6 networks to block, IPv4 networks to watch, some of them around what is blocked. */
function indicators(): string {
  const scored = dataLines('lists/ipsum-ips-scored.txt').slice(0, COUNT);
  block.push(...scored.map((line) => line.split('\t')[0] as string));
  expect(block).toHaveLength(COUNT);
  const endpoints = block.slice(0, ENDPOINTS).map((address) => `${address}:8443`);
  block.push(...dataLines('cidr-merge/amazon-ipv6.txt'));
  watch.push(...dataLines('cidr-merge/github-ipv4.txt'));
  const pasted = (values: readonly string[]) => values.map((value) => `      ${value}\n`).join('');
  return `refang: 1
defaults:
  status: active
  confidence: 90
  severity: high
  tlp: clear
  allow: ${ACCEPT_ALL}
indicators:
  - cidr: |
${pasted(block)}  - endpoint: |
${pasted(endpoints)}  - status: historical
    cidr: |
${pasted(watch)}`;
}

beforeAll(async () => {
  if (!hasData) return;
  writeFileSync(join(cwd, 'indicators.yaml'), indicators());
  writeFileSync(join(cwd, 'refang.yaml'), NO_BUDGETS);
  const targets = ['nftables', 'ipset', 'pf', 'mikrotik'];
  report = await build({ cwd, out: 'out', targets, asOf: '2026-01-01' });
  expect(report.session.failed).toBeUndefined();
});

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const pathOf = (name: string) => join(cwd, 'out', name);
const read = (name: string) => readFileSync(pathOf(name), 'utf8');

/** Loads a file into a namespace that goes away, and answers with what a script says there then. */
async function loaded(script: string, ...args: readonly string[]): Promise<string> {
  const [unshare = '', ...flags] = (await isolation()) as readonly string[];
  const { status, stdout, stderr } = await run(unshare, [...flags, 'sh', '-c', `set -e\n${script}`, ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

/**
 * What is blocked is just what is listed so. A watched network that lies in a blocked one is covered, so the watched
 * addresses are looked for in both together.
 */
function expectAddresses(blocked: readonly string[], watched: readonly string[]): void {
  expect(sizeOf(blocked)).toBe(sizeOf(block));
  expect(sizeOf([...blocked, ...watched])).toBe(sizeOf([...block, ...watch]));
  // No entry overlaps another.
  for (const tier of [blocked, watched])
    expect(tier.reduce((sum, entry) => sum + sizeOf([entry]), 0n)).toBe(sizeOf(tier));
}

describe.skipIf(!hasData)(`120,000 addresses${NEEDED}`, async () => {
  const nftablesTest = await engineTest('nftables');
  const iptablesTest = await engineTest('iptables');

  test('have a fate each, in every target', () => {
    expect(report.fates.size).toBe(4);
    const sums = [...report.fates.values()].map((fates) =>
      Object.values(fates).reduce((sum, one) => sum + one, 0),
    );
    expect(new Set(sums).size).toBe(1);
    for (const [target, { emitted, covered, approximated, withheld, unsupported }] of report.fates) {
      expect([approximated, withheld], target).toEqual([0, 0]);
      expect(unsupported, target).toBe(target === 'mikrotik' ? ENDPOINTS : 0);
      expect(emitted + covered + unsupported, target).toBe(sums[0]);
      expect(emitted, target).toBeGreaterThan(COUNT);
    }
  });

  nftablesTest('are what nft holds once it has loaded them', async () => {
    expect((await nftables.load([pathOf('nftables/refang.nft')])).problems).toEqual([]);
    const set = (name: string) => `"$0" list set inet refang ${name}; echo ---`;
    const names = ['block4', 'block6', 'watch4', 'watch6', 'block_endpoints4'];
    const said = await loaded(
      `"$0" -f "$1"; ${names.map(set).join('; ')}`,
      findProgram('nft') as string,
      pathOf('nftables/refang.nft'),
    );
    const [block4 = [], block6 = [], watch4 = [], watch6 = [], endpoints = []] = said
      .split('---')
      .map(addressesIn);
    expectAddresses([...block4, ...block6], [...watch4, ...watch6]);
    expect(endpoints).toHaveLength(ENDPOINTS);
  });

  iptablesTest('are what ipset holds once it has loaded them, and then again', async () => {
    expect((await iptables.load([pathOf('ipset/refang.sh')])).problems).toEqual([]);
    const script = `sh "$1"; sh "$1"; "$0" save`;
    const said = await loaded(script, findProgram('ipset') as string, pathOf('ipset/refang.sh'));
    const elements = (set: string) =>
      Array.from(
        said.matchAll(new RegExp(`^add refang_${set} (\\S+)$`, 'gm')),
        ([, element]) => element as string,
      );
    expectAddresses(
      [...elements('block4'), ...elements('block6')],
      [...elements('watch4'), ...elements('watch6')],
    );
    expect(elements('block_ports4')).toHaveLength(2 * ENDPOINTS);
    expect(said.match(/^add /gm)).toHaveLength(read('ipset/refang.ipset').match(/^add /gm)?.length as number);
  });

  test('are in the tables of pf', () => {
    const [blocked, watched] = ['block', 'watch'].map((tier) => parsePfTable(read(`pf/refang-${tier}.txt`)));
    expect([blocked?.problems, watched?.problems]).toEqual([[], []]);
    expectAddresses(blocked?.entries ?? [], watched?.entries ?? []);
    const { rules, problems } = parsePfRules(read('pf/refang.conf'));
    expect(problems).toEqual([]);
    expect(rules).toHaveLength(4 + 2 * ENDPOINTS);
  });

  test('are in the lists of RouterOS', () => {
    const scripts = ['4', '6'].map((family) => parseRouterOs(read(`mikrotik/refang-ipv${family}.rsc`)));
    expect(scripts.flatMap(({ problems }) => problems)).toEqual([]);
    const entries = scripts.flatMap((script) => script.entries);
    const listed = (list: string) => entries.filter((one) => one.list === list).map(({ address }) => address);
    expectAddresses(listed('refang-block'), listed('refang-watch'));
  });
});
