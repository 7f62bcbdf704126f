import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CODES } from '../../compiler/diagnostics/codes.ts';
import { INDICATORS, PROJECT } from '../project.ts';
import { folderWith } from '../temporary.ts';
import { bundledRefang, ROOT, type Run } from './refang.ts';

const refang = await bundledRefang();

const AS_OF = ['--as-of', '2026-01-01'];

const readLock = (folder: string) => readFileSync(join(folder, 'refang.lock'), 'utf8');

function refused(run: Run, code: number): string {
  expect([run.code, run.stdout]).toEqual([code, '']);
  return run.stderr;
}

function answered(run: Run): string {
  expect([run.code, run.stderr]).toEqual([0, '']);
  return run.stdout;
}

/** The answer on a project whose indicators are changed a little. */
function explained(
  what: string,
  [from, to]: readonly [from: string | RegExp, to: string] = ['', ''],
): string {
  const folder = folderWith({ ...PROJECT, 'indicators.yaml': INDICATORS.replace(from, to) });
  return answered(refang(folder, ['explain', what, ...AS_OF])).replace(/sid \d{4}/g, 'sid N');
}

describe('a value', () => {
  test('carried by rules and lines', () => {
    expect(explained('low.example')).toBe(`low.example (domain), indicators.yaml:16:13
  status   active, confidence 80, severity low, TLP clear
  reports  sample
  guard    special-use: lies under example (special-use names and addresses): documentation (RFC 6761); accepted by Example CERT: documentation values

  mine  emitted  out/mine/rules.txt:2 sid N rev 1
                 out/mine/groups.txt:1 sid N rev 1
  wall  emitted  out/wall/list.txt:3
`);
  });

  test('in a group, defanged', () => {
    expect(explained('host[.]example')).toContain(`
  mine  emitted  out/mine/rules.txt:1 sid N rev 1
                 out/mine/groups.txt:3 sid N rev 1, with 1 other
`);
  });

  test('covered by another, which is carried', () => {
    expect(explained('a.host.example')).toContain(`
  mine  covered  by host.example, indicators.yaml:13:7
                 out/mine/rules.txt:1 sid N rev 1
                 out/mine/groups.txt:3 sid N rev 1, with 1 other
  wall  emitted  out/wall/list.txt:1
`);
  });

  test('kept out, and matched by another still', () => {
    expect(explained('a.host.example', [/$/, '  - {domain: a.host.example, status: revoked}\n'])).toContain(`
  withheld, revoked: its source took it back; still matched by host.example, indicators.yaml:13:7
    mine
  withheld, revoked: its source took it back
    wall
`);
  });

  test('listed more than once', () => {
    expect(explained('192.0.2.1', ['  - mutex', '  - ip: 192.0.2.1\n  - mutex'])).toMatch(
      /^192\.0\.2\.1 \(ip\), indicators\.yaml:18:9, again indicators\.yaml:20:9\n/,
    );
  });

  test('fates that are equal are told once', () => {
    expect(explained('low.example', ['severity: low', 'expires: 2025-12-31'])).toMatch(
      /\n {2}withheld, expired: it expired on 2025-12-31\n {4}mine, wall\n$/,
    );
  });
});

const REASONS: [about: string, change: [from: string, to: string], value: string, lines: string[]][] = [
  [
    'status, and no place',
    ['', ''],
    '192.0.2.1',
    [
      '  unsupported, there is no place for this kind',
      '    mine',
      '  withheld, status: the policy does not take what is historical there',
      '    wall',
    ],
  ],
  [
    'a sentence of the target',
    ['', ''],
    'Global\\example',
    [
      '  unsupported, it is not seen here',
      '    mine',
      '  unsupported, there is no place for this kind',
      '    wall',
    ],
  ],
  [
    'not yet valid',
    ['severity: low', 'first_seen: 2026-01-02'],
    'low.example',
    ['  withheld, not-yet-valid: it is not valid before 2026-01-02', '    mine, wall'],
  ],
  [
    'revoked',
    ['severity: low', 'status: revoked'],
    'low.example',
    ['  withheld, revoked: its source took it back', '    mine, wall'],
  ],
  [
    'confidence',
    ['severity: low', 'confidence: 69'],
    'low.example',
    ['  withheld, confidence: a confidence of 69 is too low for the policy there', '    wall'],
  ],
  [
    'a guard that nothing accepts',
    ['  allow: {guard: special-use, reason: documentation values, owner: Example CERT}\n', ''],
    'host.example',
    ['  withheld, guard:special-use: a guard lists it; see `refang check`', '    mine, wall'],
  ],
];
test.each(REASONS)('why: %s', (_, change, value, lines) => {
  expect(explained(value, change).trimEnd().split('\n').slice(-lines.length)).toEqual(lines);
});

