/** Checks: reads and plans everything, writes nothing. */

import type { FateCounts } from './plan/fate.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';

/** What a check found. */
export interface CheckReport {
  session: Session;
  /** How many indicators have each fate, by target; empty where there is an error. */
  fates: ReadonlyMap<string, FateCounts>;
}

/** All that is wrong with the inputs, the settings and the targets. */
export async function check(options: SessionOptions): Promise<CheckReport> {
  const session = await openSession(options);
  return {
    session,
    fates: new Map((session.compiled?.targets ?? []).map(({ name, fates }) => [name, fates])),
  };
}
