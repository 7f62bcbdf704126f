/** Checks: reads and plans everything, writes nothing. */

import type { FateCounts } from './plan/fate.ts';
import { strictDiagnostics } from './plan/losses.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';

/** What a check is asked for. */
export interface CheckOptions extends SessionOptions {
  /** Tell, as warnings, what targets do not say exactly. */
  strict?: boolean;
}

/** What a check found. */
export interface CheckReport {
  session: Session;
  /** How many indicators have each fate, by target; empty where there is an error. */
  fates: ReadonlyMap<string, FateCounts>;
}

/** All that is wrong with the inputs, the settings and the targets, with the mends of what can be mended. */
export async function check(options: CheckOptions): Promise<CheckReport> {
  const session = await openSession(options);
  if (session.project) {
    const { findMends, withMends } = await import('./source/mend/mends.ts');
    const mends = await findMends(session.project.inputs.map(({ file }) => file));
    session.diagnostics = withMends(session.diagnostics, mends);
  }
  if (options.strict) session.diagnostics.push(...strictDiagnostics(session.compiled?.targets ?? []));
  return {
    session,
    fates: new Map((session.compiled?.targets ?? []).map(({ name, fates }) => [name, fates])),
  };
}
