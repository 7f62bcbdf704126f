/** What a build is compared with: a commit, a folder with a project, or a folder that a build wrote. */

import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { Output } from './compare/output.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { MANIFEST_NAME, parseManifest } from './emit/manifest.ts';
import { holdsProject, type ProjectSource } from './project.ts';
import { GitError, openCommit } from './source/node-git.ts';
import { GitProjectFiles } from './source/node-git-files.ts';
import { FILES_ON_DISK } from './source/node-project-files.ts';

/** Why there is nothing to compare with. */
export class AgainstError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics[0]?.message);
    this.diagnostics = diagnostics;
  }
}

/** A project as it was. */
export interface EarlierProject {
  /** As the user names it. */
  name: string;
  /** Of a commit: its whole hash, and the day in UTC on which it was committed, YYYY-MM-DD. */
  commit?: string;
  day?: string;
  source: ProjectSource;
}

/**
 * What `against` means: an existing folder, relative to `cwd`, or else a commit of the repository of `root`. Throws
 * AgainstError.
 */
export function findAgainst(root: string, cwd: string, against: string): EarlierProject | Output {
  const folder = resolve(cwd, against);
  if (against !== '' && statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    return openFolder(folder, against);
  try {
    const commit = openCommit(root, against);
    const source = { files: new GitProjectFiles(commit, root), root };
    return { name: against, commit: commit.id, day: commit.day, source };
  } catch (error) {
    if (error instanceof GitError) throw new AgainstError([error.diagnostic]);
    throw error;
  }
}

function openFolder(folder: string, name: string): EarlierProject | Output {
  if (holdsProject(FILES_ON_DISK.below(folder)))
    return { name, source: { files: FILES_ON_DISK, root: folder } };
  const path = join(folder, MANIFEST_NAME);
  const manifest = existsSync(path) ? parseManifest(readFileSync(path, 'utf8')) : undefined;
  if (!manifest)
    throw new AgainstError([
      { code: 'RF803', severity: 'error', message: `\`${name}\` holds neither a project nor an output` },
    ]);
  return { name, ...manifest, read: (file) => readBelow(folder, file) };
}

/** A link that leads out of the folder is not followed: its aim is no output, and may be secret. */
function readBelow(folder: string, path: string): string | undefined {
  const full = join(folder, path);
  if (!statSync(full, { throwIfNoEntry: false })?.isFile()) return undefined;
  return realpathSync(full).startsWith(realpathSync(folder) + sep) ? readFileSync(full, 'utf8') : undefined;
}
