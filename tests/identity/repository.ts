/** A project in a real repository of git, with nothing of the user's own configuration. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from '../../compiler/index.ts';
import { filesBelow, folderWith, writeFiles } from '../temporary.ts';

/** Runs git in a folder; its standard output. Throws where git fails. */
export function git(cwd: string, ...args: string[]): string {
  const given = [
    '-c',
    'user.name=Example',
    '-c',
    'user.email=user@host.example',
    '-c',
    'commit.gpgsign=false',
  ];
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', [...given, ...args], { cwd, env, encoding: 'utf8', stdio: 'pipe' });
}

/** What a build is to be, to the byte. */
export type Snapshot = Readonly<Record<string, string>>;

/** A repository with a project. */
export class Repository {
  readonly folder: string;

  /** Only inside a test. */
  constructor(files: Readonly<Record<string, string>>) {
    this.folder = folderWith(files);
    git(this.folder, 'init', '--quiet', '--initial-branch=main');
  }

  /** A branch from another, checked out. */
  branch(name: string, from: string): void {
    git(this.folder, 'checkout', '--quiet', '-b', name, from);
  }

  /** Writes files, builds and commits. Throws where the build has errors. */
  async commit(files: Readonly<Record<string, string>>, asOf: string): Promise<void> {
    writeFiles(this.folder, files);
    await this.build(asOf);
    git(this.folder, 'add', '--all');
    git(this.folder, 'commit', '--quiet', '--message=build');
  }

  async build(asOf: string): Promise<void> {
    const { session } = await build({ cwd: this.folder, asOf });
    if (session.failed) throw new Error(session.diagnostics.map(({ message }) => message).join('\n'));
  }

  /** Merges a branch into the one that is checked out; the paths in conflict. */
  merge(name: string): string[] {
    try {
      git(this.folder, 'merge', '--quiet', '--no-edit', name);
      return [];
    } catch (error) {
      const paths = git(this.folder, 'diff', '--name-only', '--diff-filter=U').trim();
      if (paths === '') throw error;
      return paths.split('\n');
    }
  }

  /** The lock and the output, as they stand. */
  snapshot(): Snapshot {
    const files = Object.entries(filesBelow(this.folder));
    return Object.fromEntries(files.filter(([path]) => /^(out[/\\]|refang\.lock$)/.test(path)));
  }

  path(name: string): string {
    return join(this.folder, name);
  }
}
