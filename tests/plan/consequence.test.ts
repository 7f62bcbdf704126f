/** (indicator, list, effect) → fate: what guards do, from the list to the verdict. */

import { describe, expect, test } from 'vitest';
import type { Kind } from '../../compiler/indicators/kind.ts';
import { guardedBy } from '../../compiler/plan/consequence.ts';
import type { Effect } from '../../compiler/targets/definition.ts';
import { guardsWith, hitsOf, warningList } from '../guard/help.ts';
import { planOf, setOf, targetOf } from './help.ts';

const NAMES = ['domain', 'hostname', 'url', 'email-src'];
const ADDRESSES = ['ip-src', 'ip-dst'];
const LISTS: Readonly<Record<string, string>> = {
  'names.json': warningList('string', ['listed.com', 'a.held.org', '.dotted.net', 'UPPER.com'], NAMES),
  'hosts.json': warningList('hostname', ['host.io', 'x.holder.de'], NAMES),
  'networks.json': warningList('cidr', ['93.184.0.0/16', '5.5.5.5', '2a00:99::/32'], ADDRESSES),
  'hashes.json': warningList('string', ['AB'.repeat(16)], ['md5']),
  'pieces.json': warningList('substring', ['sandbox-'], ['domain', 'hostname']),
  'patterns.json': warningList('regex', ['/^abuse@/i'], ['email-dst']),
  'own.txt': 'mine.com # our site\n77.1.0.0/16\n2a01:5::1\n',
};

const KIND_LIST: readonly Kind[] = ['domain', 'ip', 'cidr', 'endpoint', 'url', 'email', 'hash'];

/** A target of each effect; blocking ones without (`block`) and with a watch tier (`tiers`). */
const TARGETS = {
  detect: targetOf({ all: { takes: KIND_LIST } }, { effect: 'detect' }),
  hunt: targetOf({ all: { takes: KIND_LIST } }, { effect: 'hunt' }),
  share: targetOf({ all: { takes: KIND_LIST } }, { effect: 'share' }),
  block: targetOf({ all: { takes: KIND_LIST } }, { effect: 'block' }),
  tiers: targetOf(
    { block: { takes: KIND_LIST, tier: 'block' }, watch: { takes: KIND_LIST, tier: 'watch' } },
    { effect: 'block', tiers: ['block', 'watch'] },
  ),
} as const;
type Name = keyof typeof TARGETS;

const guards = await guardsWith(LISTS);

function fateOf(kind: Kind, value: string, target: Name): string {
  const hits = hitsOf(guards, [[kind, value]]);
  const effect: Effect = target === 'tiers' ? 'block' : target;
  const guarded = guardedBy(hits, effect);
  const plan = planOf(setOf([[kind, value]]), TARGETS[target], undefined, { guard: (at) => guarded.get(at) });
  const { fate, reason, tier } = plan.verdicts.at(0);
  return [tier ?? fate, reason].filter(Boolean).join(' ');
}

/** What detect, hunt, share, block and a block with a watch tier make of it. */
type Fates = readonly [detect: string, hunt: string, share: string, block: string, tiers: string];

const USED: Fates = ['emitted', 'emitted', 'emitted', 'emitted', 'block'];
const refused = (guard: string): Fates => {
  const no = `withheld guard:${guard}`;
  return [no, no, 'emitted', no, no];
};
const nowhere = (guard: string): Fates => {
  const no = `withheld guard:${guard}`;
  return [no, no, no, no, no];
};
const watched = (guard: string): Fates => [
  'emitted',
  'emitted',
  'emitted',
  `withheld guard:${guard}`,
  `watch guard:${guard}`,
];

