import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { CODES } from '../../compiler/diagnostics/codes.ts';
import { VERSION } from '../../compiler/version.ts';
import { INDICATORS, PROJECT } from '../project.ts';
import { filesBelow, folderWith, writeFiles } from '../temporary.ts';
import { bundledRefang, ROOT, type Run } from './refang.ts';

const refang = await bundledRefang();

const AS_OF = ['--as-of', '2026-01-01'];
const TEN_ERRORS = join(ROOT, 'tests/source/ten-errors.yaml');

/** Something went wrong: nothing on stdout. */
function refused(run: Run, code: number): string {
  expect([run.code, run.stdout]).toEqual([code, '']);
  return run.stderr;
}

/** All is well: nothing on stderr. */
function answered(run: Run): string {
  expect([run.code, run.stderr]).toEqual([0, '']);
  return run.stdout;
}

describe('refang', () => {
  test('--version is that of package.json', () => {
    expect(answered(refang(ROOT, ['--version']))).toBe(`refang ${VERSION}\n`);
    expect(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version).toBe(VERSION);
  });

  test('--help on stdout; the same on stderr where no command is given', () => {
    const help = answered(refang(ROOT, ['--help']));
    expect(help.split('\n').slice(0, 3)).toEqual([
      'refang compiles threat intelligence into detections.',
      '',
      '  refang build   [FILE…]   compile indicators.yaml into out/',
    ]);
    expect(refused(refang(ROOT, []), 3)).toBe(help);
  });

  test.each(['build', 'check', 'explain', 'targets'])('%s --help', (verb) => {
    const help = answered(refang(ROOT, [verb, '--help']));
    expect(help).toMatch(new RegExp(`^refang ${verb} .+\n\n  `));
    for (const line of help.split('\n')) expect([line, line.length <= 110]).toEqual([line, true]);
  });

  const usage: [args: string[], message: string, help: string][] = [
    [['buidl'], '`buidl` is not a command', 'did you mean `refang build`?'],
    [['frobnicate'], '`frobnicate` is not a command', 'see `refang --help`'],
    [['constructor'], '`constructor` is not a command', 'see `refang --help`'],
    [['build', '--tarket', 'x'], '`build` has no option `--tarket`', 'did you mean `--target`?'],
    [['build', '--frobnicate'], '`build` has no option `--frobnicate`', 'see `refang build --help`'],
    [['build', '-x'], '`build` has no option `-x`', 'see `refang build --help`'],
    [['build', '--out'], '`--out` needs a value', 'see `refang build --help`'],
    [['build', '--out', '--check'], '`--out` needs a value', 'see `refang build --help`'],
    [['build', '--check=yes'], '`--check` takes no value', 'see `refang build --help`'],
    [['build', '--as-of', '2026-02-30'], '`2026-02-30` is not a day', 'write `--as-of` as YYYY-MM-DD'],
    [['check', '--as-of', 'today'], '`today` is not a day', 'write `--as-of` as YYYY-MM-DD'],
    [['check', '--format', 'yaml'], '`--format` cannot be `yaml`', 'write `pretty`, `concise` or `json`'],
    [
      ['explain'],
      '`explain` needs a value',
      'name an indicator or a code: `refang explain 1ds.me`, `refang explain RF301`',
    ],
    [['explain', 'RF999'], 'there is no code `RF999`', 'docs/codes/ lists the codes'],
    [['targets', 'suricatta'], 'there is no target `suricatta`', 'did you mean `suricata`?'],
    [['targets', 'frobnicator'], 'there is no target `frobnicator`', 'see `refang targets`'],
    [['targets', 'zeek', 'yara'], '`targets` takes one name', 'see `refang targets --help`'],
  ];
  test.each(usage)('%j is bad usage', (args, message, help) => {
    expect(refused(refang(ROOT, args), 3)).toBe(`refang: ${message}\n  help: ${help}\n`);
  });
});

const TABLE = `6 indicators  emitted  covered  approximated  withheld  unsupported  files
mine                3        1             -         -            2      2
wall                4        -             -         1            1      1
wrote out
`;

