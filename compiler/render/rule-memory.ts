/**
 * What rules said in the last build of the same process: a rule for the same indicators, of which the same is known, says the
 * same. What else a rule depends on is the basis of a rendering; on another one nothing is remembered.
 */

import type { IndicatorSet } from '../indicators/set.ts';
import type { Entry } from '../plan/entry.ts';
import type { Members } from '../plan/order.ts';
import type { Tier } from '../targets/definition.ts';
import type { IdentityView } from './view.ts';

/** What a rule depends on beside the basis. */
export interface RuleSource {
  /** Its indicators, in order. */
  members: Members;
  /** Their tiers, where the pass has none for all. */
  tiers: string;
  labels: number | undefined;
}

/** A rule as it was rendered. */
interface RememberedRule {
  source: RuleSource;
  /** Of its text with a blank identity. */
  digest: string;
  identity: IdentityView;
  /** With its identity. */
  text: string;
}

/** What is the same in the set of a build and in that of the build before. */
export interface Ancestry {
  before: IndicatorSet;
  /** By index: that of the same indicator with the same context in the set before; -1 where there is none. */
  indexes: Int32Array;
}

/** The rules of one target, from one build to the next. Those that are not rendered again are forgotten. */
export class RuleMemory {
  #basis = '';
  #set: IndicatorSet | undefined;
  #ancestry: Ancestry | undefined;
  #last: ReadonlyMap<string, RememberedRule> = new Map();
  #now = new Map<string, RememberedRule>();

  /** Begins to render a set. */
  begin(basis: string, set: IndicatorSet, ancestry: Ancestry | undefined): void {
    // A target that a build did not render knows only indicators from before that.
    const isKnown = basis === this.#basis && ancestry !== undefined && ancestry.before === this.#set;
    this.#last = isKnown ? this.#now : new Map();
    this.#now = new Map();
    this.#basis = basis;
    this.#set = set;
    this.#ancestry = ancestry;
  }

  /** The rule of that key, if it was made from the same. */
  find(key: string, { members, tiers, labels }: RuleSource): RememberedRule | undefined {
    const rule = this.#last.get(key);
    const indexes = this.#ancestry?.indexes;
    if (!rule || !indexes) return undefined;
    const { source } = rule;
    if (source.tiers !== tiers || source.labels !== labels || source.members.length !== members.length)
      return undefined;
    for (let at = 0; at < members.length; at++)
      if (indexes[members[at] as number] !== source.members[at]) return undefined;
    return rule;
  }

  keep(key: string, rule: RememberedRule): void {
    this.#now.set(key, rule);
  }
}

/**
 * What the rule of an entry depends on beside the basis; undefined where that is not known. `tierOf` where the pass
 * has no tier.
 */
export function sourceOf(
  entry: Entry,
  tierOf: ((index: number) => Tier | undefined) | undefined,
): RuleSource | undefined {
  if (entry.type !== 'indicator' && entry.type !== 'group') return undefined;
  const members = entry.type === 'indicator' ? [entry.index] : entry.group.members;
  return {
    members,
    tiers: tierOf ? tiersOf(members, tierOf) : '',
    labels: entry.type === 'group' ? entry.group.labels : undefined,
  };
}

/** Their tiers as one text; a loop, since there may be many members. */
function tiersOf(members: Members, tierOf: (index: number) => Tier | undefined): string {
  let tiers = '';
  for (let at = 0; at < members.length; at++) tiers += `${tierOf(members[at] as number)},`;
  return tiers;
}
