/** The AWS Network Firewall target: the text of rules, tiers, limits, what AWS does not take, and Suricata as the judge. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { suricata } from '../../compiler/prove/engines/suricata/suricata.ts';
import { engineTest } from '../engines/require.ts';
import { failuresOf, proveWith } from '../prove/prove-with.ts';
import { buildFiles, buildOne } from './build-one.ts';
import { expectFaults } from './faults.ts';
import { compileFile, EXAMPLE, HOSTILE, REPORT } from './list-files.ts';
import { parseFirewallRules } from './parsers/aws-network-firewall.ts';

const suricataTest = await engineTest('suricata');

/** Rules without their sids. */
function rulesOf(text: string): string[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => line.replace(/sid:\d+;/, 'sid:N;'));
}

const END = 'sid:N; rev:1; metadata:confidence High, report example;)';

test('what is active is dropped, what is historical only alerts', async () => {
  const { text } = await buildOne(
    'aws-network-firewall',
    '  - domain: host.example\n  - {domain: old.example, status: historical}\n',
  );
  expect(rulesOf(text).slice(0, 4)).toEqual([
    `drop dns $HOME_NET any -> any any (msg:"REFANG Domain in DNS Lookup (host .example)"; dns.query; dotprefix; content:".host.example"; nocase; endswith; fast_pattern; classtype:domain-c2; ${END}`,
    `alert dns $HOME_NET any -> any any (msg:"REFANG Domain in DNS Lookup (old .example) [historical]"; dns.query; dotprefix; content:".old.example"; nocase; endswith; fast_pattern; classtype:domain-c2; ${END.replace(';)', ', status historical;)')}`,
    `drop tls $HOME_NET any -> any any (msg:"REFANG Observed Domain (host .example) in TLS SNI"; flow:established,to_server; tls.sni; dotprefix; content:".host.example"; nocase; endswith; fast_pattern; classtype:domain-c2; ${END}`,
    `alert tls $HOME_NET any -> any any (msg:"REFANG Observed Domain (old .example) in TLS SNI [historical]"; flow:established,to_server; tls.sni; dotprefix; content:".old.example"; nocase; endswith; fast_pattern; classtype:domain-c2; ${END.replace(';)', ', status historical;)')}`,
  ]);
});

test('addresses are one rule for each tier; a range that is no network is its own', async () => {
  const { text } = await buildOne(
    'aws-network-firewall',
    '  - ip: [192.0.2.1, "2001:db8::1"]\n  - cidr: [198.51.100.0/25, 203.0.113.16-203.0.113.22]\n  - {ip: 192.0.2.9, confidence: 10}\n',
  );
  expect(rulesOf(text)).toEqual([
    `drop ip $HOME_NET any -> [192.0.2.1,2001:db8::1,198.51.100.0/25] any (msg:"REFANG Traffic to Listed Address (example, 3 listed)"; classtype:command-and-control; ${END}`,
    `alert ip $HOME_NET any -> [192.0.2.9] any (msg:"REFANG Traffic to Listed Address (example, 1 listed)"; classtype:command-and-control; ${END.replace('High', 'Low')}`,
    `drop ip $HOME_NET any -> [203.0.113.16/30,203.0.113.20/31,203.0.113.22/32] any (msg:"REFANG Traffic to Listed Range (203 .0 .113 .16-203 .0 .113 .22)"; classtype:command-and-control; ${END}`,
  ]);
});

test('what the product cannot say has its reason', async () => {
  const { fateOf } = await buildFiles('aws-network-firewall', HOSTILE);
  expect(await fateOf('https://host.example/page')).toBe(
    'unsupported only the path of an http URL travels in clear text; its host alone would match the whole site',
  );
  expect(await fateOf('000102030405060708090a0b0c0d0e0f10111213')).toBe(
    'unsupported AWS Network Firewall takes no keywords about files',
  );
  expect(await fateOf('a+b@host.example')).toBe(
    'unsupported AWS Network Firewall is at Suricata 7, whose rule for a sender would also drop mail that quotes one',
  );
  expect(await fateOf('Global\\*')).toBe('unsupported a mutex is not visible in network traffic');
});

