/** Access maps in a folder of their own, with a configuration of their own, as `postmap` reads them. */

import { copyFile, mkdir, utimes, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type Finished, run } from '../../process.ts';

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
 * Copies files into a folder, with the configuration `config/main.cf` that `configOf` makes of the maps, and returns these
 * as `type:../name`, in the order of the files. Postfix works in the folder `queue` beside them. Nothing in main.cf says
 * where the folder is: a path there cannot hold all that folders are called.
 */
export async function copyMaps(
  files: readonly string[],
  folder: string,
  configOf: (maps: readonly string[]) => string,
): Promise<string[]> {
  const maps: string[] = [];
  for (const [at, file] of files.entries()) {
    const name = `rules-${at + 1}${extname(file)}`;
    await copyFile(file, join(folder, name));
    await age(join(folder, name));
    maps.push(`${TYPES[extname(file)] ?? 'hash'}:../${name}`);
  }
  for (const name of ['config', 'queue']) await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, 'config', 'main.cf'), configOf(maps));
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
  const options = { cwd: join(folder, 'queue') };
  const config = ['-c', join(folder, 'config')];
  if (map.startsWith('hash:')) return run(postmap, [...config, map], options);
  const finished = await run(postmap, [...config, '-q', '192.0.2.0', map], options);
  // 1 is also what it says where it does not find the key.
  return finished.status === 1 && finished.stderr === '' ? { ...finished, status: 0 } : finished;
}
