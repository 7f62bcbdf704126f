/** Which files of a target differ. */

import { newSha256 } from '../digest/digest.ts';
import { encoded } from '../digest/encoded.ts';
import type { FileChange, FileState } from './difference.ts';
import type { SideTarget } from './side.ts';

/** Texts are gathered to so many bytes before they are hashed. */
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
  const buffer = new Uint8Array(BUFFER);
  for (const { path, chunks, entries } of target?.files() ?? [])
    states.set(path, { ...hashed(chunks, buffer), entries });
  return states;
}

function hashed(chunks: Iterable<string>, buffer: Uint8Array): Pick<FileState, 'sha256' | 'bytes'> {
  const hash = newSha256();
  let bytes = 0;
  const pieces = encoded(chunks, buffer);
  for (let piece = pieces.next(); ; piece = pieces.next()) {
    hash.update(piece.value);
    bytes += piece.value.length;
    if (piece.done) return { sha256: hash.hex(), bytes };
  }
}
