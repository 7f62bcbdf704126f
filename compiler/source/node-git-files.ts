/** The files of a project as a commit holds them. What lies outside of the repository is read as it is now. */

import { posix, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { FeedError } from './feeds/feed-error.ts';
import type { FeedBytes, FeedFiles } from './feeds/feed-files.ts';
import type { FolderEntry, InputReader, ReadInput } from './files.ts';
import { feedFrom } from './node-feeds.ts';
import { unreadable } from './node-files.ts';
import { type GitCommit, GitError, readBlobs, streamBlob } from './node-git.ts';
import { FILES_ON_DISK } from './node-project-files.ts';
import type { ProjectFiles } from './project-files.ts';
import { decodeUtf8, readWhole } from './utf8.ts';

/** Links that lead to links are followed so far, as by Linux. */
const MOST_LINKS = 40;
/** How a file begins that Git LFS keeps elsewhere. */
const LFS_POINTER = 'version https://git-lfs.github.com/spec/';
/** Read in one go, since most of them are wanted: a process for each would take longer than all the rest. */
const READ_AHEAD = /(?:^|\/)(?:refang\.(?:yaml|lock)|target\.yaml|[^/]+\.hbs)$/;

/** A path of the commit that is followed to its end: a blob, a folder, or why it is neither. */
type Found = { blob: string } | { folder: string } | { missing: Diagnostic };

/** The project in `root`, an absolute folder of the repository's working tree, as `commit` holds it. */
export class GitProjectFiles implements ProjectFiles {
  readonly #commit: GitCommit;
  readonly #root: string;
  readonly #folders: ReadonlyMap<string, ReadonlyMap<string, boolean>>;
  readonly #blobs = new Map<string, Uint8Array | undefined>();

  constructor(commit: GitCommit, root: string) {
    this.#commit = commit;
    this.#root = root;
    this.#folders = foldersOf(commit.tree.keys());
    const ahead = [...commit.tree].filter(
      ([path, { type }]) => type !== 'submodule' && READ_AHEAD.test(path),
    );
    this.#readAll(ahead.map(([, { id }]) => id));
  }

  below(folder: string): InputReader {
    return new GitFileReader(this, folder);
  }

  feeds(root: string, cwd: string): FeedFiles {
    return {
      open: (path) => this.#openFeed(path, resolve(cwd, path)),
      fromRoot: (path) => relative(root, resolve(cwd, path)).split(sep).join('/'),
    };
  }

  /** A path from the top of the repository; undefined for what lies outside of it. */
  inRepository(absolute: string): string | undefined {
    const path = posix.normalize(this.#commit.prefix + relative(this.#root, absolute).split(sep).join('/'));
    if (path === '..' || path.startsWith('../') || path.startsWith('/')) return undefined;
    return path.replace(/\/$/, '');
  }

  /** Follows links to the end of a path; `shown` is the path as messages name it. */
  find(path: string, shown: string): Found {
    let rest = segmentsOf(path);
    let at = '';
    for (let links = 0; rest.length > 0; ) {
      const [name, ...others] = rest as [string, ...string[]];
      const next = at === '' ? name : `${at}/${name}`;
      const entry = this.#commit.tree.get(next);
      if (entry?.type === 'submodule') return others.length > 0 ? inSubmodule(shown, next) : { folder: next };
      if (entry?.type === 'link') {
        const aim = this.#aimOf(entry.id, at);
        if (aim === undefined || links++ >= MOST_LINKS) return strayLink(shown, next);
        rest = [...segmentsOf(aim), ...others];
        at = '';
        continue;
      }
      if (entry) return others.length > 0 ? absent(shown) : { blob: entry.id };
      if (!this.#folders.has(next)) return absent(shown);
      at = next;
      rest = others;
    }
    return { folder: at };
  }

  /** What stands in a folder of the commit, by name, and whether it is a folder. */
  children(folder: string): ReadonlyMap<string, boolean> {
    return this.#folders.get(folder) ?? new Map();
  }

  /** The content of a blob; undefined where the repository lacks it. */
  blob(id: string): Uint8Array | undefined {
    if (!this.#blobs.has(id)) this.#readAll([id]);
    return this.#blobs.get(id);
  }

  #readAll(ids: readonly string[]): void {
    const blobs = readBlobs(this.#root, ids);
    for (const [at, id] of ids.entries()) this.#blobs.set(id, blobs[at]);
  }

  /** Where a link leads, from the top of the repository; undefined where it leaves it. */
  #aimOf(id: string, folder: string): string | undefined {
    const bytes = this.blob(id);
    const text = bytes && new TextDecoder().decode(bytes);
    if (text === undefined || text.startsWith('/')) return undefined;
    const aim = posix.normalize(`${folder || '.'}/${text}`);
    return aim === '..' || aim.startsWith('../') ? undefined : aim;
  }

  #openFeed(path: string, absolute: string): FeedBytes {
    const inside = this.inRepository(absolute);
    if (inside === undefined) return FILES_ON_DISK.feeds(this.#root, this.#root).open(absolute);
    const found = this.find(inside, path);
    return feedFrom(path, () => {
      if (!('blob' in found)) throw new FeedError(problemOf(path, found));
      return this.#stream(path, found.blob);
    });
  }

  async *#stream(path: string, id: string): AsyncGenerator<Uint8Array> {
    let first = true;
    try {
      for await (const chunk of streamBlob(this.#root, id)) {
        if (first && isPointer(chunk)) throw new FeedError(inLfs(path));
        first = false;
        yield chunk;
      }
    } catch (error) {
      throw error instanceof GitError ? new FeedError(lacking(path)) : error;
    }
  }
}

class GitFileReader implements InputReader {
  readonly #files: GitProjectFiles;
  readonly #folder: string;

  constructor(files: GitProjectFiles, folder: string) {
    this.#files = files;
    this.#folder = folder;
  }

  read(path: string): { file: SourceFile | undefined; diagnostics: Diagnostic[] } {
    const { bytes, diagnostics } = this.readBytes(path);
    return bytes ? decodeUtf8(path, bytes) : { file: undefined, diagnostics };
  }

  readInput(path: string): ReadInput {
    return readWhole(this, path);
  }

  readBytes(path: string): { bytes: Uint8Array | undefined; diagnostics: Diagnostic[] } {
    const inside = this.#inside(path);
    if (inside === undefined) return this.#disk.readBytes(path);
    const found = this.#files.find(inside, path);
    if (!('blob' in found)) return { bytes: undefined, diagnostics: [problemOf(path, found)] };
    const bytes = this.#files.blob(found.blob);
    if (!bytes) return { bytes: undefined, diagnostics: [lacking(path)] };
    return isPointer(bytes) ? { bytes: undefined, diagnostics: [inLfs(path)] } : { bytes, diagnostics: [] };
  }

  list(folder: string): FolderEntry[] {
    const inside = this.#inside(folder);
    if (inside === undefined) return this.#disk.list(folder);
    const found = this.#files.find(inside, folder);
    if (!('folder' in found)) return [];
    const names = [...this.#files.children(found.folder).keys()].sort();
    return names.flatMap((name) => {
      const child = this.#files.find(`${found.folder}/${name}`, name);
      return 'missing' in child ? [] : [{ name, folder: 'folder' in child }];
    });
  }

  exists(path: string): boolean {
    const inside = this.#inside(path);
    return inside === undefined ? this.#disk.exists(path) : !('missing' in this.#files.find(inside, path));
  }

  get #disk(): InputReader {
    return FILES_ON_DISK.below(this.#folder);
  }

  /** Absolute paths name what does not belong to the project, such as the templates that Refang ships. */
  #inside(path: string): string | undefined {
    return path.startsWith('/') || /^[A-Za-z]:/.test(path)
      ? undefined
      : this.#files.inRepository(resolve(this.#folder, path));
  }
}

/** What stands in each folder, by name, and whether it is a folder. The top is the empty path. */
function foldersOf(paths: Iterable<string>): Map<string, Map<string, boolean>> {
  const folders = new Map<string, Map<string, boolean>>([['', new Map()]]);
  const folderAt = (path: string): Map<string, boolean> => {
    let found = folders.get(path);
    if (!found) {
      found = new Map();
      folders.set(path, found);
      const cut = path.lastIndexOf('/');
      folderAt(cut < 0 ? '' : path.slice(0, cut)).set(path.slice(cut + 1), true);
    }
    return found;
  };
  for (const path of paths) {
    const cut = path.lastIndexOf('/');
    folderAt(cut < 0 ? '' : path.slice(0, cut)).set(path.slice(cut + 1), false);
  }
  return folders;
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '' && segment !== '.');
}

function isPointer(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes.subarray(0, LFS_POINTER.length)) === LFS_POINTER;
}

function problemOf(path: string, found: Exclude<Found, { blob: string }>): Diagnostic {
  return 'missing' in found
    ? found.missing
    : unreadable(path, Object.assign(new Error(), { code: 'EISDIR' }));
}

function absent(shown: string): Found {
  return { missing: unreadable(shown, Object.assign(new Error(), { code: 'ENOENT' })) };
}

function inSubmodule(shown: string, submodule: string): Found {
  return {
    missing: notHeld(
      `\`${shown}\` lies in the submodule \`${submodule}\``,
      'compare with a folder: check the commit out with its submodules, and name that',
    ),
  };
}

function strayLink(shown: string, link: string): Found {
  return {
    missing: notHeld(
      `\`${shown}\` leads out of the repository, by the link \`${link}\``,
      'put the file itself into the repository',
    ),
  };
}

function inLfs(path: string): Diagnostic {
  return notHeld(
    `\`${path}\` is kept by Git LFS`,
    'compare with a folder: check the commit out, and name that',
  );
}

function lacking(path: string): Diagnostic {
  return notHeld(`this clone lacks \`${path}\``, 'fetch it first: `git fetch --refetch` without a filter');
}

function notHeld(message: string, help: string): Diagnostic {
  return { code: 'RF805', severity: 'error', message, help };
}
