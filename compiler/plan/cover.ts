/** Which entries are needless because another entry of the same tier matches all that they match. */

import { type IndicatorSet, kindCode } from '../indicators/set.ts';
import { addressColumns, type Members } from './order.ts';
import { perSet } from './per-set.ts';

/** What the entries of a target match beyond the value itself. */
export interface Reach {
  subdomains: boolean;
  networks: boolean;
}

/**
 * For each candidate that another candidate covers, or one of `others`: who covers it, always one that none of its own
 * covers. Candidates, and `others`, are the indicators of one tier that policy lets into the target.
 */
export function findCovered(
  set: IndicatorSet,
  candidates: Members,
  reach: Reach,
  others?: Members,
): Map<number, number> {
  const covered = new Map<number, number>();
  if (reach.subdomains) coverDomains(set, candidates, others ?? candidates, covered);
  if (reach.networks) coverAddresses(set, candidates, others ?? candidates, covered);
  if (!others) coverHashes(set, candidates, covered);
  return covered;
}

/** A listed name covers the names below it, unless it stands for itself alone. */
function coverDomains(
  set: IndicatorSet,
  candidates: Members,
  by: Members,
  covered: Map<number, number>,
): void {
  const parents = nearestParents(set);
  const covering = new Uint8Array(set.size);
  for (let at = 0; at < by.length; at++) covering[by[at] as number] = 1;
  const below = belowOthers(set);
  const isCandidate = new Uint8Array(set.size);
  for (let at = 0; at < candidates.length; at++) isCandidate[candidates[at] as number] = 1;
  for (let row = 0; row < below.length; row++) {
    const index = below[row] as number;
    if (isCandidate[index] === 0) continue;
    // The last parent found is the shortest: nothing covers that one.
    for (let at = parents[index] as number; at >= 0; at = parents[at] as number)
      if (covering[at] === 1 && set.context(at).match === 'suffix') covered.set(index, at);
  }
}

/** The domains that have a listed name above them. */
const belowOthers = perSet((set) => {
  const parents = nearestParents(set);
  const below: number[] = [];
  for (let index = 0; index < parents.length; index++) if ((parents[index] as number) >= 0) below.push(index);
  return Uint32Array.from(below);
});

/** For each domain the longest name above it that is in the set as well; -1 without one, and for other kinds. */
const nearestParents = perSet((set) => {
  const parents = new Int32Array(set.size).fill(-1);
  for (let index = 0; index < set.size; index++)
    if (set.kind(index) === 'domain') parents[index] = set.findParent(index);
  return parents;
});

/** A listed network covers the addresses and networks within it. */
function coverAddresses(
  set: IndicatorSet,
  candidates: Members,
  by: Members,
  covered: Map<number, number>,
): void {
  const roles = new Uint8Array(set.size);
  for (let at = 0; at < by.length; at++) (roles[by[at] as number] as number) |= COVERS;
  for (let at = 0; at < candidates.length; at++) (roles[candidates[at] as number] as number) |= COVERED;
  const { four, six } = addressColumns(set);
  coverRanges(four.indexes, four.lasts, roles, covered);
  coverRanges(
    six.map(({ index }) => index),
    six.map(({ last }) => last),
    roles,
    covered,
  );
}

/** What an address can be: one that covers, one that may be covered, or both. */
const COVERS = 1;
const COVERED = 2;

/** Of ranges in order, by their first address and then the wider one. */
function coverRanges<T extends number | bigint>(
  indexes: ArrayLike<number>,
  lasts: ArrayLike<T>,
  roles: Uint8Array,
  covered: Map<number, number>,
): void {
  let widest = -1;
  for (let row = 0; row < indexes.length; row++) {
    const index = indexes[row] as number;
    const role = roles[index] as number;
    if (role === 0) continue;
    if (widest >= 0 && (lasts[row] as T) <= (lasts[widest] as T)) {
      if (role & COVERED) covered.set(index, indexes[widest] as number);
    } else if (role & COVERS) widest = row;
  }
}

/** The longest hash of a file covers its others. */
function coverHashes(set: IndicatorSet, candidates: Members, covered: Map<number, number>): void {
  const strongest = new Map<number, number>();
  const hash = kindCode('hash');
  const hashes: number[] = [];
  for (let at = 0; at < candidates.length; at++) {
    const index = candidates[at] as number;
    if (set.kindCode(index) === hash && set.context(index).file >= 0) hashes.push(index);
  }
  for (const index of hashes) {
    const { file } = set.context(index);
    const best = strongest.get(file);
    if (best === undefined || set.value(index).length > set.value(best).length) strongest.set(file, index);
  }
  for (const index of hashes) {
    const best = strongest.get(set.context(index).file) as number;
    if (best !== index) covered.set(index, best);
  }
}
