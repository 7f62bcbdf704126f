/** Git repositories of a test, gone when it is over. */

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith, writeFiles } from './temporary.ts';

/** Files by path; undefined takes one away. */
type Files = Readonly<Record<string, string | undefined>>;

/** What the user's own settings of git say must not matter. */
const ENVIRONMENT = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Example CERT',
  GIT_AUTHOR_EMAIL: 'cert@cert.example',
  GIT_COMMITTER_NAME: 'Example CERT',
  GIT_COMMITTER_EMAIL: 'cert@cert.example',
};

/** Runs git in a folder; what it prints, without the last line break. */
export function git(folder: string, args: readonly string[], day = '2026-01-01'): string {
  const date = `${day}T12:00:00Z`;
  const env = { ...ENVIRONMENT, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  return execFileSync('git', [...args], { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' }).trimEnd();
}

/** A new repository whose one commit, of 2026-01-01, holds these files; its absolute path. */
export function repositoryWith(files: Files): string {
  const folder = folderWith();
  git(folder, ['init', '--quiet', '--initial-branch=main']);
  commit(folder, files);
  return folder;
}

/** Writes files and commits all; the hash of the commit. */
export function commit(folder: string, files: Files, day?: string): string {
  change(folder, files);
  git(folder, ['add', '--all']);
  git(folder, ['commit', '--quiet', '--allow-empty', '--message=state'], day);
  return git(folder, ['rev-parse', 'HEAD']);
}

/** Writes files, and takes away those that are undefined. */
export function change(folder: string, files: Files): void {
  const written = Object.entries(files).flatMap(([path, text]) => (text === undefined ? [] : [[path, text]]));
  writeFiles(folder, Object.fromEntries(written));
  for (const [path, text] of Object.entries(files)) if (text === undefined) rmSync(join(folder, path));
}
