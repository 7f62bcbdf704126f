/**
 * Hashes and fingerprints cannot be shown as they are: nothing can be made that has a given hash. So the same templates
 * are rendered once more with the values of files and TLS hellos that we can make, and those rules are proven instead.
 */

import { type Collection, IndicatorSet } from '../indicators/set.ts';
import type { IndicatorCase } from './cases.ts';
import { STAND_INS, type StandInKind, standInValue } from './stand-ins.ts';

const KINDS: readonly string[] = ['hash', 'ja3', 'ja3s', 'ja4', 'certificate'] satisfies StandInKind[];

/** Stand-ins from this number on are listed nowhere: near misses. */
const UNLISTED = STAND_INS / 2;

/** Indicators that can be shown, in place of those that cannot. */
export interface StandIns {
  collection: Collection;
  /** For each indicator of `collection`, the one it stands for. */
  originals: readonly number[];
  cases: IndicatorCase[];
}

/** Stand-ins for those of some indicators that need one; undefined where none does. */
export function standInsFor(collection: Collection, indicators: readonly number[]): StandIns | undefined {
  const set = collection.indicators;
  const originals = indicators.filter((index) => KINDS.includes(set.kind(index)));
  if (originals.length === 0) return undefined;
  const standIns = new IndicatorSet();
  const cases: IndicatorCase[] = [];
  for (const original of originals) {
    const kind = set.kind(original) as StandInKind;
    const value = (n: number) => standInValue(kind, set.value(original), n);
    // Hashes of one file would cover each other; here each stands for itself.
    const context = { ...set.context(original), file: -1 };
    const indicator = standIns.add(kind, value(original), context, set.origin(original));
    const about = `a stand-in for ${set.value(original)}`;
    for (const [expect, n] of [
      ['match', original],
      ['silence', original + UNLISTED],
    ] as const) {
      cases.push({ id: cases.length, indicator, kind, expect, text: value(n), standIn: n, about });
    }
  }
  return { collection: { ...collection, indicators: standIns }, originals, cases };
}
