/** Which files a build of a project depends on, and whether they have changed. */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { openFolder } from './project.ts';
import { rootAbove, SETTINGS_NAME } from './project-root.ts';
import { feedPaths } from './source/feed-paths.ts';
import { expandGlob, type FolderEntry, isGlob } from './source/files.ts';
import { NodeFileReader } from './source/node-files.ts';
import { DEFAULT_SETTINGS, type Settings } from './source/settings.ts';

/** What to watch, as absolute paths. */
export interface WatchSet {
  /** Files that a build reads, or would if they were there. */
  files: ReadonlySet<string>;
  /** Folders in which files of that kind may come and go. */
  folders: ReadonlySet<string>;
}

/** A file as it was read last: its content is looked at again only when the rest differs. */
interface Seen {
  stamp: string;
  digest: string;
}

/** Remembers the folders that were listed. */
class RecordingReader extends NodeFileReader {
  readonly listed = new Set<string>();

  override list(folder: string): FolderEntry[] {
    this.listed.add(resolve(this.root, folder));
    return super.list(folder);
  }
}

/** The inputs of one project. */
export class WatchedFiles {
  readonly root: string;
  readonly #cwd: string;
  readonly #named: readonly string[];
  /** Of the last time that they could be read. */
  #settings: Settings = DEFAULT_SETTINGS;
  #seen = new Map<string, Seen>();

  constructor(cwd: string, named: readonly string[]) {
    this.#cwd = cwd;
    this.#named = named;
    this.root = named[0] === undefined ? rootAbove(cwd) : dirname(resolve(cwd, named[0]));
  }

  /** Inputs, feeds, lists of guards, settings and the project's own templates. */
  find(): WatchSet {
    this.#settings = openFolder(this.root).settings ?? this.#settings;
    const reader = new RecordingReader(this.root);
    const expand = (pattern: string) => (isGlob(pattern) ? expandGlob(reader, pattern) : [pattern]);
    const { inputs, guards } = this.#settings;
    const read =
      this.#named.length > 0
        ? this.#named.map((path) => resolve(this.#cwd, path))
        : inputs.flatMap(({ pattern }) => expand(pattern)).map((path) => resolve(this.root, path));
    const lists = guards.flatMap(({ pattern }) => expand(pattern)).map((path) => resolve(this.root, path));
    const settings = join(this.root, SETTINGS_NAME);
    const files = new Set([settings, ...read, ...read.flatMap(feedsOf), ...lists, ...templatesOf(reader)]);
    const folders = [...reader.listed, ...[...files].map((path) => dirname(path))];
    return {
      files,
      folders: new Set(folders.flatMap((folder) => this.#upToRoot(folder)).filter(existsSync)),
    };
  }

  /** The files whose content is another than the last time it was asked, as the user names them. */
  changed({ files }: WatchSet): string[] {
    const now = new Map<string, Seen>();
    for (const path of files) {
      const seen = look(path, this.#seen.get(path));
      if (seen) now.set(path, seen);
    }
    const paths = new Set([...now.keys(), ...this.#seen.keys()]);
    const changed = [...paths].filter((path) => now.get(path)?.digest !== this.#seen.get(path)?.digest);
    this.#seen = now;
    return changed.map((path) => relative(this.#cwd, path)).sort();
  }

  /** A folder with those above it: should it go and come back, the one above tells. */
  #upToRoot(folder: string): string[] {
    const path = relative(this.root, folder);
    if (path === '' || path.startsWith('..') || isAbsolute(path)) return [folder];
    return [folder, ...this.#upToRoot(dirname(folder))];
  }
}

function feedsOf(input: string): string[] {
  if (!existsSync(input) || !statSync(input).isFile()) return [];
  return feedPaths(readFileSync(input, 'utf8')).map((path) => resolve(dirname(input), path));
}

/** The parts of the project's own targets. */
function templatesOf(reader: NodeFileReader): string[] {
  return reader.list('templates').flatMap(({ name, folder }) => {
    if (!folder) return [];
    const parts = reader.list(`templates/${name}`);
    return parts
      .filter((part) => part.name === 'target.yaml' || part.name.endsWith('.hbs'))
      .map((part) => join(reader.root, 'templates', name, part.name));
  });
}

function look(path: string, before: Seen | undefined): Seen | undefined {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    const stamp = `${mtimeMs} ${size} ${ino}`;
    if (stamp === before?.stamp) return before;
    return { stamp, digest: createHash('sha256').update(readFileSync(path)).digest('hex') };
  } catch {
    return undefined;
  }
}
