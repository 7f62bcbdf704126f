/**
 * What shows that the proof of resolvers can fail: the shipped templates with a fault planted in them. Those with `says`
 * load without a word, so only answers tell; those with `refused` do not load in BIND.
 */

import { describe } from 'vitest';
import { CONFIDENT, type PlantedFault, testFaults } from './planted-faults.ts';

/** Names, addresses and networks in both tiers. */
const INDICATORS = `${CONFIDENT}  - domain: [malware.example, cdn.phishing.example]
  - {domain: portal.shared-host.example, match: exact}
  - ip: [192.0.2.10, "2001:db8::bad:1"]
  - cidr: [198.51.100.0/25, "2001:db8:bad::/48"]
  - {domain: old.example, status: historical}
  - {ip: 203.0.113.9, status: historical}
`;

const NAMES = { target: 'rpz', file: 'names.hbs' } as const;
const ADDRESSES = { target: 'rpz', file: 'addresses.hbs', spares: ['knot'] } as const;
const ACTION = '{{#if (eq tier "block")}}.{{else}}rpz-passthru.{{/if}}';

const FAULTS: readonly PlantedFault[] = [
  {
    about: 'a wildcard without its apex',
    ...NAMES,
    replace: [`{{owner value}} CNAME ${ACTION}\n*.`, '*.'],
    says: /malware\.example: is silent on "malware\.example" \(the name itself\)/,
  },
  {
    about: 'an apex without its wildcard',
    ...NAMES,
    replace: [`*.{{owner value}} CNAME ${ACTION}\n`, ''],
    says: /malware\.example: is silent on "www\.malware\.example" \(a subdomain\)/,
  },
  {
    about: 'names that stand for themselves alone, with all below them',
    ...NAMES,
    replace: ['\n{{#each exact}}\n', '\n{{#each exact}}\n*.{{owner value}} CNAME .\n'],
    says: /portal\.shared-host\.example: fires on "www\.portal\.shared-host\.example"/,
  },
  {
    about: 'what is to be watched blocked',
    ...NAMES,
    replace: ['rpz-passthru.', '.'],
    says: /old\.example: no rule fires/,
  },
  {
    about: 'what is to be blocked let through',
    ...NAMES,
    replace: ['{{#if (eq tier "block")}}.{{else}}', '{{#if (eq tier "watch")}}.{{else}}'],
    says: /malware\.example: no rule fires/,
  },
  {
    about: 'addresses with their octets in the order they are read in',
    ...ADDRESSES,
    replace: [
      '{{owner (rpz_trigger this)}}',
      '{{#if (eq ../family 4)}}32.{{owner ../first}}{{else}}{{owner (rpz_trigger this)}}{{/if}}',
    ],
    says: /192\.0\.2\.10: no rule fires/,
  },
  {
    about: 'the first address of each network alone',
    ...ADDRESSES,
    replace: ['(rpz_trigger this)', '(rpz_trigger ../first)'],
    says: /198\.51\.100\.0\/25: is silent on "198\.51\.100\.127" \(the last address\)/,
  },
  {
    about: 'the action of a drop without its final dot',
    ...NAMES,
    replace: ['{{#if (eq tier "block")}}.{{else}}', '{{#if (eq tier "block")}}rpz-drop{{else}}'],
    refused: /rpz-drop has no final dot/,
  },
  {
    about: 'passing through without its final dot',
    ...NAMES,
    replace: ['rpz-passthru.', 'rpz-passthru'],
    refused: /rpz-passthru has no final dot/,
  },
  {
    about: 'owners with a final dot, which lie outside of the zone',
    ...NAMES,
    replace: ['{{owner value}} CNAME', '{{owner value}}. CNAME'],
    refused: /ignoring out-of-zone data \(malware\.example\)/,
  },
  {
    about: 'host bits in the trigger of a network',
    ...ADDRESSES,
    replace: [
      '{{owner (rpz_trigger this)}}',
      '{{#if (eq ../family 4)}}24.1.2.0.192{{else}}{{owner (rpz_trigger this)}}{{/if}}',
    ],
    refused: /too small prefix length of 24/,
  },
  {
    about: 'watched names that are answered and not logged',
    target: 'unbound',
    file: 'zones.hbs',
    replace: ['" inform', '" transparent'],
    says: /old\.example: no rule fires/,
  },
];

const SERVERS = {
  rpz: ['bind', 'unbound', 'powerdns', 'knot'],
  unbound: ['unbound'],
} as const;

/** What does not load is for BIND to say, which tells of every record; the other servers drop such records silently. */
const OTHERS = SERVERS.rpz.filter((server) => server !== 'bind');
const PLANTED = FAULTS.map((fault) => (fault.refused ? { ...fault, spares: OTHERS } : fault));

describe.each(['rpz', 'unbound'] as const)('%s', (target) =>
  testFaults(target, SERVERS[target], PLANTED, INDICATORS),
);
