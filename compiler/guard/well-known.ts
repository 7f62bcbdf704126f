/** Refang's own list: names and networks whose blocking is an outage. */

import { KINDS } from '../indicators/kind.ts';
import { linesOf } from './known-lines.ts';
import { WELL_KNOWN_RANGES } from './known-ranges.ts';
import { GuardList, type ListHead } from './list.ts';
import type { RangeKeys } from './range-index.ts';
import { WELL_KNOWN_NAMES } from './well-known-names.ts';
import { WELL_KNOWN_NETWORKS } from './well-known-networks.ts';

/** The lists of well-known names and networks. */
export function wellKnown(): GuardList[] {
  const head = { guard: 'well-known', title: "Refang's well-known list", about: 'well-known' };
  return readKnown(head, WELL_KNOWN_NAMES, { text: WELL_KNOWN_NETWORKS, ranges: WELL_KNOWN_RANGES });
}

/** Reads lists that are kept by hand. A name with a dot in front, and a network, count with all below or in it. */
export function readKnown(
  head: Pick<ListHead, 'guard' | 'title' | 'about'>,
  names: string,
  networks: { text: string; ranges: RangeKeys },
): GuardList[] {
  const rest = { ...head, strength: 'known', kinds: new Set(KINDS) } as const;
  const whole = new GuardList({ ...rest, whole: true });
  const shared = new GuardList({ ...rest, whole: false });
  for (const [entries, reason] of linesOf(names)) {
    for (const entry of entries) {
      const list = entry.startsWith('.') ? whole : shared;
      const name = entry.replace(/^\./, '');
      list.parents.push(name);
      list.reasons.set(name, reason);
    }
  }
  whole.ranges.addKeys(networks.ranges);
  for (const [entries, reason] of linesOf(networks.text))
    for (const entry of entries) whole.reasons.set(entry, reason);
  return [whole, shared];
}
