/** `refang prove` as a process, by YARA-X alone: on an empty path no other engine is found. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ENGINE_NAMES } from '../../compiler/prove/engine.ts';
import { enumerated } from '../../compiler/source/words.ts';
import { BOUNDARY, INDICATORS, PROJECT } from '../prove/sample.ts';
import { filesBelow, folderWith, writeFiles } from '../temporary.ts';
import { bundledRefang, type Run } from './refang.ts';

const refang = await bundledRefang();

const AS_OF = ['--as-of', '2026-01-01'];
const RULES = 'templates/mine/rules.hbs';
const FAULTY = { [RULES]: (PROJECT[RULES] as string).replace(BOUNDARY, '') };

/** A project as it is after a build. */
function built(more: Readonly<Record<string, string>> = {}): string {
  const folder = folderWith({ ...PROJECT, ...more });
  expect(refang(folder, ['build', ...AS_OF]).code).toBe(0);
  return folder;
}

/** The version of YARA-X is masked. */
function prove(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const run = refang(folder, ['prove', ...AS_OF, ...args], { PATH: '', ...env });
  const masked = (found: string) => 'YARA-X 9.99.9'.padEnd(found.length);
  return { ...run, stdout: run.stdout.replace(/YARA-X \d+\.\d+\.\d+ */g, masked) };
}

const TABLE = `target  engine            rules  indicators  must match  must not
mine    YARA not checked      -           -           -         -
mine    YARA-X 9.99.9         2      4 of 4    32 of 32  86 of 86

Not checked, or checked otherwise
  mine, yara    all 4         yara is not installed; run scripts/install-engines.sh
  mine, yara-x  2 × stand-in  in place of hashes and fingerprints
  no engine     1 target      plain: see \`refang targets NAME\`
`;

describe('all behaves', () => {
  test('a table on stdout, and nothing on stderr, where progress goes on a terminal alone', () => {
    const folder = built();
    const before = filesBelow(folder);
    expect(prove(folder, [])).toEqual({ code: 0, stdout: TABLE, stderr: '' });
    expect(filesBelow(folder)).toEqual(before);
    const coloured = prove(folder, [], { FORCE_COLOR: '1' }).stdout;
    expect(coloured).toContain('\u001b[1mtarget\u001b[22m');
    expect(stripVTControlCharacters(coloured)).toBe(TABLE);
  });

  test('JSON: nothing else on stdout', () => {
    const { code, stdout, stderr } = refang(built(), ['prove', ...AS_OF, '--format', 'json'], { PATH: '' });
    expect([code, stderr]).toEqual([0, '']);
    const { proofs, unjudged } = JSON.parse(stdout);
    expect(unjudged).toEqual(['plain']);
    expect(proofs).toMatchObject([
      {
        target: 'mine',
        engine: 'yara',
        notChecked: [{ what: 'all 4', why: 'yara is not installed; run scripts/install-engines.sh' }],
      },
      {
        target: 'mine',
        engine: 'yara-x',
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        rules: 2,
        indicators: { ok: 4, of: 4 },
        failures: [],
        standIns: 2,
      },
    ]);
    expect(proofs[0]).not.toHaveProperty('version');
  });

  test('JUnit: nothing else on stdout', () => {
    const { code, stdout, stderr } = prove(built(), ['--format', 'junit', '--target', 'mine']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="refang prove" tests="3"/,
    );
    expect(stdout).toContain('<skipped message="yara is not installed; run scripts/install-engines.sh"/>');
    expect(stdout.endsWith('</testsuites>\n')).toBe(true);
  });

  test('a required engine that is there', () => {
    expect(prove(built(), ['--require', 'yara-x', '--target', 'mine']).code).toBe(0);
  });
});

