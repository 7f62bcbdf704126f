/** The files of a project as they stand on disk. */

import { NodeFeedFiles } from './node-feeds.ts';
import { NodeFileReader } from './node-files.ts';
import type { ProjectFiles } from './project-files.ts';

/** The working tree. */
export const FILES_ON_DISK: ProjectFiles = {
  below: (folder) => new NodeFileReader(folder),
  feeds: (root, cwd) => new NodeFeedFiles(root, cwd),
};