test('groups stay below the limits, with the longest values', async () => {
  const name = (at: number) => `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.n${at}.example`;
  const urls = Array.from({ length: 501 }, (_, at) => `"http://${name(at)}/${';'.repeat(700)}"`);
  const { files } = await buildFiles(
    'aws-network-firewall',
    `  - url:\n${urls.map((url) => `    - ${url}\n`).join('')}`,
  );
  expect([...files.keys()]).toEqual(['refang-1.rules', 'refang-2.rules']);
  for (const text of files.values()) expect(parseFirewallRules(text).problems).toEqual([]);
  const longest = Math.max(
    ...[...files.values()].flatMap((text) => text.split('\n').map(({ length }) => length)),
  );
  expect(longest).toBeLessThan(4000);
});

describe('the part of Suricata that AWS takes', () => {
  test.each([EXAMPLE, REPORT])('holds what %s makes', async (file) => {
    const { files } = await compileFile('aws-network-firewall', file);
    for (const text of files.values()) expect(parseFirewallRules(text).problems).toEqual([]);
  });

  test('leaves out what it does not', async () => {
    const { text } = await buildOne('aws-network-firewall', '  - domain: host.example\n');
    const sids = text.match(/sid:\d+;/g) as string[];
    expectFaults(parseFirewallRules, text, [
      ['drop dns', '# Names\ndrop dns', '1: no action'],
      ['drop dns', 'block dns', 'no action block'],
      ['drop dns', 'drop smtp', 'no protocol smtp'],
      ['dns.query;', 'dns.query; dataset:isset,x;', 'the keyword dataset'],
      ['dns.query;', 'threshold:type limit, track by_both, seconds 1, count 1;', 'the keyword threshold'],
      ['dns.query;', 'iprep:any,x,>,1;', 'the keyword iprep'],
      ['dns.query;', 'lua:x.lua;', 'the keyword lua'],
      ['dns.query;', 'filesha256:x;', 'the keyword filesha256'],
      ['dns.query;', 'priority:2;', 'the keyword priority'],
      ['dns.query;', `content:"${'x'.repeat(8200)}";`, 'longer than 8192'],
      ['rev:1;', 'rev:1', 'no revision'],
      [/sid:\d+; /.exec(text)?.[0] as string, '', 'no sid'],
      [sids[0] as string, sids[1] as string, 'two rules'],
    ]);
  });
});

suricataTest('Suricata takes hostile values without a word', async () => {
  const { files, folder } = await buildFiles('aws-network-firewall', HOSTILE);
  const { problems } = await suricata.load([...files.keys()].map((file) => join(folder, file)));
  expect(problems).toEqual([]);
});

suricataTest('Suricata fires on every witness, dropped or watched, and on no near miss', async () => {
  for (const file of [EXAMPLE, REPORT]) {
    const proofs = await proveWith('aws-network-firewall', [], readFileSync(file, 'utf8'));
    expect(proofs.length).toBeGreaterThan(0);
    for (const proof of proofs) expect(failuresOf(proof)).toEqual([]);
  }
});

suricataTest('and the proof finds a rule that matches too much', async () => {
  const fault = {
    file: 'aws.hbs',
    replace: ['dotprefix; content:".{{content value}}"', 'content:"{{content value}}"'],
  };
  const proofs = await proveWith('aws-network-firewall', [fault as never]);
  expect(proofs.flatMap(failuresOf).join('\n')).toMatch(/fires on "evil[a-z0-9.-]+"/);
});

suricataTest('the command of the README takes the rules', async () => {
  const readme = readFileSync(
    new URL('../../templates/aws-network-firewall/README.md', import.meta.url),
    'utf8',
  );
  const [, command = ''] = /^```sh check\n(.*)\n```$/m.exec(readme) ?? [];
  const { folder } = await buildFiles('aws-network-firewall', HOSTILE);
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
  expect({ status, said: `${stdout}${stderr}`.match(/^[EW]: .*/gm) }).toEqual({ status: 0, said: null });
});
