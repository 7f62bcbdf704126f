/** What a pass renders: indicators, groups of them, intervals of addresses, or the reports or actors that they name. */

import type { Actor } from '../indicators/context.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Pass } from '../targets/definition.ts';
import { type Group, groupByContext } from './group.ts';
import { type Interval, mergeIntervals } from './merge.ts';
import { groupByRating } from './rating.ts';
import { membersByActor, membersByReport } from './subject.ts';

/** One entry of a pass. */
export type Entry =
  | { type: 'indicator'; index: number }
  | { type: 'group'; group: Group }
  | { type: 'interval'; interval: Interval }
  /** A report or an actor, by its id; the empty id stands for what no report names. */
  | {
      type: 'subject';
      of: 'report' | 'actor';
      id: string;
      members: readonly number[];
      known: readonly number[];
    };

/** A pass with what it renders, in order. */
export interface PassPlan {
  pass: Pass;
  entries: readonly Entry[];
}

/** What entries are made from. */
interface Source {
  set: IndicatorSet;
  actors: ReadonlyMap<string, Actor>;
}

/** The entries of a pass; `members` must be sorted. */
export function entriesOf({ set, actors }: Source, pass: Pass, members: readonly number[]): Entry[] {
  if (pass.merge) return mergeIntervals(set, members).map((interval) => ({ type: 'interval', interval }));
  switch (pass.group) {
    case undefined:
      return members.map((index) => ({ type: 'indicator', index }));
    case 'context':
      return groupByContext(set, members, pass).map((group) => ({ type: 'group', group }));
    case 'rating':
      return groupByRating(set, members, pass).map((group) => ({ type: 'group', group }));
    case 'report':
      return Array.from(sorted(membersByReport(set, members)), ([id, own]) => {
        return { type: 'subject', of: 'report', id, members: own, known: own };
      });
    case 'actor':
      return Array.from(sorted(membersByActor(set, actors, members)), ([id, some]) => {
        return { type: 'subject', of: 'actor', id, ...some };
      });
  }
}

/** By id. */
function sorted<T>(byId: ReadonlyMap<string, T>): [string, T][] {
  return [...byId].sort(([a], [b]) => (a < b ? -1 : 1));
}