describe('findings, exit code 1', () => {
  test('a rule that does not behave: what it did, by indicator, and how to see it again', () => {
    const folder = built(FAULTY);
    const { code, stdout, stderr } = prove(folder, ['--target', 'mine']);
    expect([code, stderr]).toEqual([1, '']);
    const [, id] = /id = "([^"]*)"/.exec(readFileSync(join(folder, 'out/mine/rules.yar'), 'utf8')) ?? [];
    const [, faults = ''] = stdout.split('\n\n');
    const lines = faults.split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'mine, YARA-X 9.99.9',
      '  host.example',
      `    fires on "evilhost.example" (a longer first label) as ASCII alone, ASCII on a line, ASCII in quotes: rule ${id}`,
    ]);
    expect(lines.filter((line) => /^ {2}\S/.test(line))).toEqual([
      '  host.example',
      '  a.host.example',
      '  to run it again by hand: `refang prove --target mine --keep DIR` keeps what was shown',
    ]);
  });

  test('with --keep the commands, which name what is kept', () => {
    const folder = built(FAULTY);
    const { code, stdout } = prove(folder, ['--target', 'mine', '--keep', 'kept']);
    expect(code).toBe(1);
    const commands = stdout.split('\n').filter((line) => line.startsWith('  run it again: yr scan '));
    expect(commands.map((line) => line.split(' ').at(-1))).toEqual([
      join(folder, 'kept/mine/yara-x/listed/buffers'),
      join(folder, 'kept/mine/yara-x/stand-ins/buffers'),
    ]);
    expect(stdout).not.toContain('--keep DIR');
  });

  test('no more than 20 failures as text, all of them as JSON', () => {
    const always = (PROJECT[RULES] as string).replace(
      'condition: $text',
      'condition: $text or filesize >= 0',
    );
    const yaml = INDICATORS.replace('a.host.example', 'b.example, c.example, d.example');
    const folder = built({ [RULES]: always, 'indicators.yaml': yaml });
    const { stdout } = prove(folder, ['--target', 'mine']);
    expect(stdout.match(/^ {4}(fires on|is silent on) /gm)).toHaveLength(20);
    const [, rest] = /^ {2}and (\d+) more: see `--format json`$/m.exec(stdout) ?? [];
    const { proofs } = JSON.parse(prove(folder, ['--target', 'mine', '--format', 'json']).stdout);
    expect(proofs[1].failures).toHaveLength(20 + Number(rest));
  });

  test('rules that do not load', () => {
    const template = (PROJECT[RULES] as string).replaceAll('condition: $text', 'condition: $other');
    const folder = built({ [RULES]: template });
    const { code, stdout } = prove(folder, ['--target', 'mine']);
    expect(code).toBe(1);
    expect(stdout).toContain(
      `mine, YARA-X 9.99.9\n  ${join(folder, 'out/mine/rules.yar')}:5: unknown pattern \`$other\`\n\n`,
    );
    expect(stdout).toContain('  mine, yara-x  all 4  the files do not load\n');
  });

  test('a required engine that is missing', () => {
    const { code, stdout, stderr } = prove(built(), ['--require', 'yara-x,yara']);
    expect([code, stdout]).toEqual([1, TABLE]);
    expect(stderr).toBe(
      'refang: the engine `yara` is required and missing: yara is not installed\n  help: run scripts/install-engines.sh\n',
    );
  });

  test('a required engine by which no target is judged', () => {
    const { code, stderr } = prove(built(), ['--require', 'yara-x', '--target', 'plain']);
    expect([code, stderr]).toEqual([
      1,
      'refang: the engine `yara-x` is required, and no target here is judged by it\n',
    ]);
  });

  test('a folder that is not what a build would write', () => {
    const folder = built();
    writeFiles(folder, { 'out/mine/rules.yar': '' });
    expect(prove(folder, ['--format', 'json'])).toEqual({
      code: 1,
      stdout: '',
      stderr:
        '`out` is not what a build would write:\n  mine/rules.yar (differs)\n  help: run `refang build` and commit what it writes\n',
    });
  });
});

describe('what cannot be proven', () => {
  test('inputs with errors: 2', () => {
    const folder = built();
    writeFiles(folder, { 'indicators.yaml': INDICATORS.replace('host.example', 'host example') });
    const { code, stdout, stderr } = prove(folder, []);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('indicators.yaml:9:18');
  });

  const usage: [args: string[], message: string, help: string][] = [
    [['--require', 'yara-y'], 'there is no engine `yara-y`', 'did you mean `yara-x`?'],
    [['--require', 'yara,suricta'], 'there is no engine `suricta`', 'did you mean `suricata`?'],
    [
      ['--require', 'constructor'],
      'there is no engine `constructor`',
      `the engines are ${enumerated(ENGINE_NAMES)}`,
    ],
    [['--format', 'xml'], '`--format` cannot be `xml`', 'write `text`, `json` or `junit`'],
    [['--kep', 'x'], '`prove` has no option `--kep`', 'did you mean `--keep`?'],
  ];
  test.each(usage)('%j is bad usage: 3', (args, message, help) => {
    expect(prove(folderWith(), args)).toEqual({
      code: 3,
      stdout: '',
      stderr: `refang: ${message}\n  help: ${help}\n`,
    });
  });

  test('a target that is not there: 3', () => {
    const { code, stdout, stderr } = prove(built(), ['--target', 'mien']);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('`mien`');
  });

  test('--help', () => {
    const { code, stdout } = refang(folderWith(), ['prove', '--help']);
    expect(code).toBe(0);
    for (const line of stdout.split('\n')) expect([line, line.length <= 110]).toEqual([line, true]);
  });
});
