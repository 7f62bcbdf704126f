import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
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

  test.each(['build', 'check', 'explain', 'fmt', 'init', 'schema', 'targets'])('%s --help', (verb) => {
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
    [
      ['check', '--format', 'yaml'],
      '`--format` cannot be `yaml`',
      'write `pretty`, `concise`, `json`, `github`, `gitlab`, `sarif` or `junit`',
    ],
    [
      ['explain'],
      '`explain` needs a value',
      'name an indicator or a code: `refang explain 1ds.me`, `refang explain RF301`',
    ],
    [
      ['explain', 'RF999'],
      'there is no code `RF999`',
      'did you mean `RF109`, `RF209` or `RF219`? docs/codes/ lists the codes',
    ],
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

  test('one indicator is not told as several', () => {
    const folder = folderWith({
      'indicators.yaml':
        'refang: 1\ndefaults: {status: active, confidence: 80, severity: high, tlp: clear}\nindicators: [{domain: one-host.net}]\n',
    });
    const { code, stderr } = refang(folder, ['build', '--target', 'hosts', ...AS_OF]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^1 indicator {2}emitted {2}covered/m);
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
    const { code, stderr } = refang(folder, ['build', '--strict', ...AS_OF]);
    expect(code).toBe(1);
    expect(stderr.endsWith(`\n2 warnings\n\n${TABLE}`)).toBe(true);
    writeFiles(folder, { 'indicators.yaml': INDICATORS.replace(/ {2}- ip[\s\S]*/, '') });
    expect(refang(folder, ['build', '--strict', ...AS_OF]).code).toBe(0);
  });

  test('--strict turns lines of feeds that are not read into findings', () => {
    const text = INDICATORS.replace(/ {2}- ip[\s\S]*/, 'feeds:\n  - {path: f, kind: domain, format: list}\n');
    const folder = folderWith({ ...PROJECT, 'indicators.yaml': text, f: 'a.host.example\nbad..example\n' });
    expect(refang(folder, ['build', ...AS_OF]).code).toBe(0);
    expect(refang(folder, ['build', '--strict', ...AS_OF]).code).toBe(1);
    writeFiles(folder, { f: 'a.host.example\n' });
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

  test('concise: in the order of the file, whichever part of Refang speaks', () => {
    const folder = folderWith({
      'indicators.yaml':
        'refang: 1\ndefaults: {status: active, confidence: 90, severity: high, tlp: clear}\nindicators:\n  - hash: d41d8cd98f00b204e9800998ecf8427e\n  - domain: [gmail.com, co.uk]\n  - ip: 8.8.8.8\n',
    });
    const { stdout } = refang(folder, ['check', '--format', 'concise']);
    expect(stdout.match(/^indicators\.yaml:\d+:\d+/gm)).toEqual([
      'indicators.yaml:4:11',
      'indicators.yaml:5:14',
      'indicators.yaml:5:25',
      'indicators.yaml:6:9',
    ]);
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

  const ODD = { ...PROJECT, 'indicators.yaml': INDICATORS.replace('host[.]example', 'HOST[.]example.') };
  test('tells what can be mended, which is no finding', () => {
    const { code, stderr } = refang(folderWith(ODD), ['check', ...AS_OF]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^hint\[RF336\]: `HOST\[\.\]example\.` is not in canonical spelling\n/);
    expect(stderr).toMatch(/\n1 hint in 1 file\n1 can be mended: refang check --fix\n$/);
    const named = refang(folderWith(ODD), ['check', 'indicators.yaml', ...AS_OF]);
    expect(named.stderr).toMatch(/\n1 can be mended: refang check --fix indicators\.yaml\n$/);
  });

  test('shows ten odd spellings at most', () => {
    const names = Array.from({ length: 12 }, (_, at) => `      N${at}.example\n`).join('');
    const records = `${INDICATORS}  - domain: |\n${names}`;
    const { stderr } = refang(folderWith({ ...PROJECT, 'indicators.yaml': records }), ['check', ...AS_OF]);
    expect(stderr.match(/^hint\[RF336\]/gm)).toHaveLength(10);
    expect(stderr).toMatch(
      /\n10 hints in 1 file\n2 more of RF336 are not shown; `--format concise` lists them\n12 can be mended: refang check --fix\n$/,
    );
  });

  test('--fix mends, tells it, and then checks', () => {
    const folder = folderWith(ODD);
    const run = refang(folder, ['check', '--fix', ...AS_OF]);
    const fixed =
      'fixed indicators.yaml:13:7 `HOST[.]example.` is not in canonical spelling: now `host[.]example`\n';
    expect(run).toEqual({ code: 0, stdout: '', stderr: `${fixed}6 indicators, no problems\n` });
    expect(filesBelow(folder)).toEqual(PROJECT);
    expect(refang(folder, ['check', '--fix', ...AS_OF]).stderr).toBe('6 indicators, no problems\n');
  });

  test('--fix of a file that may not be written is an error', () => {
    const folder = folderWith(ODD);
    chmodSync(join(folder, 'indicators.yaml'), 0o444);
    expect(refused(refang(folder, ['check', '--fix', ...AS_OF]), 2)).toMatch(
      /^error\[RF603\]: cannot write `indicators\.yaml`: (the file is read-only|no permission to write there)\n/,
    );
    expect(filesBelow(folder)).toEqual(ODD);
  });

  test('json holds the mends', () => {
    const run = refang(folderWith(ODD), ['check', '--format', 'json', ...AS_OF]);
    expect(JSON.parse(answered(run))).toMatchObject([
      { code: 'RF336', fix: { description: 'now `host[.]example`', edits: [{ text: 'host[.]example' }] } },
    ]);
  });

  test('a bad setting is a bad configuration', () => {
    const folder = folderWith({ ...PROJECT, 'refang.yaml': 'tragets: [mine]\n' });
    expect(refused(refang(folder, ['check']), 3)).toMatch(/^error\[RF201\].*tragets/);
  });
});
