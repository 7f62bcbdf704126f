/** Where the files of a project come from: an interface, because a project can be read from a commit as well. */

import type { FeedFiles } from './feeds/feed-files.ts';
import type { InputReader } from './files.ts';

/** The files of a project. Folders are absolute, as they stand in the working tree. */
export interface ProjectFiles {
  /** Reads paths relative to a folder. */
  below(folder: string): InputReader;
  /** The feeds of the project in the folder `root`, by paths relative to `cwd`. */
  feeds(root: string, cwd: string): FeedFiles;
}
