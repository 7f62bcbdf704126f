/** How much of the internet a target blocks, and whether that is more than it may. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { breadthOf } from '../guard/blast-radius.ts';
import type { GuardHit } from '../guard/guard.ts';
import { type AddressRange, mergeRanges, rangeOf } from '../indicators/address.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import { counted } from '../source/words.ts';
import type { Effect } from '../targets/definition.ts';
import type { Verdict } from './fate.ts';
import type { TargetPlan } from './plan.ts';

/** What a target says of the internet, without what it only watches. */
export interface Blast {
  /** IPv4 addresses and /64 networks of IPv6 that all its addresses and networks hold together. */
  addresses: number;
  /** Indicators that a guard lists, or that hold what it lists, and that are blocked all the same: an override accepts them. */
  listed: readonly number[];
}

/** What the verdicts of a target come to; undefined for one that does not block. */
export function blastOf(
  set: IndicatorSet,
  effect: Effect,
  { verdicts }: Pick<TargetPlan, 'verdicts'>,
  hits: readonly GuardHit[],
): Blast | undefined {
  if (effect !== 'block') return undefined;
  const blocked = (index: number) => {
    const { fate, tier } = verdicts[index] as Verdict;
    return (fate === 'emitted' || fate === 'approximated') && tier !== 'watch';
  };
  const ranges: AddressRange[] = [];
  for (let index = 0; index < set.size; index++) {
    const kind = set.kind(index);
    if ((kind === 'ip' || kind === 'cidr') && blocked(index)) ranges.push(rangeOf(set.value(index)));
  }
  const addresses = mergeRanges(ranges).reduce((sum, range) => sum + breadthOf(range), 0);
  const listed = new Set(hits.filter(({ relation }) => relation !== 'under').map(({ index }) => index));
  return { addresses, listed: [...listed].filter(blocked) };
}

/** A blocking target that blocks more addresses than it may fails the build. */
export function budgetDiagnostics(target: string, blast: Blast | undefined, most: number): Diagnostic[] {
  if (!blast || blast.addresses <= most) return [];
  const [covered, limit] = [blast.addresses, most].map((count) => counted(count, 'address', 'addresses'));
  return [
    {
      code: 'RF413',
      severity: 'error',
      message: `\`${target}\` would block ${covered}, more than the ${limit} of \`limits.addresses\``,
    },
  ];
}
