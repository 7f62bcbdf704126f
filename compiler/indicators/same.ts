/** What two sets have in common, as numbers of the one by those of the other. */

import type { IndicatorSet } from './set.ts';

/** By index in `set`: the index in `other` of the same kind and value; -1 where there is none. */
export function sameIn(other: IndicatorSet, set: IndicatorSet): Int32Array {
  const indexes = new Int32Array(set.size);
  for (let index = 0; index < set.size; index++)
    indexes[index] = other.find(set.kind(index), set.value(index));
  return indexes;
}

/** By number of a context in `set`: that of one in `other` that says the same; -1 where there is none. */
export function contextsIn(other: IndicatorSet, set: IndicatorSet): Int32Array {
  const numbers = new Map(other.contextTable.map((context, number) => [JSON.stringify(context), number]));
  return Int32Array.from(set.contextTable, (context) => numbers.get(JSON.stringify(context)) ?? -1);
}
