/** Lists as files: what of them is read, and what is told of those that are damaged. */

import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { readOwnList } from '../../compiler/guard/own-list.ts';
import { guardName } from '../../compiler/guard/read-lists.ts';
import { readWarningList } from '../../compiler/guard/warning-list.ts';
import { openSession } from '../../compiler/session.ts';
import { folderWith } from '../temporary.ts';
import { guardsWith, hitsOf, warningList } from './help.ts';

function told({ code, severity, span, message }: Diagnostic): string {
  const at = span?.file.position(span.start);
  return `${code} ${severity} ${at?.line}:${at?.column} ${message}`;
}

describe('a warning list', () => {
  const cases: [about: string, text: string, told: string[]][] = [
    ['that ends too early', '{\n  "list": [\n', ['RF410 error']],
    ['that is not JSON', 'name: x\n', ['RF410 error 1:1']],
    [
      'without a list',
      '{"type": "string"}',
      ['RF410 error 1:1 `l.json` is not a warning list: it has no `list`'],
    ],
    [
      'of an unknown type',
      '{\n "type": "glob", "list": []}',
      [
        'RF410 error 2:2 `l.json` is not a warning list: its `type` is not `string`, `hostname`, `cidr`, `substring` or `regex`',
      ],
    ],
    [
      'with entries that are none',
      '{"type": "cidr", "list": [\n"1.2.3.4",\n"1.2.3.4/40",\n7]}',
      [
        'RF411 warning 3:1 the entry `1.2.3.4/40` is not used: it is neither an address nor a network',
        'RF411 warning 4:1 the entry `7` is not used: it is not a text',
      ],
    ],
    [
      'with an expression that would hang',
      '{"type": "regex", "list": ["/^(a+)+$/i"]}',
      [
        'RF411 warning 1:28 the entry `/^(a+)+$/i` is not used: it repeats a group that holds repetitions or alternatives',
      ],
    ],
  ];
  test.each(cases)('%s', (_, text, expected) => {
    const { diagnostics } = readWarningList(new SourceFile('l.json', text), 'l');
    expect(diagnostics).toHaveLength(expected.length);
    for (const [at, diagnostic] of diagnostics.entries()) expect(told(diagnostic)).toContain(expected[at]);
  });

  test('of many unusable entries a few are told', () => {
    const text = warningList(
      'cidr',
      Array.from({ length: 1005 }, (_, at) => `x${at}`),
    );
    const { diagnostics } = readWarningList(new SourceFile('l.json', text), 'l');
    expect(diagnostics).toHaveLength(6);
    expect(diagnostics[5]?.message).toBe('… and 1,000 more entries of `l.json` are not used');
  });

  test('is compared with the kinds that its attributes mean', async () => {
    const guards = await guardsWith({ 'l.json': warningList('string', ['listed.de'], ['email-src', 'md5']) });
    const hits = hitsOf(guards, [
      ['domain', 'listed.de'],
      ['email', 'a@listed.de'],
    ]);
    expect(hits.map(({ index, guard, list, relation }) => [index, guard, list, relation])).toEqual([
      [1, 'l', 'List of a test, version 3', 'under'],
    ]);
  });
});

test('an own list: domains, networks and addresses, and the lines that are none', () => {
  const text =
    '# ours\nmine[.]com  # the site\r\n*.other.de\n192.0.2.0/24\n2001:db8::1\n\nnot a name\n1.2.3.4/40\n';
  const { list, diagnostics } = readOwnList(new SourceFile('own.txt', text), 'own');
  expect(list.parents).toEqual(['mine.com', 'other.de']);
  expect(list.ranges.size).toBe(2);
  expect(list.reasons.get('mine.com')).toBe('the site');
  expect(diagnostics.map(told)).toEqual([
    'RF412 error 7:1 `not a name` is neither a domain nor an address nor a network',
    'RF412 error 8:1 `1.2.3.4/40` is neither a domain nor an address nor a network',
  ]);
});

test.each([
  ['warninglists/tranco10k.json', 'tranco10k'],
  ['lists/tranco10k/list.json', 'tranco10k'],
  ['list.json', 'list'],
  ['Our Own.txt', 'our-own'],
  ['a/.hidden', '.hidden'],
])('the guard of %s is %s', (path, name) => {
  expect(guardName(path)).toBe(name);
});

describe('a project', () => {
  const INDICATORS = `refang: 1
defaults: {status: active, confidence: 90, severity: high, tlp: clear}
indicators:
  - domain: listed.de
  - cidr: [45.1.0.0/16, 45.2.0.0/16]
`;

  test('tells hits at their indicators with the list and its version', async () => {
    const cwd = folderWith({
      'refang.yaml': 'targets: [hosts]\nguards: [lists/*.json, {allow: own.txt}]\n',
      'lists/one.json': warningList('string', ['listed.de']),
      'own.txt': '45.1.2.3\n',
      'indicators.yaml': INDICATORS,
    });
    const { diagnostics } = await openSession({ cwd, asOf: '2026-01-01' });
    expect(diagnostics.map(told)).toEqual([
      'RF408 warning 4:13 `listed.de` is on `List of a test, version 3`',
      'RF409 warning 5:12 `45.1.0.0/16` holds `45.1.2.3` of `own.txt`: on your own list',
    ]);
  });

  test.each<[settings: string, told: string]>([
    ['guards: [none/*.json]\n', 'RF124 error 1:10 no file matches `none/*.json`'],
    ['guards: none.json\n', 'RF122 error 1:9 `none.json` does not exist'],
    ['guards: broken.json\n', 'RF410 error 1:1 '],
  ])('%s', async (settings, expected) => {
    const cwd = folderWith({ 'refang.yaml': settings, 'broken.json': 'x', 'indicators.yaml': INDICATORS });
    const { failed, diagnostics } = await openSession({ cwd, asOf: '2026-01-01' });
    expect(failed).toBe('configuration');
    expect(diagnostics.map(told).join('\n')).toContain(expected);
  });

  test('that would block more addresses than it may is not built', async () => {
    const cwd = folderWith({
      'refang.yaml': 'targets: [nftables]\nlimits: {addresses: 100000}\n',
      'indicators.yaml': INDICATORS,
    });
    const { failed, diagnostics } = await openSession({ cwd, asOf: '2026-01-01' });
    expect(failed).toBe('configuration');
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'RF413 `nftables` would block 131,072 addresses, more than the 100,000 addresses of `limits.addresses`',
    ]);
  });
});
