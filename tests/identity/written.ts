/** The text of refang.lock at once. */

import type { LockLine } from '../../compiler/identity/lock.ts';
import { LockTable } from '../../compiler/identity/lock-table.ts';
import { lockPieces } from '../../compiler/identity/lock-text.ts';

export function written(lines: Iterable<LockLine>): string {
  return textOf([LockTable.of(lines)]);
}

/** That of several locks together. */
export function textOf(locks: readonly LockTable[]): string {
  return Array.from(lockPieces(locks), (piece) => Buffer.from(piece).toString()).join('');
}
