/** Refang's own list: names and networks whose blocking is an outage. */

import { KINDS } from '../indicators/kind.ts';
import { GuardList, type ListHead } from './list.ts';
import { addNetwork } from './networks.ts';
import { WELL_KNOWN_NAMES } from './well-known-names.ts';
import { WELL_KNOWN_NETWORKS } from './well-known-networks.ts';

/** The lists of well-known names and networks. */
export function wellKnown(): GuardList[] {
  const head = { guard: 'well-known', title: "Refang's well-known list", about: 'well-known' };
  return readKnown(head, WELL_KNOWN_NAMES, WELL_KNOWN_NETWORKS);
}

/**
 * Reads lists that are kept by hand: on each line names or networks, ` | ` and the reason. A name with a dot in front, and a
 * network, count with all below or in it.
 */
export function readKnown(
  head: Pick<ListHead, 'guard' | 'title' | 'about'>,
  names: string,
  networks: string,
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
  for (const [entries, reason] of linesOf(networks)) {
    for (const entry of entries) {
      if (!addNetwork(whole.ranges, entry)) throw new RangeError(`not a network: ${entry}`);
      whole.reasons.set(entry, reason);
    }
  }
  return [whole, shared];
}

function linesOf(text: string): [entries: string[], reason: string][] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [entries = '', reason = ''] = line.split(' | ');
      return [entries.split(' '), reason];
    });
}
