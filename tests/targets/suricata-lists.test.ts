/**
 * The Suricata target above the numbers at which it looks indicators up in lists; the numbers are planted, so that a
 * few are many.
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type BuildReport, build, explain } from '../../compiler/index.ts';
import type { EngineName } from '../../compiler/prove/engine.ts';
import { ENGINES } from '../../compiler/prove/engines.ts';
import { engineTest } from '../engines/require.ts';
import { CONFIDENT } from '../prove/planted-faults.ts';
import { failuresOf, type Override, proveWith } from '../prove/prove-with.ts';
import { filesBelow, folderWith } from '../temporary.ts';

const TEMPLATES = fileURLToPath(new URL('../../templates/suricata', import.meta.url));

/** Lists from the fourth domain, and the second address, on. */
const SMALL: readonly Override[] = [5000, 100_000].flatMap((number, at) =>
  ['upto', 'above'].map((key) => ({
    file: 'target.yaml',
    replace: [`${key}: ${number}`, `${key}: ${at === 0 ? 3 : 1}`] as [string, string],
  })),
);

const INDICATORS = `refang: 1
reports:
  report-one: {title: One, author: Example CERT, published: 2025-01-15, url: "https://www.example.com/one"}
actors:
  group-one: {name: Group One, kind: group}
defaults:
  report: report-one
  status: active
  confidence: 90
  severity: high
  tlp: clear
  allow: {guard: special-use, reason: documentation values, owner: Example CERT}
indicators:
  - domain: [1ds.test, evil.example, c2.host.example, a.b.c.d.test]
  - {domain: other.example, severity: medium, actor: group-one, tags: [rat]}
  - {domain: alone.example, match: exact}
  - {domain: old.host.test, status: historical}
  - {domain: x_y.host.test, confidence: 20}
  - ip: [192.0.2.7, 203.0.113.9, "2001:db8::7"]
  - cidr: 198.51.100.0/24
`;

/** Builds with the small numbers; `more`: what else is planted. */
async function built(
  indicators = INDICATORS,
  more: readonly Override[] = [],
): Promise<{ cwd: string; report: BuildReport; files: Record<string, string> }> {
  const cwd = folderWith({ 'indicators.yaml': indicators, 'refang.yaml': 'targets: [suricata]\n' });
  mkdirSync(join(cwd, 'templates/suricata'), { recursive: true });
  let definition = readFileSync(join(TEMPLATES, 'target.yaml'), 'utf8');
  for (const { replace } of [...SMALL, ...more]) {
    expect(definition).toContain(replace[0]);
    definition = definition.replaceAll(...replace);
  }
  writeFileSync(join(cwd, 'templates/suricata/target.yaml'), definition);
  const report = await build({ cwd, asOf: '2026-01-01' });
  expect(report.session.failed).toBeUndefined();
  return { cwd, report, files: filesBelow(join(cwd, 'out/suricata')) };
}

const VERSION_8: Override = { file: 'target.yaml', replace: ['default: "7.0"', 'default: "8.0"'] };

const decoded = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => Buffer.from(line, 'base64').toString());

/** Header, message and what is matched of each rule, up to the references. */
function matchingOf(files: Record<string, string>): string[] {
  const rules = files['refang.rules']?.split('\n').filter((line) => line.startsWith('alert ')) ?? [];
  return rules.map((rule) => rule.replace(/ (?:reference|threshold|classtype):.*$/, ''));
}

