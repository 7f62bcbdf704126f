/** Access maps in a folder of their own, with a configuration of their own, as `postmap` reads them. */

import { copyFile, mkdir, utimes, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type Finished, run } from './process.ts';

/** The programs of Postfix that are used, and what they need to know. */
export interface PostfixPrograms {
  postmap: string;
  /** The folder of smtpd and its like. */
  daemons: string;
  /** The user whom smtpd runs as. */
  owner: string;
}

/** The type of table by the ending of its file. */
const TYPES: Readonly<Record<string, string>> = { '.map': 'hash', '.regexp': 'regexp', '.cidr': 'cidr' };

/**
 * Copies files into a folder, with the configuration `config/main.cf` that `configOf` makes of the folder and the maps,
 * and returns these as `type:path`, in the order of the files. The copies have plain names: `$` in a path of main.cf
 * names a parameter.
 */
export async function copyMaps(
  files: readonly string[],
  folder: string,
  configOf: (folder: string, maps: readonly string[]) => string,
): Promise<string[]> {
  const maps: string[] = [];
  for (const [at, file] of files.entries()) {
    const path = join(folder, `rules-${at + 1}${extname(file)}`);
    await copyFile(file, path);
    await age(path);
    maps.push(`${TYPES[extname(file)] ?? 'hash'}:${path}`);
  }
  await mkdir(join(folder, 'config'), { recursive: true });
  await writeFile(join(folder, 'config', 'main.cf'), configOf(folder, maps));
  await age(join(folder, 'config', 'main.cf'));
  await writeFile(join(folder, 'config', 'master.cf'), '');
  return maps;
}

/** Postfix waits for seconds before it reads a file that was just written. */
async function age(path: string): Promise<void> {
  await utimes(path, 1, 1);
}

/** Makes the table of a map that has one; the others are read, and asked for something that they need not know. */
export async function runPostmap(
  { postmap }: PostfixPrograms,
  folder: string,
  map: string,
): Promise<Finished> {
  const config = ['-c', join(folder, 'config')];
  if (map.startsWith('hash:')) return run(postmap, [...config, map]);
  const finished = await run(postmap, [...config, '-q', '192.0.2.0', map]);
  // 1 is also what it says where it does not find the key.
  return finished.status === 1 && finished.stderr === '' ? { ...finished, status: 0 } : finished;
}
