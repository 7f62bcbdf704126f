/**
 * What shows that the proof of packet filters can fail: the shipped templates with a fault planted in them. Those with
 * `says` load without a word, so only packets tell; those with `refused` do not load.
 */

import { describe } from 'vitest';
import { CONFIDENT, type PlantedFault, testFaults } from './planted-faults.ts';

/** Addresses, networks, ranges and endpoints of both families, in both tiers. */
const INDICATORS = `${CONFIDENT}  - ip: [192.0.2.10, "2001:db8::bad:1"]
    cidr: [198.51.100.0/25, 203.0.113.17-203.0.113.23, "2001:db8:bad::/48"]
    endpoint: ["203.0.113.77:8443", "[2001:db8::77]:8443"]
  - ip: [192.0.2.200, "2001:db8::cafe:1"]
    cidr: [198.51.100.192/26, "2001:db8:cafe::/48"]
    endpoint: ["203.0.113.99:8443", "[2001:db8::99]:8443"]
    status: historical
`;

const SETS = { target: 'ipset', file: 'sets.hbs' } as const;
const CHAINS = { target: 'ipset', file: 'iptables.hbs' } as const;
const CHAINS_6 = { target: 'ipset', file: 'ip6tables.hbs' } as const;
const SCRIPT = { target: 'ipset', file: 'load.hbs' } as const;
const NFT = { target: 'nftables', file: 'rules.hbs' } as const;

const FAULTS: readonly PlantedFault[] = [
  {
    about: 'addresses as the networks around them, whose host bits ipset drops without a word',
    ...SETS,
    replace: ['{{element this}}', '{{element ../first}}/24'],
    says: /192\.0\.2\.10: fires on "192\.0\.2\.(9|11)" .* as output/,
  },
  {
    about: 'the first network of a range alone',
    ...SETS,
    replace: ['{{element this}}', '{{#if @first}}{{element this}}{{else}}192.0.2.10 -exist{{/if}}'],
    says: /203\.0\.113\.17-203\.0\.113\.23: is silent on "203\.0\.113\.23"/,
  },
  {
    about: 'IPv6 sets that stay empty',
    ...SETS,
    replace: ['swap {{identifier options.name}}_block6_new {{identifier options.name}}_block6\n', ''],
    says: /2001:db8:bad::\/48: no rule fires/,
  },
  {
    about: 'no rule for the IPv6 set',
    ...CHAINS_6,
    replace: [
      '--match-set {{identifier options.name}}_block6 dst',
      '--match-set {{identifier options.name}}_watch6 dst',
    ],
    says: /2001:db8::bad:1: is silent on .* as (output|forward out) TCP/,
  },
  {
    about: 'what is to be watched in the sets that are blocked',
    ...SETS,
    replace: [
      'add {{identifier ../options.name}}_watch4_new',
      'add {{identifier ../options.name}}_block4_new',
    ],
    says: /198\.51\.100\.192\/26: no rule fires/,
  },
  {
    about: 'what is to be blocked sent where it is watched',
    ...CHAINS,
    replace: [
      '_block_ports4 dst,dst -g {{identifier (upper options.name)}}_BLOCK',
      '_block_ports4 dst,dst -g {{identifier (upper options.name)}}_WATCH',
    ],
    says: /203\.0\.113\.77:8443: is silent on .* as (output|forward out) TCP/,
  },
  {
    about: 'what is watched dropped',
    ...CHAINS,
    replace: ['_WATCH -j RETURN', '_WATCH -j DROP'],
    says: /192\.0\.2\.200: no rule fires/,
  },
  {
    about: 'what is watched neither counted nor logged',
    ...CHAINS,
    replace: [
      '-A {{identifier (upper options.name)}}_WATCH -m limit --limit 10/second -j LOG --log-prefix "{{identifier options.name}} watch: "\n-A {{identifier (upper options.name)}}_WATCH -j RETURN\n',
      '',
    ],
    says: /192\.0\.2\.200: no rule fires/,
  },
  {
    about: 'endpoints without their port',
    ...SETS,
    replace: ['{{port}}', '1-65535'],
    says: /203\.0\.113\.77:8443: fires on "203\.0\.113\.77:8444"/,
  },
  {
    about: 'endpoints for TCP alone',
    ...SETS,
    replace: [',udp:{{port}}', ',tcp:{{port}} -exist'],
    says: /203\.0\.113\.77:8443: is silent on .* as (output|input|forward out|forward in) UDP/,
  },
  {
    about: 'the source alone looked at in what is forwarded',
    ...SCRIPT,
    replace: [
      '"FORWARD -j {{identifier (upper options.name)}}_DESTINATION"',
      '"FORWARD -j {{identifier (upper options.name)}}_SOURCE"',
    ],
    says: /192\.0\.2\.10: is silent on .* as forward out TCP/,
  },
  {
    about: 'the source looked at in what goes out',
    ...SCRIPT,
    replace: [
      '"OUTPUT -j {{identifier (upper options.name)}}_DESTINATION"',
      '"OUTPUT -j {{identifier (upper options.name)}}_SOURCE"',
    ],
    says: /192\.0\.2\.10: is silent on .* as output TCP/,
  },
  {
    about: 'no COMMIT',
    ...CHAINS,
    replace: ['COMMIT\n', ''],
    refused: /refang\.iptables.*COMMIT expected/,
  },
  {
    about: 'a rule that names a set that is not there',
    ...CHAINS_6,
    replace: ['_block6 src', '_blocked6 src'],
    refused: /refang\.ip6tables:\d+: .*refang_blocked6 doesn't exist/,
  },
  {
    about: 'another port',
    ...SETS,
    replace: ['{{port}}', '443'],
    says: /203\.0\.113\.77:8443: no rule fires/,
  },
  {
    about: 'IPv6 in a set of IPv4',
    ...SETS,
    replace: ['_block_ports6_new hash:ip,port family inet6', '_block_ports6_new hash:ip,port family inet'],
    refused: /refang\.ipset:\d+: .*2001:db8::77/,
  },
  {
    about: 'endpoints without their port',
    ...NFT,
    replace: ['{{port}}', '1-65535'],
    refused: /interval|range/i,
  },
  {
    about: 'endpoints by their host alone',
    ...NFT,
    replace: ['meta l4proto { tcp, udp } ip daddr . th dport @block_endpoints4', 'ip daddr 203.0.113.77'],
    says: /203\.0\.113\.77:8443: fires on "203\.0\.113\.77:8444"/,
  },
  {
    about: 'what is watched dropped',
    ...NFT,
    replace: ['@watch4 goto watch', '@watch4 goto block'],
    says: /192\.0\.2\.200: no rule fires/,
  },
  {
    about: 'the source alone looked at in what is forwarded',
    ...NFT,
    replace: ['jump listed_source\n\t\tjump listed_destination', 'jump listed_source'],
    says: /192\.0\.2\.10: is silent on .* as forward out TCP/,
  },
];

const NEEDS = { ipset: 'iptables', nftables: 'nftables' } as const;

describe.each(['ipset', 'nftables'] as const)('%s', (target) =>
  testFaults(target, [NEEDS[target]], FAULTS, INDICATORS),
);
