/**
 * What shows that the proof of proxies and mail servers can fail: the shipped templates with a fault planted in them. Those
 * with `says` load without a word, so only requests and mails tell; those with `refused` do not load.
 */

import { describe } from 'vitest';
import { CONFIDENT, type PlantedFault, testFaults } from './planted-faults.ts';

/** All that a proxy and a mail server see, in both tiers. */
const INDICATORS = `${CONFIDENT}  - domain: [malware.example, www.mail.example]
    ip: [192.0.2.10, "2001:db8::bad:1"]
    cidr: [198.51.100.0/25, 203.0.113.17-203.0.113.23, "2001:db8:bad::/48"]
    endpoint: ["203.0.113.77:8443", "203.0.113.78:8444", "c2.example:4433"]
    url: ["http://files.example/payload/stage2.bin", "http://files.example/index.php?id=42"]
    email: [billing@phishing.example, "#odd/one@phishing.example"]
    user_agent: ExampleBot/1.0 (made up)
  - {domain: portal.shared-host.example, match: exact}
  - domain: old.example
    ip: 192.0.2.200
    endpoint: old-c2.example:4433
    url: http://old-files.example/a.b
    email: old@phishing.example
    user_agent: OldBot/1.0
    status: historical
`;

const SQUID = { target: 'squid', file: 'refang.hbs' } as const;
const ADDRESSES = { target: 'postfix', file: 'addresses.hbs' } as const;
const EXPRESSIONS = { target: 'postfix', file: 'expressions.hbs' } as const;
const CLIENTS = { target: 'postfix', file: 'clients.hbs' } as const;

const DOMAIN = 'acl refang_block_domains dstdomain -n -- {{#if subdomains}}.{{/if}}{{value}}';
const URL = 'acl refang_block_urls url_regex ^{{pattern value}}$';
const REJECT = 'REJECT {{reason ../options.reject_text}}';

