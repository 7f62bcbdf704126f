/** Paths of files below a folder. */

import { resolve, sep } from 'node:path';

/** A part that is empty, `.` or `..`. */
const UNPLAIN = /(?:^|\/)\.{0,2}(?:\/|$)/;

/**
 * What `resolve(folder, path)` gives, of a folder that itself was resolved. `resolve` walks through each character,
 * in a small build some ten thousand of them; a path without anything to resolve is put together as it is.
 */
export function resolveBelow(folder: string, path: string): string {
  const isAbsolute = path.startsWith('/');
  if (sep !== '/' || folder === '/' || UNPLAIN.test(isAbsolute ? path.slice(1) : path))
    return resolve(folder, path);
  return isAbsolute ? path : `${folder}/${path}`;
}
