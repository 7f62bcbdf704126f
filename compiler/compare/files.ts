/** Which files of a target differ. */

import { utf8ToBytes } from '@noble/hashes/utils.js';
import { newSha256 } from '../digest/digest.ts';
import type { FileChange, FileState } from './difference.ts';
import type { SideTarget } from './side.ts';

/** Texts are gathered to this many characters before they are hashed. */
const BUFFER = 1 << 18;

/** By path. A target that is missing has no files. */
export function compareFiles(before: SideTarget | undefined, after: SideTarget | undefined): FileChange[] {
  return changesBetween(statesOf(before), statesOf(after));
}

/** What two listings of files differ in, by path. */
export function changesBetween(
  was: ReadonlyMap<string, FileState>,
  is: ReadonlyMap<string, FileState>,
): FileChange[] {
  const paths = [...new Set([...was.keys(), ...is.keys()])].sort();
  return paths.flatMap((path): FileChange[] => {
    const [before, after] = [was.get(path), is.get(path)];
    if (before && after)
      return before.sha256 === after.sha256 ? [] : [{ path, change: 'changed', before, after }];
    return after ? [{ path, change: 'added', after }] : before ? [{ path, change: 'removed', before }] : [];
  });
}

function statesOf(target: SideTarget | undefined): Map<string, FileState> {
  const states = new Map<string, FileState>();
  for (const { path, chunks, entries } of target?.files() ?? [])
    states.set(path, { ...hashed(chunks), entries });
  return states;
}

function hashed(chunks: Iterable<string>): Pick<FileState, 'sha256' | 'bytes'> {
  const hash = newSha256();
  let bytes = 0;
  let buffer = '';
  const flush = () => {
    const data = utf8ToBytes(buffer);
    hash.update(data);
    bytes += data.length;
    buffer = '';
  };
  for (const chunk of chunks) {
    buffer += chunk;
    if (buffer.length >= BUFFER) flush();
  }
  flush();
  return { sha256: hash.hex(), bytes };
}
