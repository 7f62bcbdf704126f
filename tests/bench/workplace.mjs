/**
 * Where benchmarks keep their files: in memory where there is room. On a disk the disk is measured as well: ext4
 * without a journal looks for a free place among all files that were removed in the last minutes, which benchmarks do
 * all the time, and then takes most of a millisecond of CPU for each file that is made.
 */

import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const MEMORY = '/dev/shm';
/** In bytes: what ten million records need. */
const ROOM = 20e9;

export const WORKPLACE = hasRoom(MEMORY) ? MEMORY : tmpdir();

/** @param {string} folder */
function hasRoom(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= ROOM;
  } catch {
    return false;
  }
}
