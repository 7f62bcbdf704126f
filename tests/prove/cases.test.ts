import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';
import type { Fate } from '../../compiler/plan/fate.ts';
import { Verdicts } from '../../compiler/plan/verdicts.ts';
import { casesOf, provable } from '../../compiler/prove/cases.ts';
import type { EngineName } from '../../compiler/prove/engine.ts';
import { openSession } from '../../compiler/session.ts';
import { setOf } from '../plan/help.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

test('what a target says it matches is shown: emitted, covered, approximated', () => {
  const fates: Fate[] = ['emitted', 'withheld', 'covered', 'unsupported', 'approximated'];
  expect(provable(Verdicts.from(fates.map((fate) => ({ fate }))))).toEqual([0, 2, 4]);
});

describe('cases', () => {
  const set = setOf([
    ['domain', 'host.example'],
    ['hash', '00112233445566778899aabbccddeeff'],
    ['ip', '192.0.2.1'],
    ['domain', 'exact.example', { match: 'exact' }],
    ['ja3', '00112233445566778899aabbccddeeff'],
  ]);

  function texts(indicator: number, engine: EngineName, expected: 'match' | 'silence'): string[] {
    const cases = casesOf(set, [indicator], engine);
    return cases.filter(({ expect: wanted }) => wanted === expected).map(({ text }) => text);
  }

  test('ids are places, and each case tells its indicator', () => {
    const cases = casesOf(set, [3, 0], 'suricata');
    expect(cases.map(({ id }) => id)).toEqual([...cases.keys()]);
    expect([...new Set(cases.map(({ indicator }) => indicator))]).toEqual([3, 0]);
    expect(cases[0]).toEqual({
      id: 0,
      indicator: 3,
      kind: 'domain',
      text: 'exact.example',
      expect: 'match',
      about: 'the name itself',
    });
  });

  test('only the indicators that are asked for; none for hashes and fingerprints', () => {
    expect(casesOf(set, [], 'yara')).toEqual([]);
    expect(casesOf(set, [1, 4], 'suricata')).toEqual([]);
  });

  test('names below the name match it, but not where it is exact', () => {
    expect(texts(0, 'zeek', 'match')).toContain('www.host.example');
    expect(texts(0, 'zeek', 'silence')).toContain('evilhost.example');
    expect(texts(3, 'zeek', 'match')).toEqual(['exact.example', 'EXACT.EXAMPLE']);
    expect(texts(3, 'zeek', 'silence')).toContain('www.exact.example');
  });

  test('what is no address is shown in text alone', () => {
    expect(texts(2, 'yara', 'silence')).toContain('1.192.0.2.1');
    expect(texts(2, 'yara-x', 'silence')).toContain('1.192.0.2.1');
    for (const engine of ['suricata', 'suricata-8', 'zeek', 'nftables', 'sigma'] as const)
      expect(texts(2, engine, 'silence')).not.toContain('1.192.0.2.1');
  });

  test('other spellings of a URL are shown in packets alone', () => {
    const url = setOf([['url', 'http://host.example/path']]);
    const spelt = (engine: EngineName) =>
      casesOf(url, [0], engine).some(({ text }) => text === 'http://HOST.EXAMPLE/path');
    expect(
      ['suricata', 'suricata-8', 'zeek', 'yara', 'yara-x', 'sigma'].map((name) => spelt(name as EngineName)),
    ).toEqual([true, true, true, false, false, false]);
  });
});

test('the report: every indicator but the hashes has a match and near misses, in every target', async () => {
  const session = await openSession({ cwd: ROOT, asOf: '2026-01-01' });
  const set = session.collection?.indicators;
  const targets = session.compiled?.targets;
  if (!set || !targets) throw new Error('the report can be read');
  for (const { name, plan, fates } of targets) {
    const indicators = provable(plan.verdicts);
    expect([name, indicators.length]).toEqual([name, fates.emitted + fates.covered + fates.approximated]);
    const cases = casesOf(set, indicators, 'zeek');
    const shown = indicators.filter((index) => KIND_MODULES[set.kind(index)].witnesses);
    for (const expected of ['match', 'silence']) {
      const with_ = new Set(cases.filter((one) => one.expect === expected).map(({ indicator }) => indicator));
      expect([name, expected, [...with_]]).toEqual([name, expected, shown]);
    }
  }
  const families = targets.filter(({ name }) => /^(nftables|sigma|suricata|yara|zeek)$/.test(name));
  const matches = families.map(({ name, plan }) => {
    const indicators = provable(plan.verdicts);
    return [
      name,
      indicators.length,
      casesOf(set, indicators, 'zeek').filter((one) => one.expect === 'match').length,
    ];
  });
  // Of 24 names five, of 11 e-mail addresses two, of 8 addresses one.
  expect(matches).toEqual([
    ['nftables', 8, 8],
    ['sigma', 32, 128],
    ['suricata', 43, 150],
    ['yara', 43, 150],
    ['zeek', 43, 150],
  ]);
});
