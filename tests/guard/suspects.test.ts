/** Who is no suspect is one of whom no guard says anything, and of a large set few are suspects. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Guard, guardIndicators } from '../../compiler/guard/guard.ts';
import { suffixRules } from '../../compiler/guard/suffix-rules.ts';
import { WELL_KNOWN_NAMES } from '../../compiler/guard/well-known-names.ts';
import { WELL_KNOWN_NETWORKS } from '../../compiler/guard/well-known-networks.ts';
import { formatRange } from '../../compiler/indicators/address.ts';
import type { Kind } from '../../compiler/indicators/kind.ts';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';
import { RESERVED_NAMES, reservedRanges } from '../../compiler/indicators/special-use.ts';
import { type Given, setOf } from '../plan/help.ts';
import { opened, warningList } from './help.ts';

const LISTS = {
  'names.json': warningList('hostname', ['listed.test', '.below.listed.com', 'deep.er.listed.org']),
  'texts.json': warningList('string', [
    'whole.com',
    'http://x.com/listed',
    'a@mail.com',
    'd'.repeat(64),
    '9.9.1.1',
    '9.9.1.0/24',
    'a.com:443',
    '2a05::5',
  ]),
  'networks.json': warningList('cidr', [
    '66.0.0.0/9',
    '70.1.2.3',
    '2a03::/20',
    '2a04:5:6::/48',
    '77.1.0.0/16',
  ]),
};

const words = (text: string) => text.split(/[\s|]+/).map((word) => word.replace(/^\./, ''));
const NAMES = [
  ...[...suffixRules()].flatMap(({ name, wildcard }) => (wildcard ? [name, `wild.${name}`] : [name])),
  ...words(WELL_KNOWN_NAMES).filter((word) => /^[a-z0-9.-]+\.[a-z]+$/.test(word)),
  ...RESERVED_NAMES,
  ...['listed.test', 'below.listed.com', 'listed.com', 'deep.er.listed.org', 'er.listed.org', 'whole.com'],
];
const NETWORKS = [
  ...words(WELL_KNOWN_NETWORKS).filter((word) => /^[0-9a-f.:]+(?:\/\d+)?$/.test(word) && /\d[.:]/.test(word)),
  ...reservedRanges().map(formatRange),
  ...[
    '66.0.0.0/9',
    '70.1.2.3',
    '2a03::/20',
    '2a04:5:6::/48',
    '77.1.0.0/16',
    '8.8.8.8',
    '2620:fe::fe',
    '9.9.1.1',
    '9.9.1.0/24',
    '2a05::5',
  ],
];

const label = fc.constantFrom('a', 'www', 'x-1', 'com', 'co', 'google', 'xn--p1ai', 'listed');
const name = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.array(label, { maxLength: 2 }), fc.constantFrom(...NAMES))
      .map(([front, one]) => [...front, one].join('.')),
  },
  { weight: 1, arbitrary: fc.constantFrom(...NAMES).map((one) => one.slice(one.indexOf('.') + 1)) },
  { weight: 1, arbitrary: fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.')) },
);
/** Of a listed network itself, or one of its addresses, or a network around or inside of it, or others beside it. */
const address = fc.oneof(
  fc.tuple(fc.constantFrom(...NETWORKS), fc.nat(128)).map(([network, length]) => {
    const base = network.split('/')[0] as string;
    return length > 100 ? base : `${base}/${base.includes(':') ? length + 1 : (length % 32) + 1}`;
  }),
  fc.ipV4(),
  fc.tuple(fc.ipV4(), fc.ipV4()).map((two) => two.join('-')),
  fc.ipV6(),
  fc
    .tuple(fc.constantFrom(...NETWORKS), fc.nat(255))
    .map(([network, last]) => (network.split('/')[0] as string).replace(/\d+$/, String(last))),
);
const host = fc.oneof(
  name,
  fc.oneof(fc.ipV4(), fc.constantFrom('8.8.8.8', '10.0.0.1', '[2620:fe::fe]', '[2a05::1]')),
);
const written: fc.Arbitrary<[Kind, string]> = fc.oneof(
  name.map((one): [Kind, string] => ['domain', one]),
  address.map((one): [Kind, string] => ['cidr', one]),
  fc
    .tuple(host, fc.constantFrom('', ':8443'), fc.constantFrom('/', '', '/x', '/listed', '?a=b@c'))
    .map(([one, port, path]): [Kind, string] => ['url', `http://${one}${port}${path}`]),
  host.map((one): [Kind, string] => ['url', `https://user@${one}/`]),
  host.map((one): [Kind, string] => ['endpoint', `${one}:443`]),
  name.map((one): [Kind, string] => ['email', `a@${one}`]),
  fc.constantFrom('a@mail.com', 'b@mail.com').map((one): [Kind, string] => ['email', one]),
  fc.constantFrom('9.9.1.1', '9.9.1.0/24', '2a05::5').map((one): [Kind, string] => ['cidr', one]),
  fc.constantFrom('a.com:443').map((one): [Kind, string] => ['endpoint', one]),
  fc
    .constantFrom('d41d8cd98f00b204e9800998ecf8427e', 'e'.repeat(32), 'd'.repeat(64))
    .map((one): [Kind, string] => ['hash', one]),
  fc.constantFrom('x', 'google.com').map((one): [Kind, string] => ['mutex', one]),
);

/** What a text is read as, if it is a value at all. */
function givenOf([kind, text]: [Kind, string], match: 'suffix' | 'exact'): Given[] {
  const parsed = KIND_MODULES[kind].parse(text);
  return parsed.ok ? [[parsed.kind, parsed.value, { match }]] : [];
}

const CASES = [
  ['Refang’s own guards', {}, 100],
  ['lists of names, texts and networks', LISTS, 100],
  ['a list of patterns', { 'patterns.json': warningList('regex', ['/^x-1/'], ['domain']) }, 0],
  ['a list of parts', { 'parts.json': warningList('substring', ['oog'], ['url', 'hash']) }, 0],
] as const;

test.each(CASES)('with %s', async (_name, files, mostSpared) => {
  const { guards, suspects } = await opened(files);
  const found = suspects();
  let [spared, spoken] = [0, 0];
  fc.assert(
    fc.property(written, fc.constantFrom('suffix', 'exact'), (one, match) => {
      for (const given of givenOf(one, match)) {
        const set = setOf([given]);
        const hits = guardIndicators(set, guards as readonly Guard[], '2026-01-01');
        if (hits.length > 0) spoken++;
        if (found.has(set, 0)) return;
        expect(hits, given.slice(0, 2).join(' ')).toEqual([]);
        spared++;
      }
    }),
    { numRuns: 4000, seed: 20240320 },
  );
  expect(spoken).toBeGreaterThan(500);
  expect(spared).toBeGreaterThan(mostSpared);
});

test('a set of any size has the same hits', async () => {
  const { guards, suspects } = await opened({});
  const names = Array.from(
    { length: 21_000 },
    (_, at): Given => ['domain', at % 1000 === 7 ? `a${at}.google.com` : `a${at}.com`],
  );
  const set = setOf(names);
  const hits = guardIndicators(set, guards, '2026-01-01', suspects);
  expect(hits.map(({ index }) => index)).toEqual(Array.from({ length: 21 }, (_, at) => at * 1000 + 7));
  expect(hits).toEqual(guardIndicators(set, guards, '2026-01-01'));
});
