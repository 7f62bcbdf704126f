/** Where the project is that a command works on. */

import { dirname, resolve } from 'node:path';
import type { FileReader } from './source/files.ts';
import { NodeFileReader } from './source/node-files.ts';
import type { ProjectFiles } from './source/project-files.ts';

/** The name of the settings, in the project's root. */
export const SETTINGS_NAME = 'refang.yaml';
/** The name of the lock, in the project's root. */
export const LOCK_NAME = 'refang.lock';

const ON_DISK: Pick<ProjectFiles, 'below'> = { below: (folder) => new NodeFileReader(folder) };

/** The nearest folder from `cwd` upwards with a refang.yaml or a lock; `cwd` itself where there is none. */
export function rootAbove(cwd: string, disk = ON_DISK): string {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (isProject(disk.below(folder))) return folder;
    if (dirname(folder) === folder) return resolve(cwd);
  }
}

/** Whether a folder is that of a project: it has settings or a lock. */
export function isProject(reader: FileReader): boolean {
  return reader.exists(SETTINGS_NAME) || reader.exists(LOCK_NAME);
}