const FAULTS: readonly PlantedFault[] = [
  {
    about: 'names below a listed one, in front of it',
    ...SQUID,
    replace: [DOMAIN, `acl refang_block_domains dstdomain -n -- .www.{{value}}\n${DOMAIN}`],
    refused: /ERROR: '\.www\.malware\.example' is a subdomain of '\.malware\.example'/,
  },
  {
    about: 'a name with and without its dot',
    ...SQUID,
    replace: [DOMAIN, `acl refang_block_domains dstdomain -n -- {{value}}\n${DOMAIN}`],
    refused: /ERROR: '\.malware\.example' is a subdomain of 'malware\.example'/,
  },
  {
    about: 'names alone, and none below them',
    ...SQUID,
    replace: ['{{#if subdomains}}.{{/if}}', ''],
    says: /malware\.example: is silent on "www\.malware\.example" .* as (HTTP|CONNECT)/,
  },
  {
    about: 'all names below an exact one',
    ...SQUID,
    replace: ['{{#if subdomains}}.{{/if}}', '.'],
    says: /portal\.shared-host\.example: fires on "www\.portal/,
  },
  {
    about: 'names as expressions without an anchor',
    ...SQUID,
    replace: [DOMAIN, 'acl refang_block_domains dstdom_regex -n {{pattern value}}$'],
    says: /malware\.example: fires on "evilmalware\.example" .* as HTTP/,
  },
  {
    about: 'addresses that no name is looked up for',
    ...SQUID,
    replace: ['acl refang_block_addresses dst ', 'acl refang_block_addresses dst -n '],
    says: /192\.0\.2\.10: is silent on "192\.0\.2\.10" .* as HTTP to a name/,
  },
  {
    about: 'addresses that are none',
    ...SQUID,
    replace: ['acl refang_block_addresses dst {{value}}', 'acl refang_block_addresses dst {{first}}999'],
    refused: /Bad host\/IP: '192\.0\.2\.10999'/,
  },
  {
    about: 'the network of an address, its host bits left over',
    ...SQUID,
    replace: ['acl refang_block_addresses dst {{value}}', 'acl refang_block_addresses dst {{first}}/24'],
    refused: /Netmask masks away part/,
  },
  {
    about: 'a URL without its end',
    ...SQUID,
    replace: [URL, URL.slice(0, -1)],
    says: /stage2\.bin: fires on "http:\/\/files\.example\/payload\/stage2\.binx" \(a longer path\)/,
  },
  {
    about: 'a URL without its start, and in any case',
    ...SQUID,
    replace: [URL, 'acl refang_block_urls url_regex -i {{pattern (without_scheme value)}}$'],
    says: /stage2\.bin: fires on "http:\/\/evilfiles\.example\/payload/,
  },
  {
    about: 'signs of expressions in a URL',
    ...SQUID,
    replace: [URL, 'acl refang_block_urls url_regex ^{{{value}}}$'],
    says: /index\.php\?id=42: no rule fires/,
  },
  {
    about: 'a blank that ends the expression of a user agent',
    ...SQUID,
    replace: [
      'acl refang_block_user_agents browser ^{{pattern value}}$',
      'acl refang_block_user_agents browser ^ExampleBot/1\\.0 up\\)$',
    ],
    says: /ExampleBot.*: fires on "ExampleBot\/1\.0 \(made up\) x"/,
  },
  {
    about: 'hosts and ports of endpoints in any combination',
    ...SQUID,
    replace: ['refang_block_{{md5 value}}', 'refang_block_{{host_kind}}'],
    says: /203\.0\.113\.77:8443: fires on "203\.0\.113\.77:8444" \(the port after\)/,
  },
  {
    about: 'an endpoint at any port',
    ...SQUID,
    replace: ['_host refang_block_{{md5 value}}_port', '_host'],
    says: /c2\.example:4433: fires on "c2\.example:4432" \(the port before\)/,
  },
  {
    about: 'what is to be blocked only marked',
    ...SQUID,
    replace: ['refang_mark_block\n', 'refang_mark_block !all\n'],
    says: /malware\.example: no rule fires/,
  },
  {
    about: 'what is under watch denied',
    ...SQUID,
    replace: ['refang_mark_watch !all', 'refang_mark_watch'],
    says: /old\.example: no rule fires/,
  },
  {
    about: 'watched URLs without a mark',
    ...SQUID,
    replace: ['http_access deny refang_watch_urls refang_mark_watch !all\n', ''],
    says: /http:\/\/old-files\.example\/a\.b: no rule fires/,
  },
  {
    about: 'a domain where its address was meant',
    ...ADDRESSES,
    replace: ['{{#each emails}}\n{{value}}', '{{#each emails}}\n{{domain}}'],
    says: /billing@phishing\.example: fires on "xbilling@phishing\.example"/,
  },
  {
    about: 'the local part at any domain',
    ...ADDRESSES,
    replace: ['{{#each emails}}\n{{value}}', '{{#each emails}}\n{{local}}@'],
    says: /billing@phishing\.example: fires on "billing@evilphishing\.example"/,
  },
  {
    about: 'a blank in front of a key',
    ...ADDRESSES,
    replace: ['{{#each emails}}\n{{value}}', '{{#each emails}}\n {{value}}'],
    says: /billing@phishing\.example: no rule fires/,
  },
  {
    about: 'a key without an action',
    ...ADDRESSES,
    replace: ['{{#each emails}}\n{{value}} {{> action}}', '{{#each emails}}\n{{value}}'],
    refused: /expected format: key whitespace value/,
  },
  {
    about: 'exact domains among the others',
    target: 'postfix',
    file: 'target.yaml',
    replace: ['subdomains: [true] } } }', 'subdomains: [true, false] } } }'],
    says: /portal\.shared-host\.example: fires on "www\.portal/,
  },
  {
    about: 'an exact domain without its `@`',
    ...EXPRESSIONS,
    replace: ['/@{{pattern value}}$/', '/{{pattern value}}$/'],
    says: /portal\.shared-host\.example: fires on "evilportal\.shared-host\.example"/,
  },
  {
    about: 'an exact domain without its end',
    ...EXPRESSIONS,
    replace: ['/@{{pattern value}}$/', '/@{{pattern value}}/'],
    says: /portal\.shared-host\.example: fires on "portal\.shared-host\.example\.test"/,
  },
  {
    about: 'an address without its start',
    ...EXPRESSIONS,
    replace: ['/^{{pattern value}}$/', '/{{pattern value}}$/'],
    says: /#odd\/one@phishing\.example: fires on "x#odd\/one@phishing\.example"/,
  },
  {
    about: 'a slash that ends the expression',
    ...EXPRESSIONS,
    replace: ['/^{{pattern value}}$/', '/^{{{value}}}$/'],
    refused: /unknown regexp option/,
  },
  {
    about: 'clients of a network whose host bits are left over',
    ...CLIENTS,
    replace: ['{{this}} {{#if', '{{../first}}/16 {{#if'],
    refused: /non-null host address bits/,
  },
  {
    about: 'the first client of each network',
    ...CLIENTS,
    replace: ['{{this}} {{#if', '{{../first}} {{#if'],
    says: /198\.51\.100\.0\/25: is silent on "198\.51\.100\.127"/,
  },
  {
    about: 'clients that are to be rejected logged',
    ...CLIENTS,
    replace: [REJECT, 'WARN'],
    says: /192\.0\.2\.10: no rule fires/,
  },
];

describe.each(['squid', 'postfix'] as const)('%s', (target) =>
  testFaults(target, [target], FAULTS, INDICATORS),
);
