/** Values, notes, titles and names that try to break out, through every target that a program reads: it has nothing to say. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type BuildReport, build } from '../../compiler/index.ts';
import { ENGINES } from '../../compiler/prove/engines.ts';
import { filesFor } from '../../compiler/prove/judged-by.ts';
import { NASTY_SETTINGS, nastyCollection } from '../targets/nasty.ts';
import { engineTest } from './require.ts';

const JUDGED = [
  ['suricata', 'suricata'],
  ['suricata', 'suricata-8'],
  ['aws-network-firewall', 'suricata'],
  ['yara', 'yara'],
  ['yara', 'yara-x'],
  ['nftables', 'nftables'],
  ['ipset', 'iptables'],
  ['unbound', 'unbound'],
  ['rpz', 'bind'],
  ['rpz', 'unbound'],
  ['rpz', 'knot'],
  ['rpz', 'powerdns'],
  ['dnsmasq', 'dnsmasq'],
  ['squid', 'squid'],
  ['postfix', 'postfix'],
  ['zeek', 'zeek'],
  ['sigma', 'sigma'],
  ['stix', 'stix'],
  ['misp', 'misp'],
] as const;

const RECORDS = 120;
const cwd = mkdtempSync(join(tmpdir(), 'refang-hostile-'));
let report: BuildReport;

beforeAll(async () => {
  writeFileSync(join(cwd, 'indicators.yaml'), fc.sample(nastyCollection(RECORDS), 1)[0] as string);
  writeFileSync(join(cwd, 'refang.yaml'), NASTY_SETTINGS);
  const targets = [...new Set(JUDGED.map(([target]) => target))];
  report = await build({ cwd, out: 'out', targets, asOf: '2026-01-01' });
  expect(report.session.failed).toBeUndefined();
  expect(report.indicators).toBeGreaterThan(300);
});

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

describe.each(JUDGED)('%s', async (target, engine) => {
  const tested = await engineTest(engine);
  tested(`${ENGINES[engine].name} loads hostile values without a word`, async () => {
    const own = report.files.filter((file) => file.target === target);
    expect(own.some(({ entries }) => (entries ?? 0) > 0)).toBe(true);
    const files = filesFor(
      engine,
      own.map(({ path }) => join(cwd, 'out', path)),
    );
    expect((await ENGINES[engine].load(files)).problems).toEqual([]);
  });
});
