/** A real list of 100,000 domains and one of 120,000 addresses through Squid and Postfix, against the programs themselves. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuildReport, build } from '../../compiler/index.ts';
import { domain } from '../../compiler/indicators/domain.ts';
import { isValueOf } from '../../compiler/indicators/witnesses.ts';
import { casesOf } from '../../compiler/prove/cases.ts';
import { postfix } from '../../compiler/prove/engines/postfix/postfix.ts';
import { squid } from '../../compiler/prove/engines/squid/squid.ts';
import { findProgram, run } from '../../compiler/prove/process.ts';
import { ACCEPT_ALL } from '../accepted.ts';
import { dataLines, hasData } from '../indicators/tables.ts';
import { sizeOf } from './addresses-in.ts';
import { engineTest } from './require.ts';

const DOMAINS = 100_000;
const ADDRESSES = 120_000;
/** Of the domains, how many are listed as URLs, endpoints and mail addresses too, under another name. */
const URLS = 2000;
const ENDPOINTS = 500;
const EMAILS = 20_000;
/** Cases are shown of one indicator in so many. */
const STEP = 400;
const NEEDED = hasData ? '' : ' [needs the public data]';

const cwd = mkdtempSync(join(tmpdir(), 'refang-large-'));
let addresses: string[] = [];
let report: BuildReport;

