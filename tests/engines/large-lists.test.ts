/** Real lists of 100,000 domains and 120,000 addresses through all list targets at once, against their parsers. */

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CompiledTarget } from '../../compiler/compile.ts';
import { SEVERITIES } from '../../compiler/indicators/context.ts';
import type { Kind } from '../../compiler/indicators/kind.ts';
import type { IndicatorSet } from '../../compiler/indicators/set.ts';
import { openSession } from '../../compiler/session.ts';
import { ACCEPT_ALL } from '../accepted.ts';
import { LIST_PARSERS } from '../targets/parsers/list-parsers.ts';

const DATA = fileURLToPath(new URL('../../../shared/data/lists', import.meta.url));
const DOMAINS = join(DATA, 'blocklistproject-phishing-domains.txt');
const ADDRESSES = join(DATA, 'ipsum-ips-scored.txt');
const DOMAIN_COUNT = 100_000;
const ADDRESS_COUNT = 120_000;
const there = existsSync(DOMAINS) && existsSync(ADDRESSES);

/** How many lines a product has room for in each file, and how many stand for a domain where it is not one. */
const LIMITS: Readonly<Record<string, { lines?: number; linesOfDomain: number }>> = {
  'pan-os': { lines: 50_000, linesOfDomain: 2 },
  fortios: { lines: 131_072, linesOfDomain: 2 },
};

/** The least share of its limit to which a list of merged addresses is filled. */
const FILLED = 0.98;

/** The first so many lines in which a pattern finds a value. */
function firstOf(path: string, pattern: RegExp, count: number): string[] {
  const found = readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => pattern.exec(line)?.[1] ?? []);
  expect(found.length).toBeGreaterThanOrEqual(count);
  return found.slice(0, count);
}

/** A record of a kind, with its values as a pasted block. */
function record(kind: string, severity: string, values: readonly string[]): string {
  return `  - severity: ${severity}\n    ${kind}: |\n${values.map((value) => `      ${value}\n`).join('')}`;
}

/** What must be kept where there is no room for all: names of five labels or more, some below lesser ones, and addresses. */
function isCritical(value: string): boolean {
  return /^(?:[^.]+\.){4}|\.77$/.test(value);
}

/** All active and of confidence 95. */
function source(): string {
  const domains = firstOf(DOMAINS, /^((?:[a-z0-9-]{1,63}\.)+[a-z]{2,24})$/, DOMAIN_COUNT);
  const addresses = firstOf(ADDRESSES, /^(\d+\.\d+\.\d+\.\d+)\t/, ADDRESS_COUNT);
  const records = Object.entries({ domain: domains, ip: addresses }).flatMap(([kind, values]) => [
    record(kind, 'critical', values.filter(isCritical)),
    record(
      kind,
      'medium',
      values.filter((value) => !isCritical(value)),
    ),
  ]);
  return `refang: 1\ndefaults: {status: active, confidence: 95, tlp: green, allow: ${ACCEPT_ALL}}\nindicators:\n${records.join('')}`;
}

/** How many indicators of a kind have each fate. What there was no room for must not be critical. */
function fatesOf(set: IndicatorSet, { plan }: CompiledTarget, kind: Kind) {
  const counts = { listed: 0, covered: 0, byLesser: 0, withheld: 0, all: 0 };
  const withheld = new Set<string>();
  for (const [index, { fate, reason, by }] of [...plan.verdicts].entries()) {
    if (set.kind(index) !== kind) continue;
    counts.all++;
    if (fate === 'emitted' || fate === 'approximated') counts.listed++;
    if (fate === 'covered') counts.covered++;
    if (by !== undefined && isLesser(set, by, index)) counts.byLesser++;
    if (fate !== 'withheld') continue;
    counts.withheld++;
    withheld.add(`${reason}, ${set.context(index).severity}`);
  }
  expect([[], ['limit, medium']]).toContainEqual([...withheld]);
  expect(counts.listed + counts.covered + counts.withheld).toBe(counts.all);
  return counts;
}

/** Whether an indicator is of less severity than another. */
function isLesser(set: IndicatorSet, one: number, other: number): boolean {
  const [severity, than] = [set.context(one).severity, set.context(other).severity];
  return SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(than);
}

/** How many addresses a line stands for; nothing for a name. */
function addressesOf(entry: string): number {
  const [, first, length, last] = /^([\d.]+)(?:\/(\d+)|-([\d.]+))?$/.exec(entry) ?? [];
  if (first === undefined) return 0;
  const number = (text: string) => text.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  return last === undefined ? 2 ** (32 - Number(length ?? 32)) : number(last) - number(first) + 1;
}

/** All entries of a target's files, which its parser must take. */
function entriesOf(target: CompiledTarget): string[] {
  const parse = LIST_PARSERS[target.name as keyof typeof LIST_PARSERS];
  return [...target.files()].flatMap(({ path, chunks }) => {
    const { entries, problems } = parse(path, [...chunks].join(''));
    expect(problems, `${target.name}/${path}`).toEqual([]);
    return entries;
  });
}

describe.skipIf(!there)(`large lists${there ? '' : ' [needs the public lists]'}`, () => {
  test('load, lose nothing unsaid, and keep the best', { timeout: 30_000 }, async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'refang-large-'));
    onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
    writeFileSync(join(cwd, 'indicators.yaml'), source());
    const targets = Object.keys(LIST_PARSERS);
    const session = await openSession({ cwd, files: ['indicators.yaml'], targets, asOf: '2026-01-01' });
    expect(session.failed).toBeUndefined();
    const set = session.collection?.indicators as IndicatorSet;
    expect(session.compiled?.targets.map(({ name }) => name)).toEqual(targets.toSorted());
    for (const target of session.compiled?.targets ?? []) {
      const { lines, linesOfDomain } = LIMITS[target.name] ?? { linesOfDomain: 1 };
      const domains = fatesOf(set, target, 'domain');
      const addresses = fatesOf(set, target, 'ip');
      expect([domains.all, addresses.all]).toEqual([DOMAIN_COUNT, ADDRESS_COUNT]);
      const sizes = entriesOf(target).map(addressesOf);
      const names = sizes.filter((size) => size === 0).length;
      expect(names, target.name).toBe(domains.listed * linesOfDomain);
      expect(
        sizes.reduce((sum, size) => sum + size, 0),
        target.name,
      ).toBe(addresses.listed);
      if (domains.covered > 0) expect(domains.byLesser, target.name).toBeGreaterThan(50);
      if (domains.withheld > 0) expect(names, target.name).toBe(lines);
      expect(domains.withheld > 0, target.name).toBe(lines !== undefined);
      expect(addresses.covered, target.name).toBe(0);
      const entries = sizes.length - names;
      if (addresses.withheld > 0) expect(entries / Number(lines), target.name).toBeGreaterThanOrEqual(FILLED);
      expect(addresses.withheld > 0, target.name).toBe(target.name === 'pan-os');
    }
  });
});
