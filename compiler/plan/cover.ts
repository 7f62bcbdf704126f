/** Which entries are needless because another entry matches all that they match. */

import { kindCode } from '../indicators/kind.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import { addressColumns } from './address-columns.ts';
import { kindInOrder } from './order.ts';
import { perSet } from './per-set.ts';

/** What the entries of a target match beyond the value itself. */
export interface Reach {
  subdomains: boolean;
  networks: boolean;
}

/** What an indicator does where it is covered, or covers others: nothing, what the target is for, or it is only watched. */
export const NO_PART = 0;
export const ACTS = 1;
export const WATCHED = 2;

/** The part of each indicator. */
export type Parts = Uint8Array;

/** Who covers whom: by covered indicator, the one that covers it; -1 for the others. */
export type Covering = Int32Array;

/**
 * For each indicator that another one covers: who does, always one that nothing covers. What is watched covers what is
 * watched; what acts covers both: what is blocked need not be watched, and where the narrower entry wins, it would even be
 * let through.
 */
export function findCovered(set: IndicatorSet, parts: Parts, reach: Reach): Covering {
  const covering = new Int32Array(set.size).fill(-1);
  if (reach.subdomains) coverDomains(set, parts, covering);
  if (reach.networks) {
    const { four, six } = addressColumns(set);
    coverRanges(four.indexes, four.lasts, parts, covering);
    coverRanges(six.indexes, six.lasts, parts, covering);
  }
  coverHashes(set, parts, covering);
  return covering;
}

/** A listed name covers the names below it, unless it stands for itself alone. */
function coverDomains(set: IndicatorSet, parts: Parts, covering: Covering): void {
  const { below, parents, rows } = parentsOf(set);
  const reaching = Uint8Array.from(set.contextTable, ({ match }) => (match === 'suffix' ? 1 : 0));
  for (let row = 0; row < below.length; row++) {
    const index = below[row] as number;
    const part = parts[index] as number;
    if (part === NO_PART) continue;
    let acting = -1;
    let alike = -1;
    // The last parent found is the shortest: nothing covers that one.
    for (let next = row; next >= 0; next = rows[next] as number) {
      const at = parents[next] as number;
      const above = parts[at] as number;
      if (above === NO_PART || reaching[set.contextId(at)] === 0) continue;
      if (above === ACTS) acting = at;
      if (above === part) alike = at;
    }
    covering[index] = acting >= 0 ? acting : alike;
  }
}

/** The domains that lie below another one of the set, a row each. */
interface Parents {
  /** Their indexes, from the least. */
  below: Uint32Array;
  /** By row, the longest name above the domain, and its own row; -1 where no name is above that. */
  parents: Uint32Array;
  rows: Int32Array;
}

const parentsOf = perSet((set): Parents => {
  const found = new Int32Array(set.size).fill(-1);
  let count = 0;
  for (const index of kindInOrder(set, 'domain')) {
    found[index] = set.findParent(index);
    if ((found[index] as number) >= 0) count += 1;
  }
  const below = new Uint32Array(count);
  const parents = new Uint32Array(count);
  const rowOf = new Int32Array(set.size).fill(-1);
  for (let index = 0, row = 0; row < count; index++) {
    if ((found[index] as number) < 0) continue;
    below[row] = index;
    parents[row] = found[index] as number;
    rowOf[index] = row++;
  }
  return { below, parents, rows: Int32Array.from(parents, (parent) => rowOf[parent] as number) };
});

/** Finds the names above others now: what finds values can be given up then. */
export function findParents(set: IndicatorSet): void {
  parentsOf(set);
}

/**
 * A listed network covers the addresses and networks within it: of ranges in order, by their first address and then
 * the wider one.
 */
function coverRanges<T extends number | bigint>(
  indexes: ArrayLike<number>,
  lasts: ArrayLike<T>,
  parts: Parts,
  covering: Covering,
): void {
  // By part, the row that reaches farthest of those that nothing covers.
  const widest = [-1, -1, -1];
  const isWithin = (row: number, part: number) => {
    const wide = widest[part] as number;
    return wide >= 0 && (lasts[row] as T) <= (lasts[wide] as T);
  };
  for (let row = 0; row < indexes.length; row++) {
    const index = indexes[row] as number;
    const part = parts[index] as number;
    if (part === NO_PART) continue;
    const alike = isWithin(row, part);
    if (!alike) widest[part] = row;
    const by = part === WATCHED && isWithin(row, ACTS) ? ACTS : part;
    if (alike || by !== part) covering[index] = indexes[widest[by] as number] as number;
  }
}

/** The longest hash of a file covers its others of the same part. */
function coverHashes(set: IndicatorSet, parts: Parts, covering: Covering): void {
  if (!set.contextTable.some(({ file }) => file >= 0)) return;
  const hash = kindCode('hash');
  const hashes: { index: number; key: string }[] = [];
  const strongest = new Map<string, number>();
  for (let index = 0; index < set.size; index++) {
    if (parts[index] === NO_PART || set.kindCode(index) !== hash) continue;
    const { file } = set.context(index);
    if (file < 0) continue;
    const key = `${file} ${parts[index]}`;
    hashes.push({ index, key });
    const best = strongest.get(key);
    if (best === undefined || set.value(index).length > set.value(best).length) strongest.set(key, index);
  }
  for (const { index, key } of hashes) {
    const best = strongest.get(key) as number;
    if (best !== index) covering[index] = best;
  }
}
