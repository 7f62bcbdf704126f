/** What is in a folder that no build wrote: found, and taken over without a copy where the file system allows it. */

import {
  chmodSync,
  cpSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { lookAt } from './beside.ts';

/** What is below a folder: files, links, and folders with nothing in them. */
export interface Entry {
  /** Relative to the folder, with `/`. */
  path: string;
  /** An empty folder. */
  isFolder: boolean;
}

/** All of them. Links are not followed. */
export function entriesBelow(folder: string): Entry[] {
  const root = resolve(folder);
  const found = readdirSync(root, { recursive: true, withFileTypes: true });
  const full = new Set(found.map(({ parentPath }) => parentPath));
  return found
    .map((entry) => ({ path: join(entry.parentPath, entry.name), isFolder: entry.isDirectory() }))
    .filter(({ path, isFolder }) => !isFolder || !full.has(path))
    .map(({ path, isFolder }) => ({ path: path.slice(root.length + 1).replaceAll(sep, '/'), isFolder }));
}

/**
 * Takes an entry over into another folder of the same file system. A file becomes a second name of the same file, so
 * nothing is copied and its times, rights and owner stay; where that is not possible, a copy.
 */
export function takeOver(from: string, to: string, { path, isFolder }: Entry): void {
  const [source, target] = [join(from, path), join(to, path)];
  makeFolders(from, to, isFolder ? path : dirname(path));
  if (isFolder) return;
  // What a second name of a link is, systems do not agree on.
  if (lstatSync(source).isSymbolicLink()) symlinkSync(readlinkSync(source), target);
  else nameAgain(source, target);
}

/** Gives a file, which is no link, a second name, or makes a copy. */
export function nameAgain(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    cpSync(source, target, { preserveTimestamps: true });
  }
}

/** Moves an entry, if the other folder has nothing of that name. */
export function moveEntry(from: string, to: string, path: string): void {
  const target = join(to, path);
  if (lookAt(target)) return;
  makeFolders(from, to, dirname(path));
  renameSync(join(from, path), target);
}

/** The folders of a path, with the rights that they have in the other place if they are there. */
export function makeFolders(from: string, to: string, path: string): void {
  const parts = path.split('/').filter((part) => part !== '.');
  for (let count = 1; count <= parts.length; count++) {
    const folder = parts.slice(0, count).join('/');
    const made = join(to, folder);
    if (lookAt(made)) continue;
    mkdirSync(made);
    const before = statSync(join(from, folder), { throwIfNoEntry: false });
    if (before?.isDirectory()) chmodSync(made, before.mode & 0o7777);
  }
}
