/**
 * The networks of the lists that are kept by hand, as numbers. `npm run prepare` works them out ahead: to read some
 * three hundred takes longer than a small build has.
 */

import { linesOf } from './known-lines.ts';
import { addNetwork } from './networks.ts';
import { RESOLVER_ADDRESSES } from './public-resolver-addresses.ts';
import { RangeIndex, type RangeKeys } from './range-index.ts';
import { WELL_KNOWN_NETWORKS } from './well-known-networks.ts';

export const WELL_KNOWN_RANGES: RangeKeys = rangesOf(WELL_KNOWN_NETWORKS);
export const RESOLVER_RANGES: RangeKeys = rangesOf(RESOLVER_ADDRESSES);

function rangesOf(text: string): RangeKeys {
  const ranges = new RangeIndex();
  for (const [entries] of linesOf(text))
    for (const entry of entries)
      if (!addNetwork(ranges, entry)) throw new RangeError(`not a network: ${entry}`);
  return ranges.keys;
}
