/** A project in a repository, its pull requests, and what the action tells of them. */

import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakeGithub } from '../action/fake-github.ts';
import { type JobRun, preparedAction } from '../action/run-action.ts';
import { bundledRefang, type Run } from '../cli/refang.ts';
import { git } from '../repository.ts';
import { folderWith, writeFiles } from '../temporary.ts';

export const refang = await bundledRefang();
const runAction = preparedAction(refang.start.script);

/** What people see of a pull request. */
export interface Seen {
  job: JobRun;
  /** The exit code of each step that ran. */
  codes: Readonly<Record<string, number | null>>;
  annotations: string;
  comment: string;
}

/** A repository with a project. */
export class Project {
  readonly folder: string;
  #pulls = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** What `refang init` makes of an empty folder, built and committed. */
  start(day: string): void {
    git(this.folder, ['init', '--quiet', '--initial-branch=main']);
    // As GitHub does: any commit can be fetched by its hash.
    git(this.folder, ['config', 'uploadpack.allowAnySHA1InWant', 'true']);
    this.refang('init', '--ci', 'github');
    this.commit(day, {}, 'Start a project');
  }

  /** The same once more, to go on with. Only inside a test. */
  copy(): Project {
    const folder = folderWith();
    cpSync(this.folder, folder, { recursive: true });
    return new Project(folder);
  }

  refang(...args: string[]): Run {
    return refang(this.folder, args);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  /** Changes the text of the indicators. Throws where what is replaced is not there once. */
  edit(before: string, after: string): void {
    const parts = this.read('indicators.yaml').split(before);
    if (parts.length !== 2) throw new Error(`not there once: ${before}`);
    writeFiles(this.folder, { 'indicators.yaml': parts.join(after) });
  }

  /** A branch from `main`, checked out. */
  branch(name: string): void {
    git(this.folder, ['checkout', '--quiet', '-b', name, 'main']);
  }

  /** Writes files, builds, and commits what there is; the build. */
  commit(day: string, files: Readonly<Record<string, string>>, message: string): Run {
    writeFiles(this.folder, files);
    const built = this.refang('build', '--as-of', day);
    this.commitAsItIs(day, message);
    return built;
  }

  commitAsItIs(day: string, message: string): void {
    git(this.folder, ['add', '--all']);
    git(this.folder, ['commit', '--quiet', '--allow-empty', `--message=${message}`], day);
  }

  /** Opens a pull request of the branch that is checked out, and runs the action on it. `main` stays as it was. */
  async open(day: string, inputs: Readonly<Record<string, string>> = {}): Promise<Seen> {
    const number = 7;
    const branch = git(this.folder, ['branch', '--show-current']);
    const head = git(this.folder, ['rev-parse', 'HEAD']);
    const base = git(this.folder, ['rev-parse', 'main']);
    git(this.folder, ['checkout', '--quiet', '--detach', 'main']);
    git(this.folder, ['merge', '--quiet', '--no-ff', '--no-edit', branch], day);
    git(this.folder, ['update-ref', `refs/pull/${++this.#pulls}/merge`, 'HEAD']);
    git(this.folder, ['checkout', '--quiet', branch]);
    const github = await fakeGithub();
    const job = await runAction({
      workspace: this.#checkout(`refs/pull/${this.#pulls}/merge`),
      event: {
        name: 'pull_request',
        pull_request: { number, head: { sha: head }, base: { ref: 'main', sha: base } },
      },
      inputs: { 'as-of': day, ...inputs },
      api: github.api,
    });
    return {
      job,
      codes: Object.fromEntries(job.steps.map(({ name, code }) => [name, code])),
      annotations: annotationsOf(job),
      comment: withoutHashes(github.comments.map(({ body }) => body).join('\n')),
    };
  }

  /** As actions/checkout does: one commit and no branch. */
  #checkout(ref: string): string {
    const folder = folderWith();
    git(folder, ['init', '--quiet']);
    git(folder, ['remote', 'add', 'origin', `file://${this.folder}`]);
    git(folder, ['fetch', '--quiet', '--depth=1', 'origin', ref]);
    git(folder, ['checkout', '--quiet', '--detach', 'FETCH_HEAD']);
    return folder;
  }

  /** Merges the branch that is checked out into `main`, which is then checked out; the paths in conflict. */
  merge(branch: string, day: string): string[] {
    git(this.folder, ['checkout', '--quiet', 'main']);
    try {
      git(this.folder, ['merge', '--quiet', '--no-ff', '--no-edit', branch], day);
      return [];
    } catch {
      return git(this.folder, ['diff', '--name-only', '--diff-filter=U']).split('\n');
    }
  }
}

/** What GitHub would make annotations of: commands, but not where they are stopped. */
function annotationsOf({ steps }: JobRun): string {
  const printed = steps.map(({ stdout }) => stdout).join('');
  const heard = printed.replace(/^::stop-commands::(.*)\n[\s\S]*?^::\1::\n/gm, '');
  return (heard.match(/^::(?:error|warning|notice).*\n/gm) ?? []).join('');
}

/** Hashes of commits change with every change of what is built. */
function withoutHashes(text: string): string {
  return text.replace(/\b[0-9a-f]{10}(?=,)/g, '0000000000');
}
