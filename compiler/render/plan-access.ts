/** How plans are read here: by place, without an object for each entry where there is none. */

import type { PassPlan } from '../plan/entry.ts';

/** The indexes of a pass whose entries are single indicators, in their order; undefined of any other. */
export function indexesOf({ entries }: PassPlan): ArrayLike<number> | undefined {
  if (entries[0]?.type !== 'indicator') return undefined;
  return Uint32Array.from(entries, (entry) => (entry.type === 'indicator' ? entry.index : 0));
}
