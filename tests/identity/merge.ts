/** Merges of commits of the model: the sources three-way, the lock line by line as git's union driver does it. */

import type { Commit, Source } from './history.ts';

/** The newest commit that both are made of. */
export function mergeBase(one: Commit, other: Commit): Commit {
  const of = (commit: Commit, all = new Set<Commit>()): Set<Commit> => {
    if (all.has(commit)) return all;
    all.add(commit);
    for (const parent of commit.parents) of(parent, all);
    return all;
  };
  const others = of(other);
  const common = [...of(one)].filter((commit) => others.has(commit));
  return common.reduce((newest, commit) => (commit.at > newest.at ? commit : newest));
}

/** What an author makes of two sources: the same, whichever is merged into which. */
export function mergedSource(base: Source, one: Source, other: Source): Source {
  const names = new Set([...one.rules.keys(), ...other.rules.keys()]);
  const rules = new Map<string, string>();
  for (const name of [...names].sort()) {
    const text = changed(base.rules.get(name), one.rules.get(name), other.rules.get(name), both);
    if (text !== undefined) rules.set(name, text);
  }
  const later = (a: string, b: string) => (a > b ? a : b);
  const wider = (a: Source['range'], b: Source['range']) => (String(a) > String(b) ? a : b);
  return {
    rules,
    template: changed(base.template, one.template, other.template, later),
    range: changed(base.range, one.range, other.range, wider),
  };
}

function changed<T>(base: T, one: T, other: T, both: (one: T, other: T) => T): T {
  if (String(one) === String(other) || String(other) === String(base)) return one;
  return String(one) === String(base) ? other : both(one, other);
}

/** A rule of a group that both branches changed has what both say. One that a branch removed stays as the other has it. */
function both(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return [...new Set(`${one}+${other}`.split('+'))].sort().join('+');
}

/**
 * The lines of both sides. Where lines that one side replaced are beside lines that the other did, git keeps them too: `stale`
 * says for each whether they stay. Which side comes first is `turned`.
 */
export function unionOfLines(
  [base, one, other]: readonly [string, string, string],
  stale: (line: string) => boolean,
  turned: boolean,
): string {
  const [inBase, inOne, inOther] = [base, one, other].map((text) => new Set(text.trimEnd().split('\n'))) as [
    Set<string>,
    Set<string>,
    Set<string>,
  ];
  const stays = (line: string, otherSide: Set<string>) =>
    otherSide.has(line) || !inBase.has(line) || stale(line);
  const ones = [...inOne].filter((line) => stays(line, inOther));
  const others = [...inOther].filter((line) => stays(line, inOne) && !ones.includes(line));
  return `${(turned ? [...others, ...ones] : [...ones, ...others]).join('\n')}\n`;
}