describe('lists', () => {
  test('are one for each severity, status and number of labels, and hold each domain once', async () => {
    const { files } = await built();
    const domains = Object.entries(files).filter(([path]) => path.startsWith('refang-domains-'));
    expect(domains.map(([path, text]) => [path, decoded(text)])).toEqual([
      ['refang-domains-exact-high.lst', ['alone.example']],
      ['refang-domains-high-2.lst', ['1ds.test', 'evil.example']],
      ['refang-domains-high-3.lst', ['c2.host.example', 'x_y.host.test']],
      ['refang-domains-high-5.lst', ['a.b.c.d.test']],
      ['refang-domains-high-historical-3.lst', ['old.host.test']],
      ['refang-domains-medium-2.lst', ['other.example']],
    ]);
    expect(files['refang-ipv4-high.lst']).toBe('192.0.2.7\n203.0.113.9\n');
    expect(files['refang-ipv6-high.lst']).toBe('2001:db8::7\n');
  });

  test('have a rule for each protocol, which tells what all of the list have', async () => {
    const { files } = await built();
    const rules = matchingOf(files);
    expect(rules.filter((rule) => rule.includes('high-3'))).toEqual([
      'alert dns $HOME_NET any -> any any (msg:"REFANG Listed Domain in DNS Lookup (report-one, list high-3)"; dns.query; to_lowercase; pcrexform:"([^.]+[.][^.]+[.][^.]+)$"; dataset:isset,refang-domains-high-3,type string,load refang-domains-high-3.lst,memcap 1gb,hashsize 2;',
      'alert tls $HOME_NET any -> any any (msg:"REFANG Listed Domain in TLS SNI (report-one, list high-3)"; flow:established,to_server; tls.sni; to_lowercase; pcrexform:"([^.]+[.][^.]+[.][^.]+)$"; dataset:isset,refang-domains-high-3,type string,load refang-domains-high-3.lst,memcap 1gb,hashsize 2;',
      'alert http $HOME_NET any -> any any (msg:"REFANG Listed Domain in HTTP Host (report-one, list high-3)"; flow:established,to_server; http.host; to_lowercase; pcrexform:"([^.]+[.][^.]+[.][^.]+)$"; dataset:isset,refang-domains-high-3,type string,load refang-domains-high-3.lst,memcap 1gb,hashsize 2;',
      'alert quic $HOME_NET any -> any any (msg:"REFANG Listed Domain in QUIC SNI (report-one, list high-3)"; quic.sni; to_lowercase; pcrexform:"([^.]+[.][^.]+[.][^.]+)$"; dataset:isset,refang-domains-high-3,type string,load refang-domains-high-3.lst,memcap 1gb,hashsize 2;',
    ]);
    expect(rules.filter((rule) => /dns .*exact/.test(rule))).toEqual([
      'alert dns $HOME_NET any -> any any (msg:"REFANG Listed Domain in DNS Lookup (report-one, list high)"; dns.query; to_lowercase; dataset:isset,refang-domains-exact-high,type string,load refang-domains-exact-high.lst,memcap 1gb,hashsize 1;',
    ]);
    expect(rules.filter((rule) => rule.startsWith('alert ip'))).toEqual([
      'alert ip $HOME_NET any -> [198.51.100.0/24] any (msg:"REFANG Traffic to Listed Address (report-one, 1 listed)";',
      'alert ip $HOME_NET any -> any any (msg:"REFANG Traffic to Listed Address (report-one, list high)"; ip.dst; dataset:isset,refang-ipv4-high,type ipv4,load refang-ipv4-high.lst,memcap 1gb,hashsize 2;',
      'alert ip $HOME_NET any -> any any (msg:"REFANG Traffic to Listed Address (report-one, list high)"; ip.dst; dataset:isset,refang-ipv6-high,type ip,load refang-ipv6-high.lst,memcap 1gb,hashsize 1;',
    ]);
    expect(files['refang.rules']).toMatch(/list high-3\).*confidence Low,/);
    expect(files['refang.rules']).toMatch(/list high-historical-3\) \[historical\].*priority:3;/);
  });

  test('keep their ids and revisions when an indicator joins', async () => {
    const ids = (files: Record<string, string>) => files['refang.rules']?.match(/sid:\d+; rev:\d+;/g);
    const before = await built();
    const lock = readFileSync(join(before.cwd, 'refang.lock'), 'utf8');
    const indicators = INDICATORS.replace('[1ds.test', '[another.example, 1ds.test');
    writeFileSync(join(before.cwd, 'indicators.yaml'), indicators);
    await build({ cwd: before.cwd, asOf: '2026-02-01' });
    const after = filesBelow(join(before.cwd, 'out/suricata'));
    expect(after['refang-domains-high-2.lst']).not.toBe(before.files['refang-domains-high-2.lst']);
    // Three names need a longer hash table than two: those four rules change, and no other.
    const first = new Set(ids(before.files));
    const changed = ids(after)?.filter((id) => !first.has(id)) ?? [];
    expect(changed.map((id) => id.replace(/\d+/, 'N'))).toEqual(Array(4).fill('sid:N; rev:2;'));
    for (const id of changed) expect(first).toContain(id.replace('rev:2', 'rev:1'));
    expect(lock.match(/suricata\/dns_listed\/@high-2 /g)).toHaveLength(1);
  });

  test('are told, with what they lose; every indicator counts as emitted', async () => {
    const { cwd, report } = await built();
    const told = report.session.diagnostics.filter(({ code }) => code === 'RF720');
    expect(told.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
      'hint `suricata` has 8 indicators for `dns`, which is for at most 3: their rules look names up in lists (datasets), one rule for each protocol and list, so an alert has the message, sid and references of its list and not of the domain',
      'hint `suricata` has 4 indicators for `addresses`, which is for at most 1: their rule looks addresses up in a list (dataset), so an alert has the message, sid and references of that list; networks keep their rules',
    ]);
    expect(report.fates.get('suricata')).toMatchObject({ emitted: 12, approximated: 0, withheld: 0 });
    const { explanations } = await explain({ cwd, value: 'c2[.]host[.]example', asOf: '2026-01-01' });
    expect(explanations[0]?.fates[0]).toMatchObject({ fate: 'emitted' });
  });
});

