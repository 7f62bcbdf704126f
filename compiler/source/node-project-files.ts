/** The files of a project as they stand on disk. */

import { NodeFeedFiles, type ReadingTold } from './node-feeds.ts';
import { NodeFileReader } from './node-files.ts';
import type { ProjectFiles } from './project-files.ts';

/** The working tree, for a command that others are told of. */
export function filesOnDisk(told: ReadingTold): ProjectFiles {
  return {
    below: (folder) => new NodeFileReader(folder, told.trace),
    feeds: (root, cwd) => new NodeFeedFiles(root, cwd, told),
  };
}

/** The working tree. */
export const FILES_ON_DISK: ProjectFiles = filesOnDisk({});
