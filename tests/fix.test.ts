import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fix } from '../compiler/fix.ts';
import { INDICATORS, PROJECT } from './project.ts';
import { filesBelow, folderWith } from './temporary.ts';

const ODD = INDICATORS.replace('host[.]example', 'HOST[.]example.');
const told = ({ fixed }: Awaited<ReturnType<typeof fix>>) =>
  fixed.map(({ span, message, fix: done }) => [span?.file.path, message, done?.description]);

test('mends in place, and a second run finds nothing', async () => {
  const cwd = folderWith({ ...PROJECT, 'indicators.yaml': ODD });
  expect(told(await fix({ cwd }))).toEqual([
    ['indicators.yaml', '`HOST[.]example.` is not in canonical spelling', 'now `host[.]example`'],
  ]);
  expect(filesBelow(cwd)).toEqual(PROJECT);
  expect(await fix({ cwd })).toEqual({ fixed: [], refused: undefined });
});

test('only the files that are named', async () => {
  const cwd = folderWith({ 'indicators.yaml': ODD, 'other.yaml': ODD });
  await fix({ cwd, files: ['other.yaml'] });
  expect(filesBelow(cwd)).toEqual({ 'indicators.yaml': ODD, 'other.yaml': INDICATORS });
});

test('a byte order mark, permissions and links stay', async () => {
  const cwd = folderWith({ 'real.yaml': `\uFEFF${ODD}` });
  chmodSync(join(cwd, 'real.yaml'), 0o640);
  symlinkSync('real.yaml', join(cwd, 'indicators.yaml'));
  await fix({ cwd });
  expect(readFileSync(join(cwd, 'real.yaml'), 'utf8')).toBe(`\uFEFF${INDICATORS}`);
  expect(statSync(join(cwd, 'real.yaml')).mode & 0o777).toBe(0o640);
  expect(lstatSync(join(cwd, 'indicators.yaml')).isSymbolicLink()).toBe(true);
});

test('a read-only file is an error, and then no file is written', async () => {
  const cwd = folderWith({ 'a.yaml': ODD, 'b.yaml': ODD });
  chmodSync(join(cwd, 'b.yaml'), 0o444);
  const { fixed, refused } = await fix({ cwd, files: ['a.yaml', 'b.yaml'] });
  expect([fixed, refused?.code, refused?.message]).toEqual([
    [],
    'RF603',
    expect.stringMatching(/^cannot write `b\.yaml`: (the file is read-only|no permission to write there)$/),
  ]);
  expect(filesBelow(cwd)).toEqual({ 'a.yaml': ODD, 'b.yaml': ODD });
});

test('what needs no mend may be read-only', async () => {
  const cwd = folderWith({ 'a.yaml': ODD, 'b.yaml': INDICATORS });
  chmodSync(join(cwd, 'b.yaml'), 0o444);
  expect((await fix({ cwd, files: ['a.yaml', 'b.yaml'] })).fixed.length).toBe(1);
});

test('nothing is mended where there is no project', async () => {
  const cwd = folderWith();
  writeFileSync(join(cwd, 'refang.yaml'), 'targets: 1\n');
  expect(await fix({ cwd })).toEqual({ fixed: [], refused: undefined });
});
