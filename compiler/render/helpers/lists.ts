/** Lists made from lists. */

import { type Helper, listArgument, textArgument } from './helper.ts';

/** A field of every item; where it is a list itself, its items. */
function pluck(list: readonly unknown[], field: string): unknown[] {
  return list.flatMap((item) => {
    const value = (item as Readonly<Record<string, unknown>>)[field];
    if (value === undefined) throw new RangeError(`an item of the list has no field \`${field}\``);
    return value;
  });
}

function unlikeInCase(list: readonly unknown[]): string[] {
  const seen = new Set<string>();
  return list.map(textArgument).filter((text) => {
    const folded = text.toLowerCase();
    return !seen.has(folded) && seen.add(folded);
  });
}

/** A canonical address, and where it leaves out groups of zeros also the spelling that has them. */
function spellings(address: string): string[] {
  if (!address.includes('::')) return [address];
  const [head = [], tail = []] = address.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const zeros = Array<string>(8 - head.length - tail.length).fill('0');
  return [address, [...head, ...zeros, ...tail].join(':')];
}

export const LISTS: Readonly<Record<string, Helper>> = {
  list: {
    about: 'A list of its arguments: `{{#each (default cidrs (list value))}}`.',
    params: [1, Number.POSITIVE_INFINITY],
    run: (...values) => values,
  },
  pluck: {
    about: 'One field of every item of a list; lists in it are joined: `{{#each (pluck cidr "cidrs")}}`.',
    params: [2, 2],
    run: (list, field) => pluck(listArgument(list), textArgument(field)),
  },
  includes: {
    about: 'Whether a list has a value, or a text a part: `(includes tags "c2")`, `(includes value "_")`.',
    params: [2, 2],
    run: (whole, part) =>
      typeof whole === 'string' ? whole.includes(textArgument(part)) : listArgument(whole).includes(part),
  },
  unlike_in_case: {
    about:
      'The texts of a list, of those that differ only in letter case the first: `(unlike_in_case tags)`.',
    params: [1, 1],
    run: (list) => unlikeInCase(listArgument(list)),
  },
  address_spellings: {
    about:
      'How logs write an address, or each of a list: as it is, and IPv6 also in full: `2001:db8::1` → `2001:db8::1`, `2001:db8:0:0:0:0:0:1`.',
    params: [1, 1],
    run: (value) => (Array.isArray(value) ? value : [value]).flatMap((one) => spellings(textArgument(one))),
  },
};
