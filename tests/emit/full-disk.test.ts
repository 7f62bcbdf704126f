/** Disks that refuse: small, read-only or another user's. Skipped by name where the machine does not allow to make them. */

import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { build } from '../../compiler/index.ts';
import { bundleRefang } from '../cli/refang.ts';
import { INDICATORS, PROJECT } from '../project.ts';
import { filesBelow, folderWith, writeFiles } from '../temporary.ts';

const AS_OF = '2026-01-01';

function mount(...words: string[]): boolean {
  return spawnSync('mount', words, { stdio: 'ignore' }).status === 0;
}

const canMount = (() => {
  const folder = folderOutsideOfTests();
  if (process.platform !== 'linux' || !mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder)) return false;
  return spawnSync('umount', [folder]).status === 0;
})();

function folderOutsideOfTests(): string {
  return spawnSync('mktemp', ['-d'], { encoding: 'utf8' }).stdout.trim();
}

/** A disk of so many KiB with these files on it. */
function disk(size: number, files: Readonly<Record<string, string>>): string {
  const folder = folderWith();
  const at = join(folder, 'disk');
  mkdirSync(at);
  expect(mount('-t', 'tmpfs', '-o', `size=${size}k`, 'tmpfs', at)).toBe(true);
  onTestFinished(() => void spawnSync('umount', [at]));
  writeFiles(at, files);
  return at;
}

async function problems(cwd: string, over: { out?: string } = {}): Promise<string[]> {
  const { session } = await build({ cwd, asOf: AS_OF, ...over });
  const errors = session.diagnostics.filter(({ severity }) => severity === 'error');
  return errors.map(({ code, message }) => `${code} ${message}`);
}

const LONG = Array.from({ length: 12_000 }, (_, index) => `      n${index}.host.example\n`).join('');
const LARGE = INDICATORS.replace('      host[.]example\n', LONG);
/** The list alone, which has no sids to run out of. */
const WALL = { ...PROJECT, 'refang.yaml': 'targets: [wall]\n' };

describe.skipIf(!canMount)('a disk of its own [needs mount: the right to mount file systems]', () => {
  test('that is full: an error, the old files and the old lock', async () => {
    const root = disk(450, WALL);
    expect(await problems(root)).toEqual([]);
    writeFileSync(join(root, 'indicators.yaml'), LARGE);
    const before = filesBelow(root);
    expect(await problems(root)).toEqual(['RF603 cannot write `out`: no space is left on the device']);
    expect(filesBelow(root)).toEqual(before);
    expect(await problems(root)).toEqual(['RF603 cannot write `out`: no space is left on the device']);
    writeFileSync(join(root, 'indicators.yaml'), INDICATORS);
    expect(await problems(root)).toEqual([]);
    expect(readdirSync(root).sort()).toEqual([
      'indicators.yaml',
      'out',
      'refang.lock',
      'refang.yaml',
      'templates',
    ]);
  });

  test('with no room for another byte', async () => {
    const root = disk(200, PROJECT);
    expect(await problems(root)).toEqual([]);
    const before = filesBelow(root);
    try {
      writeFileSync(join(root, 'filler'), Buffer.alloc(1 << 20));
    } catch {}
    expect(await problems(root)).toEqual([
      'RF603 cannot write `refang.lock`: no space is left on the device',
    ]);
    const { filler: _, ...after } = filesBelow(root);
    expect(after).toEqual(before);
  });

  test('that is read-only: nothing can be written, what is there can be compared', async () => {
    const root = disk(400, PROJECT);
    expect(await problems(root)).toEqual([]);
    const before = filesBelow(root);
    expect(mount('-o', 'remount,ro', root)).toBe(true);
    expect(await problems(root)).toEqual(['RF603 cannot write `refang.lock`: the file system is read-only']);
    const { stale, session } = await build({ cwd: root, asOf: AS_OF, check: true });
    expect([session.failed, stale]).toEqual([undefined, []]);
    expect(filesBelow(root)).toEqual(before);
  });

  test('that is the output folder itself cannot be exchanged', async () => {
    const root = folderWith(PROJECT);
    mkdirSync(join(root, 'out'));
    expect(mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', join(root, 'out'))).toBe(true);
    onTestFinished(() => void spawnSync('umount', [join(root, 'out')]));
    expect(await problems(root)).toEqual([
      'RF603 cannot write `out`: the folder is in use, or a mount point',
    ]);
    expect(readdirSync(root).sort()).toEqual(['indicators.yaml', 'out', 'refang.yaml', 'templates']);
  });
});

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

describe.skipIf(!isRoot)('another user [needs root: the right to run as another user]', async () => {
  const refang = isRoot ? await bundleRefang('bundle') : '';

  /** Runs the command line as `nobody`, from a place where it may read it. */
  function asNobody(cwd: string): { status: number | null; stderr: string } {
    const place = folderWith();
    chmodSync(place, 0o755);
    cpSync(refang, join(place, 'refang.cjs'));
    const words = [join(place, 'refang.cjs'), 'build', '--as-of', AS_OF];
    return spawnSync(process.execPath, words, { cwd, encoding: 'utf8', uid: NOBODY, gid: NOBODY });
  }

  function give(folder: string, ...paths: string[]): void {
    for (const path of paths) chownSync(join(folder, path), NOBODY, NOBODY);
  }

  test.each([
    ['the project', [], /cannot write `refang\.lock`: no permission to write there/],
    ['the folder above the output', ['.'], /cannot write `parent\/out`: no permission to write there/],
  ])('who may not write %s is told so, and nothing changes', (_, owned, message) => {
    const root = folderWith({ ...PROJECT, 'refang.yaml': 'targets: [wall]\nout: parent/out\n' });
    chmodSync(root, 0o755);
    mkdirSync(join(root, 'parent'));
    give(root, ...owned);
    const before = filesBelow(root);
    const { status, stderr } = asNobody(root);
    expect(stderr).toMatch(message);
    expect(status).toBe(3);
    expect(filesBelow(root)).toEqual(before);
  });
});
