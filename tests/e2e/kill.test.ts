/**
 * Builds are killed, at every change of the file system that they make and at moments spread over their time. The next
 * command must find the old build or the new one, each with its lock, and the next build must leave nothing beside it.
 */

import { spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { build } from '../../compiler/index.ts';
import { bundleRefang } from '../cli/refang.ts';
import { INDICATORS, PROJECT } from '../project.ts';
import { filesBelow, folderWith, writeFiles } from '../temporary.ts';

const KILLS = 200;
const AS_OF = '2026-01-01';
const KILL_AT = fileURLToPath(new URL('kill-at.cjs', import.meta.url));
const CHANGED = INDICATORS.replace('severity: high', 'severity: medium');
/** What nobody but its owner may remove. */
const FOREIGN = { 'out/README.md': 'mine\n', 'out/wall/notes/today.txt': 'mine too\n' };

const refang = await bundleRefang('bundle');

interface Situation {
  about: string;
  /** What stands before the build that is killed. */
  before: string;
  old: string;
  new: string;
  /** What is in the project's folder after a build: nothing is left beside the rest. */
  names: readonly string[];
}

/** Everything of a project that a build writes, and whatever lies beside it. */
function stateOf(folder: string): string {
  const out = existsSync(join(folder, 'out')) ? filesBelow(join(folder, 'out')) : 'none';
  const lock = existsSync(join(folder, 'refang.lock'))
    ? readFileSync(join(folder, 'refang.lock'), 'utf8')
    : '';
  return JSON.stringify({ out, lock });
}

async function buildHere(folder: string, check = false): Promise<readonly string[]> {
  const { session, stale } = await build({ cwd: folder, asOf: AS_OF, check });
  expect(session.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return stale;
}

/** A project whose indicators changed since its first build, or that was never built. */
async function situation(about: string, isFirst: boolean): Promise<Situation> {
  const before = folderWith(PROJECT);
  if (!isFirst) {
    await buildHere(before);
    writeFiles(before, FOREIGN);
    writeFileSync(join(before, 'indicators.yaml'), CHANGED);
  }
  const after = folderWith();
  cpSync(before, after, { recursive: true });
  await buildHere(after);
  return {
    about,
    before,
    old: stateOf(before),
    new: stateOf(after),
    names: [...new Set([...readdirSync(before), 'out', 'refang.lock'])].sort(),
  };
}

interface Killed {
  /** Whether the build had ended before. */
  ended: boolean;
  milliseconds: number;
}

/** Runs a build as a process of its own; kills it after so many milliseconds, or as `kill-at.cjs` is told. */
function runBuild(folder: string, env: Record<string, string>, after?: number): Promise<Killed> {
  const words = [refang, 'build', '--as-of', AS_OF];
  const began = performance.now();
  const child = spawn(process.execPath, env.KILL_AT ? ['--require', KILL_AT, ...words] : words, {
    cwd: folder,
    stdio: 'ignore',
    env: { ...process.env, ...env },
  });
  const timer = after === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), after);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve({ ended: code === 0, milliseconds: performance.now() - began });
    });
  });
}

/** Kills one build and looks at what the next command finds. */
async function killOnce(from: Situation, env: Record<string, string>, after?: number): Promise<Killed> {
  const folder = folderWith();
  cpSync(from.before, folder, { recursive: true });
  const killed = await runBuild(folder, env, after);
  const told = `${from.about}, killed at ${JSON.stringify(env)} ${after ?? ''}`;
  await buildHere(folder, true);
  const found = stateOf(folder);
  expect([from.old, from.new].includes(found), `${told}: ${found}`).toBe(true);
  if (killed.ended) expect(found, told).toBe(from.new);
  await buildHere(folder);
  expect(stateOf(folder), told).toBe(from.new);
  expect(await buildHere(folder, true), told).toEqual([]);
  expect(readdirSync(folder).sort(), told).toEqual(from.names);
  rmSync(folder, { recursive: true });
  return killed;
}

/** Kills at each change in turn, until one build gets through. */
async function killAtEachChange(from: Situation, half: boolean): Promise<number> {
  for (let at = 1; ; at++) {
    const { ended } = await killOnce(from, { KILL_AT: String(at), ...(half && { KILL_HALF: '1' }) });
    if (ended) return at - 1;
  }
}

test(`${KILLS} builds are killed: the next command finds the old build or the new one`, async () => {
  const replaces = await situation('a second build', false);
  const first = await situation('a first build', true);
  const [whole, half] = await Promise.all([
    killAtEachChange(replaces, false),
    killAtEachChange(replaces, true),
  ]);
  const atFirst = await killAtEachChange(first, false);
  expect(whole).toBeGreaterThan(20);
  expect(half).toBeGreaterThan(5);

  const { milliseconds } = await killOnce(replaces, {});
  const left = KILLS - whole - half - atFirst;
  expect(left).toBeGreaterThan(50);
  // Spread by the golden ratio, the same in every run; over a build that takes this long here and now.
  const moments = Array.from({ length: left }, (_, index) => ((index * 0.618_033_988_75) % 1) * milliseconds);
  const killAll = async (share: readonly number[]) => {
    for (const moment of share) await killOnce(replaces, {}, moment);
  };
  await Promise.all([0, 1].map((part) => killAll(moments.filter((_, index) => index % 2 === part))));
}, 300_000);