describe('a rule', () => {
  const built = () => {
    const folder = folderWith(PROJECT);
    refang(folder, ['build', ...AS_OF]);
    return folder;
  };
  const sidOf = (folder: string, value: string) => {
    const text = answered(refang(folder, ['explain', value, ...AS_OF]));
    return /rules\.txt:\d+ sid (\d+)/.exec(text)?.[1] as string;
  };

  test('by its sid', () => {
    const folder = built();
    const sid = sidOf(folder, 'low.example');
    expect(answered(refang(folder, ['explain', sid, ...AS_OF]))).toBe(`${sid}, rule of mine, pass names
  key       mine/names/domain/low.example
  revision  1, first 2026-01-01
  stands    out/mine/rules.txt:2

  low.example  domain  indicators.yaml:16:13
`);
  });

  test('by its key', () => {
    const folder = built();
    expect(answered(refang(folder, ['explain', 'mine/names/domain/low.example', ...AS_OF]))).toMatch(
      /^\d+, rule of mine, pass names\n/,
    );
  });

  test('that is retired, and one whose target is not built', () => {
    const folder = built();
    const sid = sidOf(folder, 'low.example');
    const files = { 'indicators.yaml': INDICATORS.replace(/ {2}- domain: low.*\n.*\n/, '') };
    const after = folderWith({ ...PROJECT, ...files, 'refang.lock': readLock(folder) });
    expect(answered(refang(after, ['explain', sid, ...AS_OF]))).toBe(
      `${sid}, retired rule of mine: nothing listed has this key any more; the id is not given again
  key       mine/names/domain/low.example
  revision  1, first 2026-01-01
`,
    );
    const other = folderWith({
      ...PROJECT,
      'refang.yaml': 'targets: [wall]\n',
      'refang.lock': readLock(folder),
    });
    expect(answered(refang(other, ['explain', sid, ...AS_OF]))).toMatch(
      /^\d+, rule of mine, which is not among the targets that are built\n/,
    );
  });

  test('that is not known: the nearest ids', () => {
    const folder = built();
    const sid = sidOf(folder, 'low.example');
    expect(refused(refang(folder, ['explain', `${sid}0`, ...AS_OF]), 1)).toContain(`\`${sid}\``);
  });
});

test('as json', () => {
  const folder = folderWith(PROJECT);
  const run = refang(folder, ['explain', 'A.HOST.example', '--format', 'json', ...AS_OF]);
  const { explanations, rules, endpoints } = JSON.parse(answered(run));
  expect([explanations.length, rules, endpoints]).toEqual([1, [], []]);
  const [mine, wall] = explanations[0].fates;
  expect(explanations[0]).toMatchObject({
    kind: 'domain',
    value: 'a.host.example',
    defined: 'indicators.yaml:14:7',
    again: [],
    guards: [{ guard: 'special-use', allowed: { owner: 'Example CERT' } }],
  });
  expect(mine).toMatchObject({ target: 'mine', fate: 'covered', by: 'host.example' });
  expect(wall).toEqual({
    target: 'wall',
    fate: 'emitted',
    carriers: [{ file: 'out/wall/list.txt', first: 1, last: 1, indicators: 1 }],
  });
});

test.each([
  ['hots.example', 'did you mean `host.example`, `old.example` or `low.example`?'],
  ['192.0.2.2', 'did you mean `192.0.2.1`?'],
  ['nowhere.invalid.test', 'it stands in none of the inputs'],
])('%s is not listed', (value, help) => {
  const folder = folderWith(PROJECT);
  expect(refused(refang(folder, ['explain', value, ...AS_OF]), 1)).toBe(
    `refang: \`${value}\` is not listed\n  help: ${help}\n`,
  );
});

describe('a code', () => {
  test('with an example', () => {
    expect(answered(refang(ROOT, ['explain', 'rf301']))).toBe(`RF301 empty-value
An indicator has no value.

  why   an empty value would match nothing, or everything
  help  write the value, or delete the entry

error[RF301]: the value is empty
 --> example.yaml:4:14
  |
4 |   - domain: ""
  |              ^ empty
  |
`);
  });

  test('without one', () => {
    const { name, title, why, help } = CODES.RF403;
    expect(answered(refang(ROOT, ['explain', 'RF403']))).toBe(
      `RF403 ${name}\n${title}\n\n  why   ${why}\n  help  ${help}\n`,
    );
  });
});
