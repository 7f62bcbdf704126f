/** Runs other programs: never through a shell, always with a time limit, with files of their own that go away. */

import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import type { Problem } from './engine.ts';

/** How a program ended, and what it wrote. */
export interface Finished {
  /** The exit code; `null` where the program was stopped. */
  status: number | null;
  stdout: string;
  stderr: string;
}

/** How a program is run. */
export interface RunOptions {
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  /** Milliseconds. */
  timeout?: number;
}

const TIMEOUT = 120_000;
const MAX_OUTPUT = 256 * 1024 * 1024;

/** Runs a program and waits for it. Throws `Error` where it can't start or takes too long. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const { cwd, env, timeout = TIMEOUT } = options;
  return new Promise((finish, reject) => {
    const settings = {
      ...(cwd && { cwd }),
      env: { ...process.env, LC_ALL: 'C.UTF-8', NO_COLOR: '1', ...env },
      timeout,
      killSignal: 'SIGKILL' as const,
      maxBuffer: MAX_OUTPUT,
    };
    execFile(program, args, settings, (error, stdout, stderr) => {
      if (!error) finish({ status: 0, stdout, stderr });
      else if (typeof error.code === 'number') finish({ status: error.code, stdout, stderr });
      else if (error.killed) reject(new Error(`${program} did not finish within ${timeout / 1000} s`));
      else if (error.signal) finish({ status: null, stdout, stderr });
      else reject(new Error(`${program} could not be run: ${error.message}`));
    });
  });
}

/** Gives `work` an empty folder and removes it afterwards, whatever happens. */
export async function withTempFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'refang-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Gives `work` the folder `keep`, made if need be, and leaves it as it is then; without `keep` a temporary one. */
export async function inFolder<T>(
  keep: string | undefined,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  if (keep === undefined) return withTempFolder(work);
  const folder = resolve(keep);
  await mkdir(folder, { recursive: true });
  return work(folder);
}

/** The folder of our package: from `compiler/prove/` in a checkout, from `dist/` once bundled. */
export const packageFolder: string = (() => {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
})();

/** Where scripts/install-engines.sh puts the Python engines. */
export const enginesFolder: string = join(packageFolder, '.engines');

/** The path of a program: from `.engines/venv`, from `PATH`, or from where only root looks by default. */
export function findProgram(name: string): string | undefined {
  const folders = [
    join(enginesFolder, 'venv', 'bin'),
    ...(process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
    '/usr/local/sbin',
    '/usr/sbin',
    '/sbin',
  ];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

let withoutNetwork: Promise<readonly string[] | undefined> | undefined;

/**
 * The words to put before a command so that it runs in a network namespace of its own, where there is nothing
 * to reach or to change. `undefined` where this machine doesn't let us make one.
 */
export function isolation(): Promise<readonly string[] | undefined> {
  withoutNetwork ??= (async () => {
    const unshare = findProgram('unshare');
    if (!unshare) return undefined;
    // As root the namespace is enough; others need a user namespace to be allowed to make one.
    for (const flags of ['-n', '-rn']) {
      const { status } = await run(unshare, [flags, 'true'], { timeout: 10_000 }).catch(() => ({
        status: null,
      }));
      if (status === 0) return [unshare, flags];
    }
    return undefined;
  })();
  return withoutNetwork;
}

/** Runs a command without a network where the machine permits that, and as it is otherwise. */
export async function runOffline(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Finished> {
  const [first, ...rest] = [...((await isolation()) ?? []), program, ...args] as [string, ...string[]];
  return run(first, rest, options);
}

/** A command as people would type it. */
export function commandLine(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}

/** What to say where a program failed and nothing in its output was understood: never nothing. */
export function unexplained(program: string, finished: Finished): Problem {
  const said = `${finished.stdout}\n${finished.stderr}`.trim().split('\n').at(-1)?.trim();
  const how = finished.status === null ? 'was stopped' : `ended with exit code ${finished.status}`;
  return { file: '', message: said ? `${program} ${how}: ${said}` : `${program} ${how}`, severity: 'error' };
}
