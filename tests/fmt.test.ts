import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { build } from '../compiler/build.ts';
import { fmt } from '../compiler/fmt.ts';
import { INDICATORS } from './project.ts';
import { messyFile } from './source/format/messy.ts';
import { filesBelow, folderWith } from './temporary.ts';

const HEAD = 'refang: 1\ndefaults: { status: active, confidence: 80, severity: high, tlp: clear }\n';
const LOOSE = `${HEAD}indicators:\n- note: one # kept\n  domain: HOST[.]example.\n- cidr: 192.0.2.9/24\n`;
const TIDY = `${HEAD}indicators:\n  - domain: host[.]example\n    note: one # kept\n  - cidr: 192.0.2.0/24\n`;

test('layout and spelling of all inputs and the settings, and then nothing more', async () => {
  const settings = {
    'refang.yaml': 'targets: [zeek]\ninputs: [a.yaml, b.yaml]\n',
    'a.yaml': LOOSE,
    'b.yaml': TIDY,
  };
  const folder = folderWith(settings);
  expect(await fmt({ cwd: folder })).toEqual({
    failed: undefined,
    diagnostics: [],
    files: 3,
    changed: [
      { path: 'a.yaml', line: 4, before: '- note: one # kept', after: '  - domain: host[.]example' },
      { path: 'refang.yaml', line: 1, before: 'targets: [zeek]', after: 'inputs: [a.yaml, b.yaml]' },
    ],
  });
  expect(filesBelow(folder)).toEqual({
    'refang.yaml': 'inputs: [a.yaml, b.yaml]\ntargets: [zeek]\n',
    'a.yaml': TIDY,
    'b.yaml': TIDY,
  });
  expect((await fmt({ cwd: folder })).changed).toEqual([]);
});

test('only the files that are named; `check` writes none', async () => {
  const cwd = folderWith({ 'refang.yaml': 'out:   x\n', 'a.yaml': LOOSE, 'b.yaml': LOOSE });
  expect((await fmt({ cwd, files: ['a.yaml'], check: true })).changed).toHaveLength(1);
  await fmt({ cwd, files: ['a.yaml'] });
  expect(filesBelow(cwd)).toEqual({ 'refang.yaml': 'out:   x\n', 'a.yaml': TIDY, 'b.yaml': LOOSE });
  await fmt({ cwd, files: ['refang.yaml'] });
  expect(filesBelow(cwd)['refang.yaml']).toBe('out: x\n');
});

test('a byte order mark, permissions and links stay', async () => {
  const cwd = folderWith({ 'real.yaml': `\uFEFF${LOOSE}` });
  chmodSync(join(cwd, 'real.yaml'), 0o640);
  symlinkSync('real.yaml', join(cwd, 'indicators.yaml'));
  await fmt({ cwd });
  expect(readFileSync(join(cwd, 'real.yaml'), 'utf8')).toBe(`\uFEFF${TIDY}`);
  expect(statSync(join(cwd, 'real.yaml')).mode & 0o777).toBe(0o640);
  expect(lstatSync(join(cwd, 'indicators.yaml')).isSymbolicLink()).toBe(true);
});

const REFUSED: [about: string, files: Record<string, string>, failed: string, told: string[]][] = [
  [
    'an error in one of two files',
    { 'a.yaml': LOOSE, 'indicators.yaml': `${HEAD}indicators:\n- domian: x\n` },
    'input',
    ['RF201'],
  ],
  [
    'a syntax error',
    { 'indicators.yaml': `${HEAD}indicators:\n- domain: [a[.]example]\n` },
    'input',
    ['RF102'],
  ],
  [
    'an error in the settings',
    { 'refang.yaml': 'target: [x]\n', 'indicators.yaml': LOOSE },
    'configuration',
    ['RF201'],
  ],
  ['no file', {}, 'input', ['RF122']],
];
test.each(REFUSED)('%s: told, and nothing is written', async (_, files, failed, told) => {
  const cwd = folderWith(files);
  const named = 'a.yaml' in files ? ['a.yaml', 'indicators.yaml'] : [];
  const report = await fmt({ cwd, files: named });
  expect([report.failed, report.diagnostics.map(({ code }) => code), report.changed]).toEqual([
    failed,
    told,
    [],
  ]);
  expect(filesBelow(cwd)).toEqual(files);
});

test('a read-only file is refused', async () => {
  const cwd = folderWith({ 'indicators.yaml': LOOSE });
  chmodSync(join(cwd, 'indicators.yaml'), 0o444);
  const { failed, diagnostics } = await fmt({ cwd });
  expect([failed, diagnostics.map(({ code, why }) => [code, why])]).toEqual([
    'configuration',
    [['RF603', 'the file stays as it was']],
  ]);
});

test('a feed that is not there is no reason to refuse', async () => {
  const feeds = 'feeds:\n- {path: c2.csv, format: csv, columns: {domain: Host}}\n';
  const cwd = folderWith({ 'indicators.yaml': INDICATORS + feeds });
  expect((await fmt({ cwd })).failed).toBe(undefined);
});

test('what is built stays the same, byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(messyFile, async (text) => {
      const cwd = folderWith({ 'indicators.yaml': text });
      const built = async () => {
        await build({ cwd, asOf: '2026-01-01', targets: ['sigma', 'suricata', 'zeek', 'csv'] });
        const { 'indicators.yaml': _, 'out/manifest.json': __, ...files } = filesBelow(cwd);
        return files;
      };
      const before = await built();
      expect(Object.keys(before).length).toBeGreaterThan(3);
      await fmt({ cwd });
      expect(await built()).toEqual(before);
    }),
    { numRuns: 8 },
  );
});