function indicators(): string {
  // Some names of the list are cut off within a label, which begins with a digit then: no parser takes that for a top.
  const names = dataLines('lists/blocklistproject-phishing-domains.txt')
    .filter((line) => isValueOf(domain, line) && /\.[a-z][^.]*$/.test(line))
    .slice(0, DOMAINS);
  expect(names).toHaveLength(DOMAINS);
  addresses = dataLines('lists/ipsum-ips-scored.txt')
    .slice(0, ADDRESSES)
    .map((line) => line.split('\t')[0] as string);
  const pasted = (values: readonly string[]) => values.map((value) => `      ${value}\n`).join('');
  const short = names.filter((name) => name.length < 50);
  const some = (count: number, spell: (name: string) => string) => pasted(short.slice(0, count).map(spell));
  return `refang: 1
defaults: {status: active, confidence: 90, severity: high, tlp: clear, allow: ${ACCEPT_ALL}}
indicators:
  - domain: |
${pasted(names)}  - ip: |
${pasted(addresses)}  - url: |
${some(URLS, (name) => `http://files-${name}/a/b.php?id=1`)}  - endpoint: |
${some(ENDPOINTS, (name) => `c2-${name}:8443`)}  - email: |
${some(EMAILS, (name) => `info@mail-${name}`)}`;
}

beforeAll(async () => {
  if (!hasData) return;
  writeFileSync(join(cwd, 'indicators.yaml'), indicators());
  report = await build({ cwd, out: 'out', targets: ['squid', 'postfix'], asOf: '2026-01-01' });
  expect(report.session.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const pathOf = (name: string) => join(cwd, 'out', name);
const read = (name: string) => readFileSync(pathOf(name), 'utf8');
const POSTFIX = ['block', 'watch'].flatMap((tier) =>
  ['addresses.map', 'addresses.regexp', 'clients.cidr'].map((name) => `postfix/${tier}-${name}`),
);

/** How many indicators of a kind have an entry of their own. */
function emitted(target: string, kind: string): number {
  const { compiled, collection } = report.session;
  const verdicts = compiled?.targets.find(({ name }) => name === target)?.plan.verdicts ?? [];
  return [...verdicts].filter(
    ({ fate }, at) => fate === 'emitted' && collection?.indicators.kind(at) === kind,
  ).length;
}

/** The witnesses of some indicators of all kinds, which must match. */
function witnesses(engine: 'squid' | 'postfix') {
  const set = report.session.collection?.indicators;
  if (!set) throw new Error('the list can be read');
  const some = Array.from({ length: Math.floor(set.size / STEP) }, (_, at) => at * STEP);
  return casesOf(set, some, engine).filter(({ expect: expected }) => expected === 'match');
}

/** Names of the shape of those listed, and addresses, that nobody lists. */
const UNLISTED = Array.from({ length: 200 }, (_, at) => ({
  id: 1_000_000 + at,
  kind: at % 2 ? ('domain' as const) : ('ip' as const),
  text: at % 2 ? `n${at}.refang-unlisted.example` : `192.0.2.${at}`,
  expect: 'silence' as const,
  about: '',
}));

describe.skipIf(!hasData)(`100,000 domains and 120,000 addresses${NEEDED}`, async () => {
  const squidTest = await engineTest('squid');
  const postfixTest = await engineTest('postfix');

  test('have a fate each', () => {
    const size = report.session.collection?.indicators.size as number;
    expect(size).toBeGreaterThan(DOMAINS + ADDRESSES + URLS + ENDPOINTS + EMAILS - 2000);
    for (const target of ['squid', 'postfix']) {
      const fates = report.fates.get(target);
      expect(Object.values(fates ?? {}).reduce((sum, one) => sum + one, 0)).toBe(size);
      expect(fates).toMatchObject({ approximated: 0, withheld: 0 });
    }
    expect(report.fates.get('squid')?.unsupported).toBe(emitted('postfix', 'email'));
    expect(report.fates.get('postfix')?.unsupported).toBe(
      emitted('squid', 'url') + emitted('squid', 'endpoint'),
    );
  });

  squidTest('are what Squid loads without a word, line by line', async () => {
    const text = read('squid/refang.conf');
    const valuesOf = (acl: string, words: string) =>
      Array.from(text.matchAll(new RegExp(`^acl refang_block_${acl} ${words} (\\S+)$`, 'gm')), ([, value]) =>
        String(value),
      );
    expect(valuesOf('domains', 'dstdomain -n --')).toHaveLength(emitted('squid', 'domain'));
    expect(valuesOf('urls', 'url_regex')).toHaveLength(emitted('squid', 'url'));
    expect(valuesOf('endpoints', 'all-of \\S+')).toHaveLength(emitted('squid', 'endpoint'));
    expect(sizeOf(valuesOf('addresses', 'dst'))).toBe(sizeOf(addresses));
    expect((await squid.load([pathOf('squid/refang.conf')])).problems).toEqual([]);
  });

  squidTest('are denied by Squid, and nothing else', async () => {
    const cases = witnesses('squid');
    expect(cases.length).toBeGreaterThan(1000);
    const shown = await squid.behave?.({
      files: [pathOf('squid/refang.conf')],
      cases: [...cases, ...UNLISTED],
    });
    const through = shown?.observations.filter(({ rules }) => rules.length === 0) ?? [];
    expect(new Set(through.map((one) => one.case))).toEqual(new Set(UNLISTED.map(({ id }) => id)));
  });

  postfixTest('are what postmap reads without a word, key by key', async () => {
    expect((await postfix.load(POSTFIX.map(pathOf))).problems).toEqual([]);
    const table = `hash:${pathOf('postfix/block-addresses.map')}`;
    const postmap = findProgram('postmap') as string;
    expect(await run(postmap, [table])).toMatchObject({ status: 0, stderr: '' });
    const { stdout } = await run(postmap, ['-s', table]);
    const keys = 2 * emitted('postfix', 'domain') + emitted('postfix', 'email');
    expect(stdout.match(/^\S+\tREJECT /gm)).toHaveLength(keys);
    const clients = read('postfix/block-clients.cidr').match(/^\S+(?= REJECT )/gm) ?? [];
    expect(sizeOf(clients)).toBe(sizeOf(addresses));
  });

  postfixTest('are rejected by Postfix, and nothing else', async () => {
    const cases = witnesses('postfix');
    expect(cases.length).toBeGreaterThan(1000);
    const shown = await postfix.behave?.({ files: POSTFIX.map(pathOf), cases: [...cases, ...UNLISTED] });
    const through = shown?.observations.filter(({ rules }) => rules.length === 0) ?? [];
    expect(new Set(through.map((one) => one.case))).toEqual(new Set(UNLISTED.map(({ id }) => id)));
  });
});
