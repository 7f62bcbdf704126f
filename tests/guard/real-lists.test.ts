/** The real warning lists, and real feeds against them. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { type Guard, type GuardHit, guardIndicators } from '../../compiler/guard/guard.ts';
import { openGuards } from '../../compiler/guard/open.ts';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';
import type { IndicatorSet } from '../../compiler/indicators/set.ts';
import { guardedBy } from '../../compiler/plan/consequence.ts';
import { DEFAULT_LIMITS } from '../../compiler/source/guard-settings.ts';
import { NodeFileReader } from '../../compiler/source/node-files.ts';
import { type Given, planOf, setOf, targetOf } from '../plan/help.ts';

const DATA = fileURLToPath(new URL('../../../shared/data', import.meta.url));
const LISTS = join(DATA, 'warninglists');
const there = existsSync(LISTS);

const isList = (name: string) => name.endsWith('.json') && name !== 'psl-tests.json';
const namesOf = (list: string): string[] => JSON.parse(readFileSync(join(LISTS, list), 'utf8')).list;

async function openReal() {
  const span = { file: new SourceFile('refang.yaml', ''), start: 0, end: 0 };
  const guards = readdirSync(LISTS)
    .filter(isList)
    .map((pattern) => ({ pattern, own: false, span }));
  return openGuards({ guards, limits: DEFAULT_LIMITS }, new NodeFileReader(LISTS));
}

const BLOCK = targetOf(
  {
    block: { takes: ['domain', 'ip', 'cidr', 'endpoint', 'url', 'email', 'hash'], tier: 'block' },
    watch: { takes: ['domain', 'ip', 'cidr', 'endpoint', 'url', 'email', 'hash'], tier: 'watch' },
  },
  { effect: 'block', tiers: ['block', 'watch'] },
);

/** The values that reach the tier `block`. */
function blocked(set: IndicatorSet, hits: readonly GuardHit[]): Set<string> {
  const guarded = guardedBy(hits, 'block');
  const { verdicts } = planOf(set, BLOCK, undefined, { guard: (index) => guarded.get(index) });
  return new Set(set.values.filter((_, index) => verdicts.tier(index) === 'block'));
}

/** The values of a feed, one a line, of active indicators of confidence 95. */
function feed(file: string, kind: 'domain' | 'ip', column: (line: string) => string | undefined): Given[] {
  const values = new Set<string>();
  for (const line of readFileSync(join(DATA, 'lists', file), 'utf8').split(/\r?\n/)) {
    const text = line.startsWith('#') ? undefined : column(line);
    const parsed = text ? KIND_MODULES[kind].parse(text) : undefined;
    if (parsed?.ok && parsed.kind === kind) values.add(parsed.value);
  }
  return [...values].map((value) => [kind, value, { confidence: 95 }]);
}

describe.skipIf(!there)('the real warning lists (../shared/data/warninglists)', () => {
  let guards: readonly Guard[] = [];

  beforeAll(async () => {
    const opened = await openReal();
    expect(opened.diagnostics).toEqual([]);
    guards = opened.guards;
  });

  test.each<
    [file: string, kind: 'domain' | 'ip', column: (line: string) => string | undefined, least: number]
  >([
    ['blocklistproject-phishing-domains.txt', 'domain', (line) => line.trim(), 180_000],
    ['blocklistproject-redirect-hosts.txt', 'domain', (line) => line.split(/\s+/)[1], 100_000],
    ['phishingdb-active2-domains.txt', 'domain', (line) => line.trim(), 20_000],
    ['blackbook.csv', 'domain', (line) => line.split(',')[0], 15_000],
    ['ipsum-ips-scored.txt', 'ip', (line) => line.split('\t')[0], 100_000],
    ['phishingdb-active-ips.txt', 'ip', (line) => line.trim(), 7000],
  ])('%s: no popular name or address is blocked', (file, kind, column, least) => {
    const set = setOf(feed(file, kind, column));
    expect(set.size).toBeGreaterThan(least);
    const hits = guardIndicators(set, guards, '2026-01-01');
    const all = blocked(set, hits);
    const top = [
      'cisco_top1000',
      'cloudflare-top1k',
      'moz-top500',
      'tranco10k',
      'public-dns-v4',
      'sinkholes',
    ];
    const popular = top.flatMap((list) => namesOf(`${list}.json`)).filter((name) => all.has(name));
    expect(popular).toEqual([]);
    const exact = hits.filter(({ relation }) => relation !== 'under').map(({ index }) => set.value(index));
    expect(exact.filter((value) => all.has(value))).toEqual([]);
    // What only lies under a provider stays.
    const under = new Set(hits.filter(({ relation }) => relation === 'under').map(({ index }) => index));
    expect([...under].filter((index) => all.has(set.value(index))).length).toBeGreaterThan(0);
    for (const { about, entry, list } of hits) expect([about, entry, list]).not.toContain('');
    // Most of the feed is blocked all the same.
    expect(all.size / set.size).toBeGreaterThan(0.9);
  });

  test('every name of the top lists is known as such, and none is blocked', () => {
    const top = ['cisco_top1000.json', 'cloudflare-top1k.json', 'moz-top500.json'].flatMap(namesOf);
    const given = [...new Set(top)].flatMap((name): Given[] => {
      const parsed = KIND_MODULES.domain.parse(name);
      return parsed.ok && parsed.kind === 'domain' ? [['domain', parsed.value, { confidence: 95 }]] : [];
    });
    const set = setOf(given);
    expect(set.size).toBeGreaterThan(1500);
    expect([...blocked(set, guardIndicators(set, guards, '2026-01-01'))]).toEqual([]);
  });

  test.each<[string, string, boolean]>([
    ['lengmo.myds.me', 'public-suffix under', true],
    ['myds.me', 'public-suffix exact', false],
    ['evil.duckdns.org', 'public-suffix under', true],
    ['duckdns.org', 'public-suffix exact', false],
    ['evil.azurewebsites.net', 'public-suffix under', true],
  ])('%s: %s', (name, told, blocks) => {
    const set = setOf([['domain', name]]);
    const hits = guardIndicators(set, guards, '2026-01-01');
    expect(hits.map(({ guard, relation }) => `${guard} ${relation}`)).toContain(told);
    expect(blocked(set, hits).has(name)).toBe(blocks);
  });
});