describe('with `version: "8.0"`', () => {
  test('a list of domains says what is known of each, and 7 skips its rules', async () => {
    const { files } = await built(INDICATORS, [VERSION_8]);
    expect(files['refang-domains-medium-2.lst']).toBe(
      '{"domain":"other.example","confidence":90,"reports":["report-one"],"actors":["group-one"],"attack":[],"tags":["rat"],"references":["https://www.example.com/one"]}\n',
    );
    const lists = matchingOf(files).filter((rule) => rule.includes('dataset') && !rule.includes('ip.dst'));
    expect(lists).toHaveLength(24);
    for (const rule of lists) {
      expect(rule).toContain('; requires:version >= 8; ');
      expect(rule).toContain('.lst,format ndjson,value_key domain,context_key refang,memcap 1gb,');
    }
  });

  test('lines stay one object each, whatever tags hold', async () => {
    const nasty = INDICATORS.replace('tags: [rat]', 'tags: ["a\\"b", "c\\\\d", "e\\nf", "{{g}}"]');
    const { files } = await built(nasty, [VERSION_8]);
    const [line, ...others] = (files['refang-domains-medium-2.lst'] ?? '').trimEnd().split('\n');
    expect(others).toEqual([]);
    expect(JSON.parse(line ?? '')).toMatchObject({
      domain: 'other.example',
      tags: ['a"b', 'c\\d', 'e\nf', '{{g}}'],
    });
  });
});

const SOME = `${CONFIDENT}  - domain: [1ds.test, evil.example, x.evil.test, c2.host.example, a.b.c.d.test, co.example, x_y.host.test, xn--bcher-kva.example]
  - {domain: [alone.example, not.below.test], match: exact}
  - {domain: [old.host.test, under.alone.example], status: historical}
  - ip: [192.0.2.7, 203.0.113.9, "2001:db8::7"]
  - cidr: [198.51.100.0/24, "2001:db8:1::/48"]
`;

const suricataTest = await engineTest('suricata');

suricataTest('Suricata 7 and 8 fire on every witness of lists, and on no near miss', async () => {
  for (const proof of await proveWith('suricata', SMALL, SOME)) {
    expect(failuresOf(proof)).toEqual([]);
    expect(proof.indicators).toEqual({ ok: 17, of: 17 });
    expect(proof.witnesses.of).toBeGreaterThan(200);
    expect(proof.nearMisses.of).toBeGreaterThan(300);
  }
});

describe('the proof finds lists', () => {
  const faults: [about: string, replace: [string, string], says: RegExp][] = [
    [
      'whose rules look for too few labels',
      ['(minus labels 1)', '(minus labels 2)'],
      /1ds\.test: no rule fires/,
    ],
    [
      'whose rules look for labels anywhere in a name',
      ['})$"; dataset', '})"; dataset'],
      /c2\.host\.example: is silent on "www\.c2\.host\.example"/,
    ],
  ];
  for (const [about, replace, says] of faults) {
    suricataTest(about, async () => {
      const fault = { file: 'last_labels_in_list.hbs', replace };
      for (const proof of await proveWith('suricata', [...SMALL, fault], SOME))
        expect(failuresOf(proof).join('\n')).toMatch(says);
    });
  }
});

for (const engine of ['suricata', 'suricata-8'] as const satisfies readonly EngineName[]) {
  const tested = await engineTest(engine);

  tested(`${engine} takes lists of hostile context without a word`, async () => {
    const nasty = INDICATORS.replace('tags: [rat]', 'tags: ["a\\"b", "c;d", "e\\\\f"], note: "x\\"; drop"');
    for (const more of [[], [VERSION_8]]) {
      const { cwd } = await built(nasty, more);
      const { problems } = await ENGINES[engine].load([join(cwd, 'out/suricata/refang.rules')]);
      expect(problems).toEqual([]);
    }
  });
}

const suricata8Test = await engineTest('suricata-8');

suricata8Test('Suricata 8 fires on every witness of lists with context', async () => {
  const proofs = await proveWith('suricata', [...SMALL, VERSION_8], SOME);
  const proof = proofs.find((one) => one.engine === 'suricata-8');
  if (!proof) throw new Error('the engine is there');
  expect(failuresOf(proof)).toEqual([]);
  expect(proof.indicators).toEqual({ ok: 17, of: 17 });
});
