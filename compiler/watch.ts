/** Builds again whenever something that a build reads has changed. */

import { type FSWatcher, statSync, watch as watchFolder } from 'node:fs';
import { type BuildOptions, type BuildReport, build } from './build.ts';
import { BuildMemory } from './build-memory.ts';
import { WatchedFiles } from './watch-files.ts';

/** One build of a watch. */
export interface WatchRound {
  report: BuildReport;
  /** What had changed, as the user names it; empty for the first. */
  changed: readonly string[];
  /** How long it took, from the moment that the change was found. */
  milliseconds: number;
}

/** A build, until it is stopped. */
export interface WatchOptions extends BuildOptions {
  signal: AbortSignal;
  /** Called after each build, also one with errors: then the old output is still there. */
  onRound: (round: WatchRound) => Promise<void>;
  /** Called when the first build is told and all folders are watched. */
  onReady: (files: number) => void;
}

/** An editor writes in several steps; what they are is read when nothing has happened for so many milliseconds. */
const QUIET = 20;
/** A program that never stops writing does not keep a build from being made for longer. */
const LONGEST_WAIT = 500;

/** Where folders cannot be watched: how often the files are looked at, in milliseconds. */
const GLANCE = 1000;

/** Resolves when the signal is given. */
export async function watch(options: WatchOptions): Promise<void> {
  const { signal, onRound, onReady, ...asked } = options;
  const wanted = { ...asked, memory: new BuildMemory() };
  const watched = new WatchedFiles(options.cwd ?? process.cwd(), options.files ?? []);
  const folders = new WatchedFolders(signal);
  try {
    for (let rounds = 0; !signal.aborted; ) {
      const start = performance.now();
      // Folders first: what changes from here on is told.
      let set = watched.find();
      while (folders.keep(set.folders)) set = watched.find();
      const changed = watched.changed(set);
      if (rounds === 0 || changed.length > 0) {
        const report = await build(wanted);
        rounds += 1;
        const milliseconds = performance.now() - start;
        await onRound({ report, changed: rounds === 1 ? [] : changed, milliseconds });
        if (rounds === 1) onReady(set.files.size);
      } else await folders.event();
    }
  } finally {
    folders.keep(new Set());
  }
}

/** Watches folders, not files: editors put a new file in the place of the old one. */
class WatchedFolders {
  readonly #watchers = new Map<string, { watcher: FSWatcher; inode: number }>();
  #last = 0;
  #wake: () => void = () => {};
  #blind = false;
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#wake(), { once: true });
  }

  /** Watches these and no others, and tells whether one is new. A folder that was replaced is watched anew. */
  keep(folders: ReadonlySet<string>): boolean {
    for (const [folder, { watcher, inode }] of this.#watchers) {
      if (folders.has(folder) && inodeOf(folder) === inode) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    const missing = [...folders].filter((folder) => !this.#watchers.has(folder));
    return missing.filter((folder) => this.#open(folder)).length > 0;
  }

  /** Waits until something has happened in a folder, and for a while nothing more. */
  async event(): Promise<void> {
    if (this.#last === 0 && !this.#signal.aborted)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        if (this.#blind) setTimeout(resolve, GLANCE);
      });
    const first = performance.now();
    while (
      !this.#signal.aborted &&
      performance.now() - this.#last < QUIET &&
      performance.now() - first < LONGEST_WAIT
    )
      await new Promise((resolve) => setTimeout(resolve, QUIET));
    this.#last = 0;
  }

  #open(folder: string): boolean {
    try {
      const watcher = watchFolder(folder, () => {
        this.#last = performance.now();
        this.#wake();
      });
      // A folder that goes away is told by the one above it.
      watcher.on('error', () => {});
      this.#watchers.set(folder, { watcher, inode: inodeOf(folder) });
      return true;
    } catch (error) {
      // It is gone already, or the system lets nobody watch more: then the files are looked at now and then.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.#blind = true;
      return false;
    }
  }
}

function inodeOf(folder: string): number {
  return statSync(folder, { throwIfNoEntry: false })?.ino ?? -1;
}
