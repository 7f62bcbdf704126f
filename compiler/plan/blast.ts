/** How much of the internet a target blocks, and whether that is more than it may. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { breadthInWords, breadthOf } from '../guard/blast-radius.ts';
import type { GuardHit } from '../guard/guard.ts';
import { type AddressRange, rangeOf } from '../indicators/address.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import { counted } from '../source/words.ts';
import type { Effect } from '../targets/definition.ts';
import { consequenceOf } from './consequence.ts';
import { mergeIntervals } from './merge.ts';
import { kindInOrder, type Members } from './order.ts';
import type { TargetPlan } from './plan.ts';

/** What a target says of the internet, without what it only watches. Indicators are told by index. */
export interface Blast {
  /** What all its addresses and networks hold together; of IPv6 the /64 networks. */
  addresses: { ipv4: number; ipv6: number };
  /** The networks among them. */
  networks: readonly number[];
  /**
   * What is blocked all the same because an `allow` accepts it: what guards list as used by many. A network that is
   * merely wide is not listed.
   */
  listed: readonly number[];
  /** The same of special-use names and addresses, which nobody depends on. */
  specialUse: readonly number[];
}

/** What the verdicts of a target come to; undefined for one that does not block. */
export function blastOf(
  set: IndicatorSet,
  effect: Effect,
  { verdicts }: Pick<TargetPlan, 'verdicts'>,
  hits: readonly GuardHit[],
): Blast | undefined {
  if (effect !== 'block') return undefined;
  const blocked = (index: number) => verdicts.isSaid(index) && verdicts.tier(index) !== 'watch';
  const addresses = kindInOrder(set, 'ip').filter(blocked);
  const networks = kindInOrder(set, 'cidr').filter(blocked).sort();
  return {
    addresses: addressesIn(set, [addresses, networks]),
    networks: [...networks],
    ...acceptedIn(hits, blocked),
  };
}

function addressesIn(set: IndicatorSet, lists: readonly Members[]): Blast['addresses'] {
  const { ipv4, six } = mergeIntervals(set, ...lists);
  return { ipv4, ipv6: six.reduce((sum, range) => sum + breadthOf(range), 0) };
}

/** Each indicator once: what is both counts as listed. */
function acceptedIn(
  hits: readonly GuardHit[],
  blocked: (index: number) => boolean,
): Pick<Blast, 'listed' | 'specialUse'> {
  const listed = new Set<number>();
  const specialUse = new Set<number>();
  for (const hit of hits) {
    if (hit.guard === 'blast-radius' || consequenceOf(hit, 'block') === 'inform' || !blocked(hit.index))
      continue;
    (hit.guard === 'special-use' ? specialUse : listed).add(hit.index);
  }
  return { listed: [...listed], specialUse: [...specialUse].filter((index) => !listed.has(index)) };
}

/** Whether people should see it: single addresses and names that nobody lists are what blocking is for. */
export function isNotable(blast: Blast | undefined): blast is Blast {
  return blast !== undefined && (blast.networks.length > 0 || blast.listed.length > 0);
}

/** A blocking target that blocks more addresses than it may fails the build. It is told at the widest of its networks. */
export function budgetDiagnostics(
  set: IndicatorSet,
  target: string,
  blast: Blast | undefined,
  most: number,
): Diagnostic[] {
  if (!blast) return [];
  const sum = blast.addresses.ipv4 + blast.addresses.ipv6;
  if (sum <= most) return [];
  const [covered, limit] = [sum, most].map((count) => counted(count, 'address', 'addresses'));
  return [
    {
      code: 'RF413',
      severity: 'error',
      message: `\`${target}\` would block ${covered}, more than the ${limit} of \`limits.addresses\``,
      ...widestOf(set, blast.networks),
    },
  ];
}

/** The first of the widest networks, where there is one. */
function widestOf(set: IndicatorSet, networks: readonly number[]): Pick<Diagnostic, 'span' | 'label'> {
  let widest: { index: number; range: AddressRange } | undefined;
  for (const index of networks) {
    const range = rangeOf(set.value(index));
    if (!widest || breadthOf(range) > breadthOf(widest.range)) widest = { index, range };
  }
  return widest
    ? { span: set.origin(widest.index), label: `the widest: ${breadthInWords(widest.range)}` }
    : {};
}
