/**
 * A real list of 100,000 domains and one of 120,000 addresses through all DNS targets at once, against the programs
 * themselves.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuildReport, build } from '../../compiler/index.ts';
import { domain } from '../../compiler/indicators/domain.ts';
import { isValueOf } from '../../compiler/indicators/witnesses.ts';
import { casesOf } from '../../compiler/prove/cases.ts';
import { ENGINES } from '../../compiler/prove/engines.ts';
import { filesFor } from '../../compiler/prove/judged-by.ts';
import { ACCEPT_ALL } from '../accepted.ts';
import { dataLines, hasData } from '../indicators/tables.ts';
import { parseAdguard } from '../targets/parsers/adguard.ts';
import { parseHosts } from '../targets/parsers/hosts.ts';
import { parseDomainList, reachOf } from '../targets/parsers/route53.ts';
import { getentTest, lookUpInHosts } from './getent.ts';
import { engineTest } from './require.ts';

const BLOCKED = 100_000;
const WATCHED = 10_000;
const ADDRESSES = 120_000;
const NEEDED = hasData ? '' : ' [needs the public data]';

const cwd = mkdtempSync(join(tmpdir(), 'refang-large-'));
let report: BuildReport;

/**
 * Writes feeds of names to block and, more than that, to watch, and of addresses to block; answers with the file that
 * names them.
 */
function indicators(): string {
  // Some names of the list are cut off within a label, which begins with a digit then: no parser takes that for a top.
  const names = dataLines('lists/blocklistproject-phishing-domains.txt').filter(
    (line) => isValueOf(domain, line) && /\.[a-z][^.]*$/.test(line),
  );
  const scored = dataLines('lists/ipsum-ips-scored.txt').slice(0, ADDRESSES);
  const feed = (path: string, values: readonly string[]) =>
    writeFileSync(join(cwd, path), values.map((value) => `${value}\n`).join(''));
  feed('blocked.txt', names.slice(0, BLOCKED));
  feed('watched.txt', names.slice(BLOCKED, BLOCKED + WATCHED));
  // A score stands behind a tab: a list ends its values there.
  feed('addresses.txt', scored);
  return `refang: 1
defaults: {status: active, confidence: 90, severity: high, tlp: clear, allow: ${ACCEPT_ALL}}
feeds:
  - {path: blocked.txt, kind: domain, format: list}
  - {path: watched.txt, kind: domain, format: list, status: historical}
  - {path: addresses.txt, kind: ip, format: list}
`;
}

beforeAll(async () => {
  if (!hasData) return;
  writeFileSync(join(cwd, 'indicators.yaml'), indicators());
  const targets = ['rpz', 'unbound', 'dnsmasq', 'hosts', 'adguard', 'route53'];
  report = await build({ cwd, out: 'out', targets, asOf: '2026-01-01' });
  expect(report.session.failed).toBeUndefined();
});

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const pathOf = (name: string) => join(cwd, 'out', name);
const read = (name: string) => readFileSync(pathOf(name), 'utf8');
const linesWith = (name: string, pattern: RegExp) => read(name).match(pattern)?.length ?? 0;

/** The indicators of a target that have a fate, by kind and tier. */
function those(target: string, kind: string, tier: 'block' | 'watch', ...fates: readonly string[]): number[] {
  const { compiled, collection } = report.session;
  const verdicts = compiled?.targets.find(({ name }) => name === target)?.plan.verdicts ?? [];
  return [...verdicts].flatMap(({ fate, tier: of }, at) => {
    const meant = of === tier && fates.includes(fate) && collection?.indicators.kind(at) === kind;
    return meant ? [at] : [];
  });
}

const entriesOf = (path: string) => report.files.find((file) => file.path === path)?.entries;

