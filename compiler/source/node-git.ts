/**
 * Reads commits of a git repository by running git. Nothing is checked out, written or fetched, and no filter, hook or
 * text conversion runs: only commands that read objects are called, each with its arguments as a list.
 */

import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { shown } from './words.ts';

/** Why a commit cannot be read. */
export class GitError extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Omit<Diagnostic, 'severity'>) {
    super(diagnostic.message);
    this.diagnostic = { severity: 'error', ...diagnostic };
  }
}

/** What a path of a commit is. */
export interface TreeEntry {
  type: 'file' | 'link' | 'submodule';
  /** Of the blob; of a submodule the commit that it is at. */
  id: string;
}

/** A commit that is there, and where in it the folder lies that was asked for. */
export interface GitCommit {
  /** As the user named it. */
  ref: string;
  /** The whole hash, in hexadecimal. */
  id: string;
  /** The day in UTC on which it was committed, YYYY-MM-DD. */
  day: string;
  /** The folder's path from the top of the repository: empty, or with `/` at its end. */
  prefix: string;
  /** All files by their paths from the top of the repository. */
  tree: ReadonlyMap<string, TreeEntry>;
}

/** Variables by which a hook of git names another repository than the one of the folder. */
const OF_HOOKS = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_COMMON_DIR'];

/** No protocol is allowed, so that a partial clone does not fetch what it lacks. */
function environment(): NodeJS.ProcessEnv {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !OF_HOOKS.includes(name)),
  );
  return {
    ...inherited,
    LC_ALL: 'C',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
  };
}

/** Runs git in a folder to its end. */
function git(folder: string, args: readonly string[], input = ''): SpawnSyncReturns<Buffer> {
  const options = { cwd: folder, env: environment(), input, maxBuffer: Number.POSITIVE_INFINITY };
  const done = spawnSync('git', ['--no-replace-objects', ...args], options);
  if (done.error && (done.error as NodeJS.ErrnoException).code === 'ENOENT')
    throw new GitError({ code: 'RF801', message: 'there is no `git` to read the commit with' });
  if (done.error) throw done.error;
  return done;
}

/** Opens the commit that `ref` names, for a folder of its repository. Throws GitError. */
export function openCommit(folder: string, ref: string): GitCommit {
  const placed = git(folder, ['rev-parse', '--show-prefix']);
  if (placed.status !== 0) throw noRepository(placed);
  const id = resolveRef(folder, ref);
  const [date = ''] = textOf(
    git(folder, ['show', '--no-patch', '--no-show-signature', '--format=%ct', id]),
  ).split('\n');
  return {
    ref,
    id,
    day: new Date(Number(date) * 1000).toISOString().slice(0, 10),
    prefix: textOf(placed).replace(/\n$/, ''),
    tree: treeOf(folder, id),
  };
}

function resolveRef(folder: string, ref: string): string {
  // Nothing that begins with a dash is a name in git, and none may be taken for an option.
  const found = ref.startsWith('-')
    ? undefined
    : git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  const id = found?.status === 0 ? textOf(found).trim() : '';
  if (/^[0-9a-f]{40,64}$/.test(id)) return id;
  const shallow = textOf(git(folder, ['rev-parse', '--is-shallow-repository'])).trim() === 'true';
  throw new GitError({
    code: 'RF802',
    message: `\`${shown(ref)}\` is no commit of this repository`,
    ...(shallow && {
      why: 'the clone is shallow: it holds the last commits alone',
      help: 'fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` where a pipeline checks out',
    }),
  });
}

function treeOf(folder: string, id: string): Map<string, TreeEntry> {
  const tree = new Map<string, TreeEntry>();
  for (const line of textOf(git(folder, ['ls-tree', '-r', '-z', '--full-tree', id])).split('\0')) {
    const match = /^(\d+) (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line);
    if (!match) continue;
    const [, mode, type, object, path] = match as unknown as [string, string, string, string, string];
    tree.set(path, {
      type: type === 'commit' ? 'submodule' : mode === '120000' ? 'link' : 'file',
      id: object,
    });
  }
  return tree;
}

/** The contents of blobs, each undefined where the repository lacks it. */
export function readBlobs(folder: string, ids: readonly string[]): (Uint8Array | undefined)[] {
  if (ids.length === 0) return [];
  const { stdout } = git(folder, ['cat-file', '--batch'], ids.map((id) => `${id}\n`).join(''));
  let at = 0;
  return ids.map(() => {
    const end = stdout.indexOf(0x0a, at);
    if (end < 0) return undefined;
    const [, type, size] = stdout.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (type !== 'blob') return undefined;
    const bytes = stdout.subarray(at, at + Number(size));
    at += Number(size) + 1;
    return bytes;
  });
}

/** The content of a blob as a stream; it ends early where the repository lacks it. */
export async function* streamBlob(folder: string, id: string): AsyncGenerator<Uint8Array> {
  const child = spawn('git', ['--no-replace-objects', 'cat-file', 'blob', id], {
    cwd: folder,
    env: environment(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<number | null>((resolve) =>
    child.on('close', resolve).on('error', () => resolve(null)),
  );
  yield* child.stdout;
  if ((await ended) !== 0)
    throw new GitError({ code: 'RF805', message: 'the repository lacks a file of the commit' });
}

function textOf({ stdout }: SpawnSyncReturns<Buffer>): string {
  return stdout.toString('utf8');
}

/** In git's own words where they are not the usual ones. */
function noRepository({ stderr }: SpawnSyncReturns<Buffer>): GitError {
  const words = stderr.toString('utf8').split('\n')[0] ?? '';
  if (/not a git repository/.test(words))
    return new GitError({ code: 'RF801', message: 'the project is not in a git repository' });
  return new GitError({ code: 'RF801', message: `git does not open the repository: ${shown(words)}` });
}
