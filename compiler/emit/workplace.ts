/** The place that a build writes: held by one build at a time, and put right after one that was killed. */

import { basename } from 'node:path';
import { placeOf } from './beside.ts';
import { isUnfinished, restore } from './exchange.ts';
import { type Hold, hold, isHeldByOther, type Patience, tryHold } from './hold.ts';

/** What a command works on. */
export interface Workplace {
  /** The output folder, absolute. */
  out: string;
  /** The same as the user names it. */
  shown: string;
  /** The path of refang.lock, absolute; undefined where ids are derived without one. */
  lock: string | undefined;
}

/** A place that is ready to be written. */
export interface Occupied {
  /** Whether another build was waited for or undone: what was read before may have changed. */
  changed: boolean;
  release(): void;
}

/** Holds a place and puts right what a killed build left there. Throws WriteError. */
export async function occupy(workplace: Workplace, patience: Patience): Promise<Occupied> {
  const { out, shown, lock } = workplace;
  const place = placeOf(out);
  const holds: Hold[] = [];
  const release = () => {
    for (const one of holds.reverse()) one.release();
  };
  try {
    // In one order, so that no two builds wait for each other.
    if (lock !== undefined) holds.push(await hold(lock, basename(lock), patience));
    holds.push(await hold(place, shown, patience));
    const restored = restore(place, lock);
    return { changed: restored || holds.some(({ waited }) => waited), release };
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * Makes a place ready to be read: waits for a build at work, and puts right what a killed one left. Where there is
 * neither, nothing is written. True where there was. Throws WriteError.
 */
export async function settle(workplace: Workplace, patience: Patience): Promise<boolean> {
  const place = placeOf(workplace.out);
  if (!isUnfinished(place) && !isHeldByOther(place)) return false;
  (await occupy(workplace, patience)).release();
  return true;
}

/** Puts right what a killed build left, unless a build is at work, which is not waited for. Throws WriteError. */
export function settleIfIdle({ out, shown, lock }: Workplace): void {
  const place = placeOf(out);
  if (!isUnfinished(place)) return;
  const both = [tryHold(place, shown), lock === undefined ? undefined : tryHold(lock, basename(lock))];
  if (both[0] && (lock === undefined || both[1])) restore(place, lock);
  for (const one of both) one?.release();
}
