/** Writes a build that no one keeps, for an engine to load. */

import { join } from 'node:path';
import type { Compiled } from '../compile.ts';
import { OutFolder } from '../emit/out-folder.ts';
import { filesOf } from '../write-build.ts';

/** The files written below an empty folder, absolute. */
export function writeTarget(folder: string, compiled: Compiled): string[] {
  const out = join(folder, 'out');
  let paths: string[] = [];
  OutFolder.open(folder, 'out').replace(filesOf(compiled.targets), [], (written) => {
    paths = written.map(({ path }) => join(out, path));
    return '';
  });
  return paths;
}
