/** The text of refang.lock at once. */

import type { LockLine } from '../../compiler/identity/lock.ts';
import { LockTable } from '../../compiler/identity/lock-table.ts';
import { lockPieces } from '../../compiler/identity/lock-text.ts';

export function written(lines: Iterable<LockLine>): string {
  return [...lockPieces([LockTable.of(lines)])].join('');
}
