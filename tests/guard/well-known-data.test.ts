/** The lists that are kept by hand, beside what the providers publish. */

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { publicResolvers } from '../../compiler/guard/public-resolver.ts';
import { wellKnown } from '../../compiler/guard/well-known.ts';
import { type AddressRange, rangeOf } from '../../compiler/indicators/address.ts';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';

const LISTS = new URL('../../../shared/data/warninglists/', import.meta.url);
const skip = !existsSync(LISTS);

/** The entries of a warning list, networks as they are written in canonical form. */
const published = (name: string): string[] =>
  JSON.parse(readFileSync(new URL(`${name}.json`, LISTS), 'utf8')).list;

const [own] = wellKnown();
const isNetwork = (entry: string) => KIND_MODULES.cidr.parse(entry).ok;
const networks = [...(own?.reasons ?? [])].filter(([entry]) => isNetwork(entry));
const of = (reason: RegExp) => networks.filter(([, why]) => reason.test(why)).map(([entry]) => entry);
const rangesOf = (entries: readonly string[]) => entries.filter(isNetwork).map(rangeOf);
const holds = (outer: AddressRange, inner: AddressRange) =>
  outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
const meets = (one: AddressRange, other: AddressRange) =>
  one.family === other.family && one.first <= other.last && other.first <= one.last;

/** The 365 endpoints of Microsoft that its own web service publishes, as MISP's list of November 2024 has them. */
const MICROSOFT_365 = `
  104.146.128.0/17 104.47.0.0/17 13.107.128.0/22 13.107.136.0/22 13.107.18.10/31 13.107.6.152/31 131.253.33.215
  132.245.0.0/16 150.171.32.0/22 150.171.40.0/22 20.190.128.0/18 20.20.32.0/19 20.231.128.0/19 204.79.197.215
  23.103.160.0/20 40.104.0.0/15 40.107.0.0/16 40.108.128.0/17 40.126.0.0/18 40.92.0.0/15 40.96.0.0/13 52.112.0.0/14
  52.122.0.0/15 52.96.0.0/12`;

test('the networks of Microsoft 365 and its sign-in lie in those that Microsoft publishes', () => {
  const theirs = rangesOf(MICROSOFT_365.trim().split(/\s+/));
  const ours = of(/^Microsoft 365|^Microsoft: sign-in/);
  expect(ours.length).toBeGreaterThan(20);
  expect(
    ours.filter((entry) => !rangesOf([entry]).every((range) => theirs.some((one) => holds(one, range)))),
  ).toEqual([]);
});

describe.skipIf(skip)('published lists (skipped without ../shared/data)', () => {
  test.each([
    ['cloudflare', /^Cloudflare: each/],
    ['fastly', /^Fastly: each/],
  ])('%s: the networks are those that are published, and no others', (name, reason) => {
    expect(of(reason).sort()).toEqual(published(name).sort());
  });

  test.each([
    ['github', /^GitHub$/],
    ['microsoft-azure', /^Microsoft: search/],
  ])('%s: the networks lie in those that are published', (name, reason) => {
    const theirs = rangesOf(published(name));
    const ours = of(reason);
    expect(ours.length).toBeGreaterThan(4);
    expect(
      ours.filter((entry) => !theirs.some((one) => rangesOf([entry]).every((range) => holds(one, range)))),
    ).toEqual([]);
  });

  test.each(['google-gcp', 'amazon-aws', 'akamai'])('%s: no network of customers is among ours', (name) => {
    const theirs = rangesOf(published(name));
    const ours = networks.map(([entry]) => entry);
    expect(
      ours.filter((entry) => theirs.some((one) => rangesOf([entry]).some((range) => meets(one, range)))),
    ).toEqual([]);
  });

  test('names of Google and Microsoft whose blocking is an outage are ours too', () => {
    const known = new Set(wellKnown().flatMap(({ parents }) => parents));
    const lists = new Set([...published('google'), ...published('microsoft')]);
    const both = [...lists].map((name) => name.replace(/^\./, '')).filter((name) => known.has(name));
    expect(both).toEqual(
      expect.arrayContaining(['google.com', 'gmail.com', 'googleapis.com', 'youtube.com']),
    );
    expect(both).toEqual(
      expect.arrayContaining(['microsoft.com', 'windowsupdate.com', 'office365.com', 'live.com']),
    );
  });

  test('names of which the Public Suffix List says that customers have those below are not held back whole', () => {
    const text = readFileSync(new URL('public_suffix_list.dat', LISTS), 'utf8');
    const suffixes = new Set(text.split('\n').map((line) => line.replace(/^\*\./, '')));
    // Below it are the servers of GitHub itself, which serve the files of all its users.
    const whole = (own?.parents ?? []).filter(
      (name) => suffixes.has(name) && name !== 'githubusercontent.com',
    );
    expect(whole).toEqual([]);
  });

  test('public resolvers are listed, or their operators document them', () => {
    const listed = new Set(
      rangesOf([...published('public-dns-v4'), ...published('public-dns-v6')]).map(keyOf),
    );
    const documented = new Set(DOCUMENTED.flatMap(([, entries]) => rangesOf(entries.split(' '))).map(keyOf));
    const ours = publicResolvers()
      .flatMap(({ reasons }) => [...reasons.keys()])
      .filter(isNetwork);
    const unknown = ours.filter((entry) =>
      rangesOf([entry]).some((range) => !listed.has(keyOf(range)) && !documented.has(keyOf(range))),
    );
    expect(ours.length).toBeGreaterThan(100);
    expect(unknown).toEqual([]);
    const needless = [...documented].filter((key) => listed.has(key));
    expect(needless).toEqual([]);
  });
});

const keyOf = ({ family, first, last }: AddressRange) => `${family} ${first} ${last}`;

/** Resolvers that the lists of the warning-list project do not have, with who tells of them. */
const DOCUMENTED: readonly [where: string, addresses: string][] = [
  [
    'AdGuard, list of known DNS providers',
    '2606:4700:4700::1001 2606:4700:4700::1112 2606:4700:4700::1002 2606:4700:4700::1003 2620:fe::10 208.67.222.123 2620:119:53::53 94.140.15.16 156.154.71.5 185.228.169.11 185.228.169.168 223.5.5.5 119.29.29.29 101.226.4.6 218.30.118.6 2400:3200::1 2400:3200:baba::1 2402:4e00:: 195.46.39.39 80.80.80.80 91.239.100.100 89.233.43.71 130.59.31.248 130.59.31.251 74.82.42.42 86.54.11.1 86.54.11.201 86.54.11.100 86.54.11.200',
  ],
  ['OpenDNS, resolver3 and resolver4.opendns.com', '208.67.222.220 208.67.220.222'],
  ['Level 3, as the tutorials of Azure Firewall use it', '209.244.0.3'],
  ['Alternate DNS', '76.76.19.19 76.223.122.150'],
  [
    'Mullvad DNS, with the names dns, adblock and base.dns.mullvad.net',
    '194.242.2.2 194.242.2.3 194.242.2.4',
  ],
  ['DNSPod, Baidu and CNNIC', '119.28.28.28 180.76.76.76 2400:da00::6666 1.2.4.8 210.2.4.8'],
  ['KT, kns.kornet.net', '168.126.63.1'],
  ['DNS.WATCH', '84.200.69.80 84.200.70.40'],
];
