/** The report that the project ships with, through the command line, into every family of targets. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { build } from '../../compiler/index.ts';
import { FATES, type FateCounts } from '../../compiler/plan/fate.ts';
import { bundledRefang, ROOT } from '../cli/refang.ts';
import { filesBelow, folderWith } from '../temporary.ts';

const INDICATORS = readFileSync(join(ROOT, 'indicators.yaml'), 'utf8');
const ALL_KINDS = readFileSync(join(ROOT, 'examples/all-kinds.yaml'), 'utf8');
const AS_OF = ['--as-of', '2026-01-01'];

const refang = await bundledRefang();

interface BuiltManifest {
  indicators: number;
  files: { path: string; target: string; bytes: number; entries: number }[];
  fates: Record<string, FateCounts>;
}

function manifestOf(folder: string): BuiltManifest {
  return JSON.parse(readFileSync(join(folder, 'out/manifest.json'), 'utf8'));
}

test('43 indicators, each with one fate in each of the five families', () => {
  const folder = folderWith({ 'indicators.yaml': INDICATORS });
  expect(refang(folder, ['build', '--as-of', '2026-01-01'])).toMatchObject({ code: 0, stdout: '' });
  const { indicators, fates, files } = manifestOf(folder);
  expect(indicators).toBe(43);
  expect(Object.keys(fates)).toEqual(['nftables', 'sigma', 'suricata', 'yara', 'zeek']);
  for (const [name, counts] of Object.entries(fates)) {
    expect([name, FATES.reduce((sum, fate) => sum + counts[fate], 0)]).toEqual([name, 43]);
    expect([name, counts.emitted > 0]).toEqual([name, true]);
    expect([name, files.some(({ target }) => target === name)]).toEqual([name, true]);
  }
});

test('43 indicators, each with one fate in every target there is', () => {
  const names = readdirSync(join(ROOT, 'templates')).sort();
  const folder = folderWith({
    'indicators.yaml': INDICATORS,
    'refang.yaml': `targets: [${names.join(', ')}]\n`,
  });
  expect(refang(folder, ['build', ...AS_OF])).toMatchObject({ code: 0, stdout: '' });
  const { indicators, fates, files } = manifestOf(folder);
  expect(indicators).toBe(43);
  expect(Object.keys(fates)).toEqual(names);
  for (const name of names) {
    const counts = fates[name] as FateCounts;
    expect([name, FATES.reduce((sum, fate) => sum + counts[fate], 0)]).toEqual([name, 43]);
    expect([name, files.some(({ target }) => target === name)]).toEqual([name, true]);
  }
});

test('this project turns on every target there is', () => {
  const { stdout } = refang(ROOT, ['targets', '--format', 'json']);
  const listed: { name: string; built: boolean }[] = JSON.parse(stdout);
  expect(listed.filter(({ built }) => !built)).toEqual([]);
  expect(listed.map(({ name }) => name)).toEqual(readdirSync(join(ROOT, 'templates')).sort());
});

test('historical indicators drop nothing', () => {
  const folder = folderWith({ 'indicators.yaml': INDICATORS });
  refang(folder, ['build', '--target', 'nftables', ...AS_OF]);
  const { stdout } = refang(folder, ['explain', '66.98.127.105', '--format', 'json', ...AS_OF]);
  const [{ fates }] = JSON.parse(stdout).explanations;
  expect(fates.find(({ target }: { target: string }) => target === 'nftables')).toMatchObject({
    fate: 'emitted',
    tier: 'watch',
    reason: 'status',
  });
});

describe.each([
  ['indicators.yaml', INDICATORS],
  ['all-kinds.yaml', ALL_KINDS],
])('%s', (name, text) => {
  const settings = { 'refang.yaml': `inputs: ${name}\n`, [name]: text };

  test('the same bytes in another folder, time zone, locale, and on a terminal', () => {
    const one = folderWith(settings);
    const two = folderWith(settings);
    const here = {
      TZ: 'America/St_Johns',
      LC_ALL: 'tr_TR.UTF-8',
      LANG: 'tr_TR.UTF-8',
      COLUMNS: '40',
      FORCE_COLOR: '1',
    };
    const there = {
      TZ: 'Pacific/Kiritimati',
      LC_ALL: 'C',
      NO_COLOR: '1',
      NODE_OPTIONS: '--max-old-space-size=512',
    };
    expect(refang(one, ['build', ...AS_OF], here).code).toBe(0);
    expect(refang(two, ['build', ...AS_OF, '--out', join(two, 'out')], there).code).toBe(0);
    expect(filesBelow(one)).toEqual(filesBelow(two));
  });

  test('neither the machine nor the folder is named in what is written', () => {
    const folder = folderWith(settings);
    refang(folder, ['build', ...AS_OF]);
    const files = filesBelow(join(folder, 'out'));
    expect(Object.keys(files).length).toBeGreaterThan(5);
    for (const [path, content] of Object.entries(files))
      for (const word of [folder, ROOT]) expect([path, content.includes(word)]).toEqual([path, false]);
  });

  test('built again on a later day: the same bytes, and the check agrees', () => {
    const folder = folderWith(settings);
    refang(folder, ['build', ...AS_OF]);
    const before = filesBelow(folder);
    refang(folder, ['build', '--as-of', '2026-06-30']);
    expect(filesBelow(folder)).toEqual(before);
    expect(refang(folder, ['build', '--check', '--as-of', '2026-07-01'])).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  test('target by target the same as all at once', () => {
    const one = folderWith(settings);
    const two = folderWith(settings);
    refang(one, ['build', ...AS_OF]);
    for (const target of ['zeek', 'nftables', 'yara', 'sigma', 'suricata'])
      expect(refang(two, ['build', '--target', target, ...AS_OF]).code).toBe(0);
    expect(filesBelow(two)).toEqual(filesBelow(one));
  });
});

/** The file with its records, and the lines of its pasted blocks, in another order. */
function shuffled(text: string, order: (count: number) => number[]): string {
  const permute = <T>(items: readonly T[]) => order(items.length).map((at) => items[at] as T);
  const [head = '', written = ''] = text.split(/^indicators:\n/m);
  const records = written.replace(/^ {6}\S.*\n(?: {6}\S.*\n)+/gm, (block) =>
    permute(block.trimEnd().split('\n')).join('\n').concat('\n'),
  );
  const items = records.split(/^(?= {2}- )/m).filter((item) => item.trim() !== '');
  return `${head}indicators:\n${permute(items.map((item) => `${item.trimEnd()}\n`)).join('')}`;
}

test('property: the order of records and of their values changes no byte but the hash of the input', async () => {
  const buildOf = async (text: string) => {
    const folder = folderWith({ 'refang.yaml': '', 'indicators.yaml': text });
    const { session } = await build({ cwd: folder, asOf: '2026-01-01' });
    expect(session.diagnostics.filter(({ severity }) => severity !== 'hint')).toEqual([]);
    const { 'indicators.yaml': _, 'out/manifest.json': manifest = '', ...files } = filesBelow(folder);
    return { ...files, manifest: manifest.replace(/"sha256": "[0-9a-f]{64}"\n {4}\}\n {2}\],/, '') };
  };
  const expected = await buildOf(INDICATORS);
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat()), async (numbers) => {
      const order = (count: number) => {
        const keys = Array.from({ length: count }, (_, at) => [numbers.next().value as number, at] as const);
        return keys.sort(([a], [b]) => a - b).map(([, at]) => at);
      };
      expect(await buildOf(shuffled(INDICATORS, order))).toEqual(expected);
    }),
    { numRuns: 8 },
  );
});
