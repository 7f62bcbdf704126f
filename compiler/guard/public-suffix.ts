/** Names below which anyone can register: country domains such as `co.uk`, and those of hosting and dynamic-DNS providers. */

import type { Finding, Guard } from './guard.ts';
import type { NameTable } from './name-table.ts';
import { suffixOf, suffixRules } from './suffix-rules.ts';

/**
 * The guard of public suffixes. A name below one of the private section is told as well, since its neighbours belong to
 * others; below those of the registries lies everything, which says nothing.
 */
export const publicSuffix: Guard = ({ name, partial, kind }) => {
  if (name === undefined || !name.includes('.')) return [];
  const listed = suffixOf(name);
  if (!listed) return [];
  const { suffix, isPrivate } = listed;
  if (suffix === name && !(partial && kind === 'email'))
    return [finding(suffix, partial ? 'under' : 'exact', isPrivate)];
  return isPrivate ? [finding(suffix, 'under', true)] : [];
};

/** Adds what the guard of public suffixes may speak of. */
export function addSuffixes(names: NameTable): void {
  for (const { name, wildcard, isPrivate } of suffixRules()) {
    if (isPrivate || wildcard) names.addParent(name);
    else names.add(name);
  }
}

function finding(entry: string, relation: Finding['relation'], isPrivate: boolean): Finding {
  return {
    guard: 'public-suffix',
    list: isPrivate ? 'Public Suffix List, private section' : 'Public Suffix List',
    relation,
    entry,
    about: isPrivate
      ? 'a provider gives names below it to anyone'
      : 'a registry gives names below it to anyone',
    strength: 'always',
  };
}
