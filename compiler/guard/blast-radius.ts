/** Networks so wide that a rule on them hits bystanders. */

import { type AddressRange, cidrsOf } from '../indicators/address.ts';
import { specialAddresses } from '../indicators/special-use.ts';
import { counted, grouped } from '../source/words.ts';
import type { Guard } from './guard.ts';

/** A provider gives a customer a whole /64 at least, so one of them counts as much as one IPv4 address. */
const HOST_BITS_OF_IPV6 = 64n;

/** How much of the internet a range is: IPv4 addresses, or /64 networks of IPv6, at least one. */
export function breadthOf({ family, first, last }: AddressRange): number {
  if (family === 4) return Number(last - first + 1n);
  return Number((last >> HOST_BITS_OF_IPV6) - (first >> HOST_BITS_OF_IPV6) + 1n);
}

/** Its breadth with the unit: "256 addresses", "1 /64 network". */
export function breadthInWords(range: AddressRange): string {
  const breadth = breadthOf(range);
  return range.family === 4 ? counted(breadth, 'address', 'addresses') : counted(breadth, '/64 network');
}

/** The guard of networks that are wider than `limit`. Reserved networks are not the internet. */
export function blastRadius(limit: number): Guard {
  return ({ kind, range }) => {
    if (kind !== 'cidr' || !range) return [];
    if (breadthOf(range) <= limit || isSpecial(range)) return [];
    return [
      {
        guard: 'blast-radius',
        list: 'blast radius',
        relation: 'exact',
        entry: cidrsOf(range).slice(0, 2).join(', '),
        about: `${breadthInWords(range)}, more than the limit of ${grouped(limit)}`,
        strength: 'always',
      },
    ];
  };
}

function isSpecial(range: AddressRange): boolean {
  const whole = specialAddresses(range)?.range;
  return whole !== undefined && whole.first <= range.first && range.last <= whole.last;
}
