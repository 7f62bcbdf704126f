import { describe, expect, test } from 'vitest';
import { StreamedFile } from '../../compiler/diagnostics/streamed-file.ts';
import { guardIndicators } from '../../compiler/guard/guard.ts';
import { specialUse } from '../../compiler/guard/special-use.ts';
import type { Allow } from '../../compiler/indicators/context.ts';
import { IndicatorSet } from '../../compiler/indicators/set.ts';
import { guardDiagnostics } from '../../compiler/plan/guard-diagnostics.ts';
import { type Given, setOf } from '../plan/help.ts';

const AS_OF = '2026-01-01';
const ALLOW: Allow = { guard: 'special-use', reason: 'r', owner: 'o' };

const hitsOf = (given: readonly Given[]) => guardIndicators(setOf(given), [specialUse], AS_OF);

test('addresses and names that the registries reserve, and what is made of them; nothing else', () => {
  const hits = hitsOf([
    ['ip', '192.0.2.1'],
    ['ip', '66.98.127.105'],
    ['ip', '10.0.0.1'],
    ['ip', '2001:db8::1'],
    ['domain', 'host.example'],
    ['domain', 'example.com'],
    ['domain', 'notexample.com'],
    ['url', 'http://127.0.0.1/x'],
    ['mutex', 'host.example'],
  ]);
  expect(hits.map(({ index, guard, about }) => [index, guard, about])).toEqual([
    [0, 'special-use', 'documentation (RFC 5737)'],
    [2, 'special-use', 'private network (RFC 1918)'],
    [3, 'special-use', 'documentation (RFC 3849)'],
    [4, 'special-use', 'documentation (RFC 6761)'],
    [5, 'special-use', 'documentation (RFC 6761)'],
    [7, 'special-use', 'loopback (RFC 1122)'],
  ]);
});

describe('an override', () => {
  const cases: [about: string, allow: Allow[], allowed: boolean, ended: boolean][] = [
    ['without an end', [ALLOW], true, false],
    ['that ends today', [{ ...ALLOW, until: AS_OF }], true, false],
    ['that ended yesterday', [{ ...ALLOW, until: '2025-12-31' }], false, true],
    ['for another guard', [{ ...ALLOW, guard: 'warninglists' }], false, false],
    ['that holds beside one that ended', [{ ...ALLOW, until: '2025-12-31' }, ALLOW], true, true],
  ];
  test.each(cases)('%s', (_, allow, allowed, ended) => {
    const [hit] = hitsOf([['ip', '192.0.2.1', { allow }]]);
    expect([hit?.allowed !== undefined, hit?.ended !== undefined]).toEqual([allowed, ended]);
  });
});

test('what nothing accepts is a finding, which says whether an override ended', () => {
  const set = setOf([
    ['ip', '192.0.2.1'],
    ['ip', '192.0.2.2', { allow: [{ ...ALLOW, until: '2025-12-31' }] }],
    ['ip', '192.0.2.3', { allow: [ALLOW] }],
  ]);
  const diagnostics = guardDiagnostics(set, guardIndicators(set, [specialUse], AS_OF));
  expect(diagnostics.map(({ code, severity, message, help }) => [code, severity, message, help])).toEqual([
    [
      'RF401',
      'warning',
      '`192.0.2.1` is special-use: documentation (RFC 5737)',
      'take it out, or accept it with `allow: {guard: special-use, reason: …, owner: …}`',
    ],
    [
      'RF401',
      'warning',
      '`192.0.2.2` is special-use: documentation (RFC 5737)',
      'the `allow` of this record ended on 2025-12-31: renew it or take the indicator out',
    ],
  ]);
});

test('of a feed the first hits are told, and how many more', () => {
  const set = new IndicatorSet();
  const file = new StreamedFile('feeds/f.txt');
  const context = setOf([['domain', 'a.example']]).context(0);
  for (let at = 0; at < 1021; at++) {
    file.beginLine(at);
    set.add('domain', `a${at}.example`, context, { file, start: at, end: at + 1 });
  }
  const diagnostics = guardDiagnostics(set, guardIndicators(set, [specialUse], AS_OF));
  expect(diagnostics).toHaveLength(21);
  expect(diagnostics[19]).toMatchObject({
    code: 'RF401',
    message: '`a19.example` is special-use: documentation (RFC 6761)',
  });
  expect(diagnostics[20]).toMatchObject({
    code: 'RF401',
    severity: 'warning',
    span: { file, start: 20 },
    message: '… and 1,001 more indicators of `feeds/f.txt` are special-use',
  });
});
