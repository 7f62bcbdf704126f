/** Tells of sids that are not kept: those that a merge left with two rules, and those outside of the range. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { spanOfKey } from './read-lock.ts';
import type { MovedSid, Register } from './register.ts';

/** A finding for each rule that lost its sid to another, and one for all whose sids are outside of the range. */
export function movedSidDiagnostics(
  target: string,
  register: Register | undefined,
  lockFile: SourceFile | undefined,
): Diagnostic[] {
  const moved = register?.movedSids ?? [];
  const lost = moved.filter(({ keeper }) => keeper !== undefined);
  const outside = moved.filter(({ keeper }) => keeper === undefined);
  const diagnostics = lost.map((one) => doubled(one, lockFile));
  const [first] = outside;
  return first ? [...diagnostics, outsideOf(target, first, outside.length, lockFile)] : diagnostics;
}

function doubled({ key, from, to, keeper }: MovedSid, lockFile: SourceFile | undefined): Diagnostic {
  const span = lockFile && spanOfKey(lockFile, key);
  const kept = lockFile && spanOfKey(lockFile, keeper as string);
  return {
    code: 'RF605',
    severity: 'warning',
    ...(span && { span }),
    message: `two rules have the sid ${from}: this one becomes ${to}`,
    ...(kept && { related: [{ span: kept, message: 'this one keeps it' }] }),
  };
}

function outsideOf(
  target: string,
  { key, from, to }: MovedSid,
  count: number,
  lockFile: SourceFile | undefined,
): Diagnostic {
  const span = lockFile && spanOfKey(lockFile, key);
  const rules = count === 1 ? '1 rule has its sid' : `${count} rules have their sids`;
  return {
    code: 'RF605',
    severity: 'warning',
    ...(span && { span }),
    message: `${rules} outside of the range of \`${target}\` and ${count === 1 ? 'gets' : 'get'} another: ${from} becomes ${to}`,
    help: 'if that is not what you want, give the target a `sid` range in refang.yaml that holds the old ones',
  };
}