describe.skipIf(!hasData)(`100,000 domains and 120,000 addresses${NEEDED}`, async () => {
  test('have a fate each, in every target', () => {
    const size = report.session.collection?.indicators.size as number;
    expect(size).toBeGreaterThan(BLOCKED + WATCHED + ADDRESSES - 100);
    expect([...report.fates.keys()]).toHaveLength(6);
    for (const [target, fates] of report.fates)
      expect(
        Object.values(fates).reduce((sum, one) => sum + one, 0),
        target,
      ).toBe(size);
  });

  test('are in the zones, by the manifest and by the records', () => {
    for (const tier of ['block', 'watch'] as const) {
      const names = those('rpz', 'domain', tier, 'emitted').length;
      expect(names).toBeGreaterThan(tier === 'block' ? 90_000 : 9000);
      expect(entriesOf(`rpz/${tier}.rpz`)).toBe(names);
      expect(linesWith(`rpz/${tier}.rpz`, / CNAME (?:\.|rpz-passthru\.)$/gm)).toBe(2 * names);
    }
    expect(those('rpz', 'ip', 'block', 'emitted')).toHaveLength(ADDRESSES);
    const triggers = linesWith('rpz/block-addresses.rpz', /\.rpz-ip CNAME \.$/gm);
    expect(triggers).toBeGreaterThan(ADDRESSES / 2);
    expect(triggers).toBeLessThanOrEqual(ADDRESSES);
  });

  test('are in the lists that no server here reads', () => {
    const hosts = parseHosts(read('hosts/refang.hosts'));
    expect(hosts.problems).toEqual([]);
    expect(hosts.names.size).toBe(those('hosts', 'domain', 'block', 'approximated', 'emitted').length);
    const { rules, problems } = parseAdguard(read('adguard/refang.txt'));
    expect(problems).toEqual([]);
    expect(rules).toHaveLength(those('adguard', 'domain', 'block', 'emitted').length);
    for (const tier of ['block', 'watch'] as const) {
      const list = parseDomainList(read(`route53/${tier}-domains.txt`));
      expect(list.problems).toEqual([]);
      const names = those('route53', 'domain', tier, 'emitted').length;
      expect(reachOf(list.entries).size).toBe(names);
      expect(list.entries).toHaveLength(2 * names);
    }
  });

  for (const [target, engine] of [
    ['rpz', 'bind'],
    ['rpz', 'unbound'],
    ['rpz', 'powerdns'],
    ['rpz', 'knot'],
    ['unbound', 'unbound'],
    ['dnsmasq', 'dnsmasq'],
  ] as const) {
    const tested = await engineTest(engine);
    tested(
      `${target}: ${engine} loads them without a word, and blocks and logs those that are asked for`,
      async () => {
        const own = report.files.filter((file) => file.target === target).map(({ path }) => pathOf(path));
        const files = filesFor(engine, own);
        expect((await ENGINES[engine].load(files)).problems).toEqual([]);
        const set = report.session.collection?.indicators;
        if (!set) throw new Error('the lists can be read');
        const sample = (of: readonly number[], count: number) =>
          Array.from(
            { length: Math.min(count, of.length) },
            (_, at) => of[Math.floor((at * of.length) / count)] as number,
          );
        const blocked = [
          ...sample(those(target, 'domain', 'block', 'emitted'), 40),
          ...sample(those(target, 'ip', 'block', 'emitted'), 40),
        ];
        const watched = sample(those(target, 'domain', 'watch', 'emitted'), 40);
        const cases = casesOf(set, [...blocked, ...watched], engine)
          .filter((one) => one.expect === 'match')
          .map((one, id) => ({ ...one, id }));
        const seen = await ENGINES[engine].behave?.({ files, cases });
        expect(seen?.observations.length).toBeGreaterThan(300);
        for (const { case: at, rules } of seen?.observations ?? []) {
          const { indicator, text } = cases[at] as (typeof cases)[number];
          expect(rules, text).toEqual([watched.includes(indicator) ? 'count' : 'drop']);
        }
      },
    );
  }

  const glibcTest = await getentTest();
  glibcTest('glibc finds names at both ends of the hosts file', async () => {
    const names = [...parseHosts(read('hosts/refang.hosts')).names.keys()];
    const asked = [names[0] as string, names.at(-1) as string, 'www.host.example'];
    const found = await lookUpInHosts(pathOf('hosts/refang.hosts'), 4, asked);
    expect(Object.keys(found)).toEqual(asked.slice(0, 2));
  });
});
