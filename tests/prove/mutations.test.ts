/**
 * What shows that the proof can fail: each shipped template with a fault planted in it. Every one of these loads without
 * a word in its engine, so only behaviour can tell. The faults are overrides in a project's own `templates/`.
 */

import { describe, expect } from 'vitest';
import type { EngineName } from '../../compiler/prove/engine.ts';
import { engineTest } from '../engines/require.ts';
import { failuresOf, type Override, proveWith } from './prove-with.ts';

interface Fault extends Override {
  /** For people. */
  about: string;
  target: string;
  /** What the proof has to say, among other things. */
  says: RegExp;
  /** Whether the list counts as long, so that the words of YARA stand in for its expressions. */
  long?: true;
}

const FAULTS: readonly Fault[] = [
  {
    about: 'the dot lost behind dotprefix',
    target: 'suricata',
    file: 'name_in_any_case.hbs',
    replace: ['dotprefix; content:".{{content value}}"', 'dotprefix; content:"{{content value}}"'],
    says: /fires on "evil[a-z0-9.-]+" .* as (DNS query|TLS SNI|QUIC SNI)/,
  },
  {
    about: 'nocase removed',
    target: 'suricata',
    file: 'name_in_any_case.hbs',
    replace: [' nocase;', ''],
    says: /is silent on "[A-Z0-9.-]+" .* as (DNS query|TLS SNI|QUIC SNI)/,
  },
  {
    about: 'endswith removed',
    target: 'suricata',
    file: 'name_in_any_case.hbs',
    replace: [' endswith;', ''],
    says: /fires on "[a-z0-9.-]+" \(the name in front of another domain\) as (DNS query|TLS SNI|QUIC SNI)/,
  },
  {
    about: 'one alert an hour for each source, not for each pair of hosts',
    target: 'suricata',
    file: 'rules.hbs',
    replace: ['track by_both', 'track by_src'],
    says: /is silent on "[0-9a-f.:]+" .* as (TCP connection|UDP flow)|no rule fires|rule never fires/,
  },
  {
    about: 'the length of a user agent not compared',
    target: 'suricata',
    file: 'rules.hbs',
    replace: [' bsize:{{byte_length value}};', ''],
    says: /fires on "ExampleBot.*" .* as User-Agent/,
  },
  {
    about: 'the dot lost in endswith',
    target: 'sigma',
    file: 'item_below.hbs',
    replace: ["'.{{detection this}}'", "'{{detection this}}'"],
    says: /fires on "evil[a-z0-9.-]+" .* as (dns|proxy|dns_query\/windows)/,
  },
  {
    about: 'an unescaped question mark',
    target: 'sigma',
    file: 'item.hbs',
    replace: ['{{detection this}}', '{{this}}'],
    says: /fires on "https?:[^?"]+" \(a letter in place of the question mark\) as proxy/,
  },
  {
    about: 'all selections at once instead of one',
    target: 'sigma',
    file: 'net_dns.hbs',
    replace: ['1 of selection_*', 'all of selection_*'],
    says: /is silent on ".*" .* as dns|no rule fires|rule never fires/,
  },
  {
    about: 'the left boundary of a domain lost',
    target: 'yara',
    file: 'rules.hbs',
    replace: ['(^|[^a-z0-9_{{#unless subdomains}}.{{/unless}}-]){{regex value}}', '{{regex value}}'],
    says: /fires on "evil[a-z0-9.-]+" .* as ASCII/,
  },
  {
    about: 'dots that match any character',
    target: 'yara',
    file: 'rules.hbs',
    replace: ['{{regex value}}\\.?([^a-z0-9_.-]|$)/ nocase', '{{value}}\\.?([^a-z0-9_.-]|$)/ nocase'],
    says: /fires on ".*" .* as ASCII/,
  },
  {
    about: 'fullword removed, where the list is long',
    target: 'yara',
    file: 'rules.hbs',
    replace: [' fullword', ''],
    says: /fires on "evil[a-z0-9.-]+" .* as (ASCII|UTF-16)/,
    long: true,
  },
  {
    about: 'nocase removed, where the list is long',
    target: 'yara',
    file: 'rules.hbs',
    replace: [' nocase', ''],
    says: /is silent on "[A-Z0-9.-]+" .* as (ASCII|UTF-16)/,
    long: true,
  },
  {
    about: 'sets without intervals: the first address of each network',
    target: 'nftables',
    file: 'rules.hbs',
    replace: ['{{element value}}', '{{element first}}'],
    says: /is silent on "[0-9a-f.:]+" .* as (output|input|forward)/,
  },
  {
    about: 'IPv6 not looked at on its way out',
    target: 'nftables',
    file: 'rules.hbs',
    replace: ['ip6 daddr @block6', 'ip6 daddr @watch6'],
    says: /2001:db8:.* as (output|forward out)|no rule fires/,
  },
  {
    about: 'nothing looked at on its way out',
    target: 'nftables',
    file: 'rules.hbs',
    replace: [
      'hook output priority -10; policy accept;\n\t\tjump listed_destination',
      'hook output priority -10; policy accept;',
    ],
    says: /is silent on "[0-9a-f.:]+" .* as output/,
  },
  {
    about: 'what is to be blocked only counted',
    target: 'nftables',
    file: 'rules.hbs',
    replace: ['counter drop', 'counter'],
    says: /no rule fires|is silent on/,
  },
  {
    about: 'blocked names resolved as if nothing was said of them',
    target: 'unbound',
    file: 'zones.hbs',
    replace: ['always_nxdomain', 'always_transparent'],
    says: /no rule fires/,
  },
  {
    about: 'exact names blocked with all below them',
    target: 'unbound',
    file: 'zones.hbs',
    replace: [
      `local-data: '{{hostname value}}. TXT "blocked"'`,
      'local-zone: "{{hostname value}}." always_nxdomain',
    ],
    says: /portal\.shared-host\.example: .*fires on "www\..*" .* as DNS query A/,
  },
  {
    about: 'only one of the two types of addresses withheld',
    target: 'unbound',
    file: 'zones.hbs',
    replace: [
      'local-zone: "{{hostname value}}." always_nxdomain',
      `local-zone: "{{hostname value}}." typetransparent
local-data: '{{hostname value}}. A 0.0.0.0'`,
    ],
    says: /is silent on ".*" .* as DNS query AAAA/,
  },
  {
    about: 'the names themselves, and none below them',
    target: 'unbound',
    file: 'zones.hbs',
    replace: [
      'local-zone: "{{hostname value}}." always_nxdomain',
      `local-data: '{{hostname value}}. TXT "x"'`,
    ],
    says: /is silent on "www\..*" \(a subdomain\) as DNS query A/,
  },
  {
    about: 'longer first labels taken for the name',
    target: 'dnsmasq',
    file: 'addresses.hbs',
    replace: ['address=/{{hostname value}}/', 'address=/*{{hostname value}}/'],
    says: /fires on "evil.*" .* as DNS query A/,
  },
  {
    about: 'an address of IPv6 alone',
    target: 'dnsmasq',
    file: 'addresses.hbs',
    replace: ['address=/{{hostname value}}/', 'address=/{{hostname value}}/::'],
    says: /is silent on ".*" .* as DNS query A$|no rule fires/,
  },
  {
    about: 'a name that the usual servers are asked for',
    target: 'dnsmasq',
    file: 'addresses.hbs',
    replace: ['address=/{{hostname value}}/', 'server=/{{hostname value}}/#'],
    says: /no rule fires/,
  },
  {
    about: 'the names below an exact one not let through',
    target: 'dnsmasq',
    file: 'addresses.hbs',
    replace: ['server=/*.{{hostname value}}/#', ''],
    says: /portal\.shared-host\.example: .*fires on "www\..*" .* as DNS query A/,
  },
  {
    about: 'the dot lost behind LIKE',
    target: 'stix',
    file: 'pattern.hbs',
    replace: ["LIKE '%.{{", "LIKE '%{{"],
    says: /fires on "evil[a-z0-9.-]+" \(a longer first label\) as observed data/,
  },
  {
    about: 'exact names with all below them',
    target: 'stix',
    file: 'pattern.hbs',
    replace: ['(and subdomains (eq options.patterns "full"))', '(eq options.patterns "full")'],
    says: /portal\.shared-host\.example: fires on "www\..*" .* as observed data/,
  },
  {
    about: 'the first address of a network alone',
    target: 'stix',
    file: 'pattern.hbs',
    replace: ["value ISSUBSET '{{", "value = '{{"],
    says: /^2001:db8:bad::\/48: no rule fires/,
  },
  {
    about: 'every port of a host',
    target: 'stix',
    file: 'pattern.hbs',
    replace: [' AND network-traffic:dst_port = {{port}}', ''],
    says: /fires on "203\.0\.113\.77:8444" \(the port after\) as observed data/,
  },
  {
    about: 'a file name in one case of letters',
    target: 'stix',
    file: 'pattern.hbs',
    replace: ['(?i)', ''],
    says: /is silent on "EXAMPLE-DROPPER\.EXE" \(the name in upper case\) as observed data/,
  },
  {
    about: 'a file name that ends what is seen',
    target: 'stix',
    file: 'pattern.hbs',
    replace: ["'(?i)^{{", "'(?i){{"],
    says: /fires on ".*example-dropper\.exe" .* as observed data/,
  },
  {
    about: 'a file of that name in any folder',
    target: 'stix',
    file: 'path.hbs',
    replace: ["' AND (", "' OR ("],
    says: /fires on ".*dropper\.exe" \(another folder\) as observed data/,
  },
];

