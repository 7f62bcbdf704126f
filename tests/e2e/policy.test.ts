/** Policy of refang.yaml in what is built: by effect, and over it by target. */

import { describe, expect, test } from 'vitest';
import { build, check } from '../../compiler/index.ts';
import { buildFiles, HEAD } from '../targets/build-one.ts';
import { folderWith } from '../temporary.ts';

const SEEN = '  - {ip: 192.0.2.1, domain: seen.example, last_seen: 2025-12-20}\n';

/** All files of a target as one text. */
async function textOf(target: string, settings: string, indicators = SEEN): Promise<string> {
  const { files } = await buildFiles(target, indicators, settings);
  return [...files.values()].join('\n');
}

describe('where a format has a place for the end, it is the effective one', () => {
  // 2025-12-20 and 30 days are 2026-01-19: valid through its last second.
  const cases: [target: string, end: string, later: string][] = [
    ['zeek', '\t1768867200', '\t1768953600'],
    ['stix', '"valid_until": "2026-01-19T23:59:59.999Z"', '"valid_until": "2026-01-20T23:59:59.999Z"'],
    ['sentinel', '"valid_until": "2026-01-19T23:59:59.999Z"', '"valid_until": "2026-01-20T23:59:59.999Z"'],
    ['crowdstrike', '"expiration": "2026-01-19T23:59:59Z"', '"expiration": "2026-01-20T23:59:59Z"'],
    ['defender', '2026-01-19T23:59:59', '2026-01-20T23:59:59'],
    ['cortex-xdr', ',1768867200000,', ',1768953600000,'],
    ['csv', ',2025-12-20,2026-01-19,', ',2025-12-20,2026-01-20,'],
    ['jsonl', '"expires":"2026-01-19"', '"expires":"2026-01-20"'],
  ];
  const everywhere = ['block', 'detect', 'hunt', 'share']
    .map((effect) => `  ${effect}: {lifetimes: {ip: 30}}\n`)
    .join('');

  test.each(cases)('%s', async (target, end, later) => {
    const none = await textOf(target, '');
    expect([none.includes(end), none.includes(later)]).toEqual([false, false]);
    const ofEffect = await textOf(target, `policy:\n${everywhere}`);
    expect([ofEffect.includes(end), ofEffect.includes(later)]).toEqual([true, false]);
    const own = `targets: [{name: ${target}, policy: {lifetimes: {ip: 31}}}]\n`;
    const ofTarget = await textOf(target, `${own}policy:\n${everywhere}`);
    expect([ofTarget.includes(end), ofTarget.includes(later)]).toEqual([false, true]);
  });
});

test('lifetimes end what they name, in the targets that they are for', async () => {
  const settings = `targets: [hosts, unbound, {name: nftables, policy: {lifetimes: {ip: 11}}}]
policy: {block: {lifetimes: {domain: 11, ip: 12}}}
`;
  const fates = async (target: string, value: string) =>
    (await buildFiles(target, SEEN, settings)).fateOf(value);
  // Built as of 2026-01-01: eleven days end with the day before, twelve with that day.
  expect(await fates('hosts', 'seen.example')).toBe('withheld expired');
  expect(await fates('unbound', 'seen.example')).toBe('withheld expired');
  expect(await fates('nftables', '192.0.2.1')).toBe('withheld expired');
  expect(await fates('ipset', '192.0.2.1')).toBe('emitted (block)');
});

test('confidence, status and TLP of one target', async () => {
  const indicators = `  - {ip: 192.0.2.1, confidence: 90}
  - {ip: 192.0.2.2, confidence: 89}
  - {ip: 192.0.2.3, status: historical}
  - {ip: 192.0.2.4, tlp: amber+strict}
  - {ip: 192.0.2.5, tlp: amber}
`;
  const own =
    '{name: nftables, policy: {confidence: 90, status: [active], tlp: amber, lifetimes: {ip: 365}}}';
  const { fateOf } = await buildFiles('nftables', indicators, `targets: [${own}, ipset]\n`);
  const values = [1, 2, 3, 4, 5].map((last) => `192.0.2.${last}`);
  expect(await Promise.all(values.map(fateOf))).toEqual([
    'emitted (block)',
    'emitted confidence (watch)',
    'emitted status (watch)',
    'withheld tlp',
    'emitted (block)',
  ]);
  const other = await buildFiles('ipset', indicators, `targets: [${own}, ipset]\n`);
  expect(await Promise.all(values.map(other.fateOf))).toEqual([
    'emitted (block)',
    'emitted (block)',
    'emitted status (watch)',
    'emitted (block)',
    'emitted (block)',
  ]);
});

test('severities that rules carry, by effect and by target', async () => {
  const indicators = `  - {domain: critical.example, severity: critical}
  - {domain: old.example, severity: critical, status: historical}
`;
  const levels = async (settings: string) => {
    const { files } = await buildFiles('sigma', indicators, settings);
    const told = [...files.values()].map((text) => [
      /(critical|old)\.example/.exec(text)?.[1],
      /^level: (.*)$/m.exec(text)?.[1],
    ]);
    return Object.fromEntries(told);
  };
  expect(await levels('')).toEqual({ critical: 'critical', old: 'low' });
  const ofEffect = 'policy: {detect: {severity: {critical: high, historical: medium}}}\n';
  expect(await levels(ofEffect)).toEqual({ critical: 'high', old: 'medium' });
  const own = 'targets: [{name: sigma, policy: {severity: {historical: informational}}}]\n';
  expect(await levels(own + ofEffect)).toEqual({ critical: 'high', old: 'informational' });
});

test('what a target never does is told at its key, and nothing is built', async () => {
  const settings = 'targets:\n  - name: hosts\n    policy: {lifetimes: {domain: 30, ip: 30}}\n';
  const cwd = folderWith({ 'indicators.yaml': HEAD + SEEN, 'refang.yaml': settings });
  const { session } = await check({ cwd, asOf: '2026-01-01' });
  expect(session.failed).toBe('configuration');
  expect(
    session.diagnostics.map(({ code, message, help, span }) => [code, message, help, span?.start]),
  ).toEqual([['RF507', '`hosts` takes no `ip`', 'it takes `domain`', settings.indexOf('ip:')]]);
  const built = await build({ cwd, asOf: '2026-01-01' });
  expect(built.files).toEqual([]);
});
