/** What carries indicators: the entries of a target that say them, by file and line. */

import type { CompiledTarget } from './compile.ts';
import { rangeOf } from './indicators/address.ts';
import type { IndicatorSet } from './indicators/set.ts';
import type { Entry } from './plan/entry.ts';
import { saysIndicators } from './plan/support.ts';
import type { PlacedEntry } from './render/place.ts';
import { membersOf } from './render/rules.ts';
import type { Pass } from './targets/definition.ts';

/** One entry of an output file. */
export interface Carrier {
  /** With the output folder, as the user names it. */
  file: string;
  /** First and last line, from 1. */
  first: number;
  last: number;
  /** The sid or UUID of a rule that has one. */
  id?: string;
  revision?: number;
  /** How many indicators share it. */
  indicators: number;
}

/** The entries that say these indicators, by indicator, in the order of the files. */
export function carriersOf(
  out: string,
  set: IndicatorSet,
  target: CompiledTarget,
  indexes: ReadonlySet<number>,
): Map<number, Carrier[]> {
  const carriers = new Map<number, Carrier[]>();
  if (indexes.size === 0) return carriers;
  const held = (pass: Pass, entry: Entry) =>
    saysIndicators(pass) ? [...indexes].filter((index) => holds(set, target, pass, entry, index)) : [];
  for (const placed of target.places((pass, entry) => held(pass, entry).length > 0)) {
    for (const index of held(placed.pass, placed.entry)) {
      const list = carriers.get(index) ?? [];
      list.push(carrierOf(out, set, target, placed));
      carriers.set(index, list);
    }
  }
  return carriers;
}

/** A placed entry as it is told. */
export function carrierOf(
  out: string,
  set: IndicatorSet,
  target: CompiledTarget,
  { pass, entry, path, first, last, rule }: PlacedEntry,
): Carrier {
  return {
    file: `${out}/${target.name}/${path}`,
    first,
    last,
    ...(rule && { id: rule.id, revision: rule.revision }),
    indicators: indicatorsBehind(set, target, pass, entry).length,
  };
}

/** The indicators that an entry says. */
export function indicatorsBehind(
  set: IndicatorSet,
  target: CompiledTarget,
  pass: Pass,
  entry: Entry,
): readonly number[] {
  if (entry.type !== 'interval') return membersOf(entry);
  return set.values.flatMap((_, index) => (holds(set, target, pass, entry, index) ? [index] : []));
}

function holds(set: IndicatorSet, target: CompiledTarget, pass: Pass, entry: Entry, index: number): boolean {
  if (entry.type === 'indicator') return entry.index === index;
  if (entry.type !== 'interval') return membersOf(entry).includes(index);
  const { verdicts } = target.plan;
  if (!verdicts.isSaid(index) || !pass.takes.has(set.kind(index))) return false;
  if (pass.tier !== undefined && pass.tier !== verdicts.tier(index)) return false;
  const { family, first, last } = rangeOf(set.value(index));
  const { interval } = entry;
  return interval.family === family && interval.first <= first && last <= interval.last;
}