const CASES: readonly [kind: Kind, value: string, fates: Fates][] = [
  // Reserved addresses and names.
  ['ip', '10.0.0.1', nowhere('special-use')],
  ['cidr', '8.0.0.0/6', nowhere('special-use')],
  ['domain', 'host.example', nowhere('special-use')],
  ['url', 'http://127.0.0.1/x', nowhere('special-use')],
  ['email', 'user@host.test', nowhere('special-use')],
  // Public suffixes, and what lies below them.
  ['domain', 'co.uk', refused('public-suffix')],
  ['domain', 'myds.me', refused('public-suffix')],
  ['domain', 'lengmo.myds.me', USED],
  ['domain', 'evil.co.uk', USED],
  ['domain', 'city.kobe.jp', USED],
  ['domain', 'c.kobe.jp', refused('public-suffix')],
  ['domain', 'xn--55qx5d.cn', refused('public-suffix')],
  ['domain', 'com', refused('bare-tld')],
  // Harmless hashes.
  ['hash', 'd41d8cd98f00b204e9800998ecf8427e', refused('harmless-hash')],
  ['hash', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', refused('harmless-hash')],
  ['hash', '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f', refused('harmless-hash')],
  ['hash', 'd41d8cd98f00b204e9800998ecf8427f', USED],
  // Public resolvers.
  ['ip', '8.8.8.8', refused('public-resolver')],
  ['ip', '2606:4700:4700::1111', refused('public-resolver')],
  ['endpoint', '9.9.9.9:53', refused('public-resolver')],
  ['cidr', '9.9.9.0/24', watched('public-resolver')],
  ['domain', 'dns.quad9.net', refused('public-resolver')],
  ['url', 'https://9.9.9.9/dns-query', USED],
  // Well-known names and networks.
  ['domain', 'google.com', refused('well-known')],
  ['domain', 'mail.google.com', refused('well-known')],
  ['domain', 'ctldl.windowsupdate.com', refused('well-known')],
  ['domain', 'pool.ntp.org', refused('well-known')],
  ['domain', 'ocsp.digicert.com', refused('well-known')],
  ['domain', 'evil.cloudfront.net', USED],
  ['domain', 'vm.westeurope.cloudapp.azure.com', USED],
  ['domain', 'google.com.evil.ru', USED],
  ['domain', 'evilgoogle.com', USED],
  ['email', 'l3n6m0@gmail.com', USED],
  ['url', 'https://docs.google.com/document/d/evil', USED],
  ['url', 'https://github.com/', refused('well-known')],
  ['url', 'https://raw.githubusercontent.com/evil/x/main/a.ps1', USED],
  ['endpoint', 'google.com:443', refused('well-known')],
  ['ip', '104.16.1.1', refused('well-known')],
  ['ip', '198.41.0.4', refused('well-known')],
  ['cidr', '198.41.0.0/23', watched('well-known')],
  // Networks that are too wide.
  ['cidr', '45.0.0.0/15', refused('blast-radius')],
  ['cidr', '45.0.0.0/16', USED],
  ['cidr', '2a02:4780::/32', refused('blast-radius')],
  ['cidr', '2a02:4780:1::/48', USED],
  // Warning lists, each compared as its type says.
  ['domain', 'listed.com', watched('names')],
  ['domain', 'sub.listed.com', USED],
  ['domain', 'upper.com', watched('names')],
  ['domain', 'held.org', watched('names')],
  ['domain', 'dotted.net', watched('names')],
  ['domain', 'sub.dotted.net', USED],
  ['domain', 'notlisted.com', USED],
  ['url', 'http://listed.com/malware.exe', USED],
  ['url', 'http://listed.com/', watched('names')],
  ['email', 'phisher@listed.com', USED],
  ['domain', 'host.io', watched('hosts')],
  ['domain', 'a.b.host.io', USED],
  ['domain', 'holder.de', watched('hosts')],
  ['domain', 'myhost.io', USED],
  ['ip', '93.184.1.1', USED],
  ['ip', '5.5.5.5', watched('networks')],
  ['endpoint', '5.5.5.5:80', watched('networks')],
  ['cidr', '93.184.0.0/16', watched('networks')],
  ['cidr', '93.184.8.0/24', USED],
  ['cidr', '5.5.5.0/24', watched('networks')],
  ['cidr', '5.5.5.1-5.5.5.9', watched('networks')],
  ['ip', '2a00:99::1', USED],
  ['hash', 'ab'.repeat(16), watched('hashes')],
  ['hash', 'ac'.repeat(16), USED],
  ['domain', 'sandbox-evil.ru', USED],
  ['email', 'abuse@anyone.ru', watched('patterns')],
  ['email', 'noabuse@anyone.ru', USED],
  // Own lists: what they name and all under it never becomes a rule.
  ['domain', 'mine.com', refused('own')],
  ['domain', 'www.mine.com', refused('own')],
  ['domain', 'notmine.com', USED],
  ['domain', 'mine.com.evil.ru', USED],
  ['url', 'https://mine.com/a', refused('own')],
  ['email', 'boss@mine.com', refused('own')],
  ['ip', '77.1.2.3', refused('own')],
  ['ip', '77.2.0.1', USED],
  ['cidr', '77.1.2.0/24', refused('own')],
  ['cidr', '77.0.0.0/15', refused('blast-radius')],
  ['cidr', '2a01:5::/64', watched('own')],
  ['ip', '2a01:5::1', refused('own')],
];

describe.each(CASES)('%s %s', (kind, value, fates) => {
  test.each([...(Object.keys(TARGETS) as Name[]).entries()])('%s %s', (at, target) => {
    expect(fateOf(kind, value, target)).toBe(fates[at]);
  });
});

test('of several hits the strictest counts, and what is accepted does nothing', () => {
  const set: Parameters<typeof hitsOf>[1] = [
    ['domain', 'google.com', { allow: [{ guard: 'well-known', reason: 'r', owner: 'o' }] }],
    ['domain', 'listed.com', { allow: [{ guard: 'names', reason: 'r', owner: 'o', until: '2025-12-31' }] }],
  ];
  const hits = hitsOf(guards, set);
  expect([...guardedBy(hits, 'detect')]).toEqual([]);
  expect([...guardedBy(hits, 'block')].map(([at, { reason }]) => [at, reason])).toEqual([[1, 'guard:names']]);
});