const NEEDS: Readonly<Record<string, EngineName>> = {
  suricata: 'suricata',
  sigma: 'sigma',
  yara: 'yara',
  nftables: 'nftables',
  unbound: 'unbound',
  dnsmasq: 'dnsmasq',
  stix: 'stix',
};

const LONG: Override = { file: 'target.yaml', replace: ['1000', '3'] };

describe.each(Object.keys(NEEDS))('%s', async (target) => {
  const tested = await engineTest(NEEDS[target] as EngineName);
  if (target === 'yara') {
    tested('as it is shipped, where the list is long, no engine finds a fault', async () => {
      for (const proof of await proveWith(target, [LONG]))
        expect(failuresOf(proof), proof.engine).toEqual([]);
    });
  }
  tested('as it is shipped, no engine finds a fault', async () => {
    for (const proof of await proveWith(target, [])) expect(failuresOf(proof), proof.engine).toEqual([]);
  });
  for (const fault of FAULTS.filter((one) => one.target === target)) {
    tested(`is caught: ${fault.about}`, async () => {
      const proofs = await proveWith(target, fault.long ? [fault, LONG] : [fault]);
      expect(proofs.length).toBeGreaterThan(0);
      for (const proof of proofs) {
        const failures = failuresOf(proof);
        expect(
          failures.some((failure) => fault.says.test(failure)),
          `${proof.engine}: ${failures.slice(0, 5).join('\n')}`,
        ).toBe(true);
      }
    });
  }
});