describe('build', () => {
  test('prints the fates, target by target', () => {
    const folder = folderWith(PROJECT);
    const run = refang(folder, ['build', ...AS_OF]);
    expect(run).toEqual({ code: 0, stdout: '', stderr: TABLE });
    expect(existsSync(join(folder, 'refang.lock'))).toBe(true);
  });

  test('in colours where they are wanted, and not where they are not', () => {
    const folder = folderWith(PROJECT);
    const coloured = refang(folder, ['build', ...AS_OF], { FORCE_COLOR: '1' }).stderr;
    expect(coloured).toContain('\u001b[1m6 indicators\u001b[22m');
    expect(stripVTControlCharacters(coloured)).toBe(TABLE);
    const both = { FORCE_COLOR: '1', NO_COLOR: '1' };
    expect(refang(folder, ['build', ...AS_OF], both).stderr).toBe(TABLE);
  });

  test('another file: says that there is no lock', () => {
    const folder = folderWith({ ...PROJECT, 'more.yaml': INDICATORS });
    const run = refang(folder, ['build', 'more.yaml', '--out', 'other', '--target', 'wall', ...AS_OF]);
    expect(run).toEqual({
      code: 0,
      stdout: '',
      stderr: `6 indicators  emitted  covered  approximated  withheld  unsupported  files
wall                4        -             -         1            1      1
wrote other
ids derived without a lock: the input is not that of a project
`,
    });
  });

  test('--strict turns losses into findings, and builds all the same', () => {
    const folder = folderWith(PROJECT);
    expect(refang(folder, ['build', '--strict', ...AS_OF])).toMatchObject({ code: 1, stderr: TABLE });
    writeFiles(folder, { 'indicators.yaml': INDICATORS.replace(/ {2}- ip[\s\S]*/, '') });
    expect(refang(folder, ['build', '--strict', ...AS_OF]).code).toBe(0);
  });

  test('--check tells what differs', () => {
    const folder = folderWith(PROJECT);
    refang(folder, ['build', ...AS_OF]);
    expect(refang(folder, ['build', '--check'])).toEqual({ code: 0, stdout: '', stderr: '' });
    writeFiles(folder, { 'indicators.yaml': INDICATORS.replace('severity: high', 'severity: low') });
    expect(
      refused(refang(folder, ['build', '--check', ...AS_OF]), 1),
    ).toBe(`\`out\` is not what a build would write:
  manifest.json (differs)
  mine/groups.txt (differs)
  mine/rules.txt (differs)
  refang.lock (differs)
  help: run \`refang build\` and commit what it writes
`);
  });

  test('with errors in the input nothing is written', () => {
    const folder = folderWith({ ...PROJECT, 'indicators.yaml': readFileSync(TEN_ERRORS, 'utf8') });
    const before = filesBelow(folder);
    const stderr = refused(refang(folder, ['build', ...AS_OF]), 2);
    expect(stderr.match(/^error\[/gm)).toHaveLength(10);
    expect(stderr.endsWith('\n10 errors in 1 file\n')).toBe(true);
    expect(filesBelow(folder)).toEqual(before);
  });

  test('with an error in a template nothing is written', () => {
    const folder = folderWith({
      ...PROJECT,
      'templates/wall/list.hbs': '{{#each addresses}}\n{{vlaue}}\n{{/each}}\n',
    });
    expect(refused(refang(folder, ['build', ...AS_OF]), 3)).toMatch(
      /^error\[RF511\]: no field `vlaue` here\n --> .*templates\/wall\/list\.hbs:2:3\n {2}\|\n2 \| \{\{vlaue\}\}\n {2}\| {3}\^\^\^\^\^\n/,
    );
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  test('a warning is shown above the fates', () => {
    const folder = folderWith({ ...PROJECT, 'indicators.yaml': INDICATORS.replace(/ {2}allow.*\n/, '') });
    const { code, stderr } = refang(folder, ['build', ...AS_OF]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning\[RF401\]: /);
    expect(stderr).toContain('\n5 warnings in 1 file\n\n6 indicators  emitted');
  });
});

describe('check', () => {
  test('of what is right', () => {
    const folder = folderWith(PROJECT);
    expect(refang(folder, ['check', ...AS_OF])).toEqual({
      code: 0,
      stdout: '',
      stderr: '6 indicators, no problems\n',
    });
    expect(filesBelow(folder)).toEqual(PROJECT);
    expect(refang(folder, ['check', '--strict', ...AS_OF]).code).toBe(1);
  });

  test('of ten errors, each at its place', () => {
    const stderr = refused(refang(ROOT, ['check', TEN_ERRORS]), 2);
    expect(stderr.match(/^ +--> .*$/gm)?.map((line) => line.trim())).toEqual(
      ['4:62', '6:38', '9:5', '10:14', '11:12', '15:15', '17:17', '19:9', '20:39', '22:5'].map((at) =>
        expect.stringMatching(new RegExp(`ten-errors\\.yaml:${at}$`)),
      ),
    );
  });

  test('concise: one line each, on stdout', () => {
    const { code, stdout, stderr } = refang(ROOT, ['check', '--format', 'concise', TEN_ERRORS]);
    expect([code, stderr]).toEqual([2, '']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(10);
    for (const line of stdout.trimEnd().split('\n'))
      expect(line).toMatch(/^\S*ten-errors\.yaml:\d+:\d+: error\[RF\d{3}\] \S/);
  });

  test('json: on stdout alone, and it parses', () => {
    const { code, stdout, stderr } = refang(ROOT, ['check', '--format', 'json', TEN_ERRORS]);
    expect([code, stderr]).toEqual([2, '']);
    const text = JSON.stringify(JSON.parse(stdout));
    expect(text.match(/"RF\d{3}"/g)).toHaveLength(10);
  });

  test('json of what is right parses as well', () => {
    const folder = folderWith(PROJECT);
    expect(
      JSON.stringify(JSON.parse(answered(refang(folder, ['check', '--format', 'json', ...AS_OF])))),
    ).not.toContain('RF');
  });

  test('a warning is a finding', () => {
    const folder = folderWith({ ...PROJECT, 'indicators.yaml': INDICATORS.replace(/ {2}allow.*\n/, '') });
    expect(refused(refang(folder, ['check', ...AS_OF]), 1)).toContain('\n5 warnings in 1 file\n');
  });

  test('a bad setting is a bad configuration', () => {
    const folder = folderWith({ ...PROJECT, 'refang.yaml': 'tragets: [mine]\n' });
    expect(refused(refang(folder, ['check']), 3)).toMatch(/^error\[RF201\].*tragets/);
  });
});

describe('explain', () => {
  test('a value, defanged', () => {
    const folder = folderWith(PROJECT);
    expect(
      answered(refang(folder, ['explain', 'a[.]host[.]example', ...AS_OF])),
    ).toBe(`a.host.example (domain), indicators.yaml:14:7
  status   active, confidence 80, severity high, TLP clear
  reports  sample

  mine  covered  by host.example
  wall  emitted
`);
  });

  const reasons: [about: string, change: [from: string, to: string], value: string, lines: string[]][] = [
    [
      'status',
      ['', ''],
      '192.0.2.1',
      [
        '  mine  unsupported  Test rules have no place for this kind (ip)',
        '  wall  withheld     status: the policy does not take what is historical there',
      ],
    ],
    [
      'a sentence of the target',
      ['', ''],
      'Global\\example',
      [
        '  mine  unsupported  it is not seen here',
        '  wall  unsupported  Test list have no place for this kind (mutex)',
      ],
    ],
    [
      'expired',
      ['severity: low', 'expires: 2025-12-31'],
      'low.example',
      [
        '  mine  withheld  expired: it expired on 2025-12-31',
        '  wall  withheld  expired: it expired on 2025-12-31',
      ],
    ],
    [
      'not yet valid',
      ['severity: low', 'first_seen: 2026-01-02'],
      'low.example',
      [
        '  mine  withheld  not-yet-valid: it is not valid before 2026-01-02',
        '  wall  withheld  not-yet-valid: it is not valid before 2026-01-02',
      ],
    ],
    [
      'revoked',
      ['severity: low', 'status: revoked'],
      'low.example',
      [
        '  mine  withheld  revoked: its source took it back',
        '  wall  withheld  revoked: its source took it back',
      ],
    ],
    [
      'confidence',
      ['severity: low', 'confidence: 69'],
      'low.example',
      ['  mine  emitted', '  wall  withheld  confidence: a confidence of 69 is too low for the policy there'],
    ],
    [
      'an override that ended, beside one that holds',
      ['severity: low', 'allow: {guard: special-use, reason: it ended, owner: me, until: 2025-01-01}'],
      'low.example',
      ['  mine  emitted', '  wall  emitted'],
    ],
  ];
  test.each(reasons)('why: %s', (_, [from, to], value, lines) => {
    const folder = folderWith({ ...PROJECT, 'indicators.yaml': INDICATORS.replace(from, to) });
    const text = answered(refang(folder, ['explain', value, ...AS_OF]));
    expect(text.trimEnd().split('\n').slice(-2)).toEqual(lines);
  });

  test('a guard that nothing accepts', () => {
    const folder = folderWith({ ...PROJECT, 'indicators.yaml': INDICATORS.replace(/ {2}allow.*\n/, '') });
    expect(answered(refang(folder, ['explain', 'host.example', ...AS_OF]))).toContain(
      '  mine  withheld  guard:special-use: a guard lists it; see `refang check`\n',
    );
  });

  test('as json', () => {
    const folder = folderWith(PROJECT);
    const [one, ...more] = JSON.parse(
      answered(refang(folder, ['explain', 'A.HOST.example', '--format', 'json', ...AS_OF])),
    );
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      kind: 'domain',
      value: 'a.host.example',
      defined: 'indicators.yaml:14:7',
      fates: [
        { target: 'mine', fate: 'covered', by: 'host.example' },
        { target: 'wall', fate: 'emitted' },
      ],
    });
  });

  test('a value that is not listed', () => {
    const folder = folderWith(PROJECT);
    expect(refused(refang(folder, ['explain', 'hots.example', ...AS_OF]), 1)).toBe(
      'refang: `hots.example` is not listed\n  help: did you mean `host.example`?\n',
    );
    expect(refused(refang(folder, ['explain', 'nowhere.invalid', ...AS_OF]), 1)).toBe(
      'refang: `nowhere.invalid` is not listed\n  help: it stands in none of the inputs\n',
    );
  });

  test.each(['RF301', 'rf511'])('the code %s', (code) => {
    const { name, title, why, help } = CODES[code.toUpperCase() as 'RF301'];
    expect(answered(refang(ROOT, ['explain', code]))).toBe(
      `${code.toUpperCase()} ${name}\n${title}\n\n  why   ${why}\n  help  ${help}\n`,
    );
  });
});

describe('targets', () => {
  test('those of the project stand among ours', () => {
    const folder = folderWith(PROJECT);
    const lines = answered(refang(folder, ['targets'])).split('\n');
    expect(lines[0]).toMatch(/^name +effect +built +title$/);
    expect(lines.find((line) => line.startsWith('mine '))).toMatch(/^mine +detect +yes +Test rules$/);
    expect(lines.find((line) => line.startsWith('suricata '))).toMatch(
      /^suricata +detect +- +Suricata rules$/,
    );
  });

  test('one of them', () => {
    const folder = folderWith(PROJECT);
    const page = answered(refang(folder, ['targets', 'mine']));
    expect(page).toContain(
      'mine: Test rules (detect)\nOne line a name.\n\n  subdomains  name and all below\n\nFiles\n  rules.txt\n  groups.txt\n\nKinds\n',
    );
    expect(page).toContain('  domain        yes\n  ip            no: there is no place for this kind\n');
    expect(page).toContain(
      '  mutex         no: it is not seen here\n\nOptions\n  sid  [1000,9999]  First and last sid.\n',
    );
  });

  test('as json', () => {
    const folder = folderWith(PROJECT);
    const all = JSON.parse(answered(refang(folder, ['targets', '--format', 'json'])));
    const [mine] = JSON.parse(answered(refang(folder, ['targets', 'mine', '--format', 'json'])));
    expect(mine).toMatchObject({
      name: 'mine',
      effect: 'detect',
      built: true,
      kinds: ['domain'],
      files: ['rules.txt', 'groups.txt'],
    });
    expect(all).toContainEqual(mine);
  });
});
