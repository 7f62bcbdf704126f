/** Addresses and names that the registries reserve. */

import type { AddressRange } from '../indicators/address.ts';
import {
  RESERVED_NAMES,
  reservedRanges,
  type SpecialUse,
  specialAddresses,
  specialName,
} from '../indicators/special-use.ts';
import type { Finding, Guard, Relation } from './guard.ts';
import type { Suspects } from './suspects.ts';

/** The guard of reserved addresses and names, of indicators and of their hosts. */
export const specialUse: Guard = ({ name, range, partial }) => {
  const use = name !== undefined ? specialName(name) : range && specialAddresses(range);
  if (!use) return [];
  const relation = partial ? 'under' : name === undefined ? relationOf(range, use) : nameRelation(name, use);
  return [finding(use, relation)];
};

/** Adds what the guard of reserved addresses and names may speak of. */
export function addSpecialUses({ names, addresses }: Suspects): void {
  for (const name of RESERVED_NAMES) names.addParent(name);
  for (const range of reservedRanges()) addresses.add(range);
}

function finding({ name, source, entry }: SpecialUse, relation: Relation): Finding {
  return {
    guard: 'special-use',
    list: 'special-use names and addresses',
    relation,
    entry,
    about: `${name} (${source})`,
    strength: 'always',
  };
}

function nameRelation(name: string, { entry }: SpecialUse): Relation {
  return name === entry ? 'exact' : 'under';
}

function relationOf(range: AddressRange | undefined, use: SpecialUse): Relation {
  if (!range || !use.range) return 'exact';
  const { first, last } = use.range;
  if (range.first === first && range.last === last) return 'exact';
  return range.first >= first && range.last <= last ? 'under' : 'contains';
}
