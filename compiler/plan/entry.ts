/** What a pass renders: indicators, groups of them, intervals of addresses, or the reports or actors that they name. */

import type { Actor } from '../indicators/context.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Pass } from '../targets/definition.ts';
import { type Group, groupByContext } from './group.ts';
import { type Interval, type Intervals, mergeIntervals } from './merge.ts';
import type { Members } from './order.ts';
import { split } from './pack.ts';
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
      /** Which part of a report it is that has too many for one entry; empty for the whole. */
      part: string;
      members: Members;
      known: Members;
    };

/** The entries of a pass, in order: made when they are asked for, since there may be a million. */
export class Entries {
  readonly length: number;
  /** The indicators, where each is an entry. */
  readonly indexes: Uint32Array | undefined;
  readonly #at: (place: number) => Entry;

  private constructor(length: number, at: (place: number) => Entry, indexes?: Uint32Array) {
    this.length = length;
    this.#at = at;
    this.indexes = indexes;
  }

  static readonly NONE = Entries.of([]);

  static of(entries: readonly Entry[]): Entries {
    return new Entries(entries.length, (place) => entries[place] as Entry);
  }

  static ofIndicators(indexes: Uint32Array): Entries {
    return new Entries(
      indexes.length,
      (place) => ({ type: 'indicator', index: indexes[place] as number }),
      indexes,
    );
  }

  static ofIntervals(intervals: Intervals): Entries {
    return new Entries(intervals.length, (place) => ({ type: 'interval', interval: intervals.at(place) }));
  }

  at(place: number): Entry {
    return this.#at(place);
  }

  /** The entries from `first` up to `last`. */
  slice(first: number, last: number): Entries {
    if (this.indexes) return Entries.ofIndicators(this.indexes.subarray(first, last));
    const from = Math.min(first, this.length);
    return new Entries(Math.min(last, this.length) - from, (place) => this.#at(from + place));
  }

  *[Symbol.iterator](): Generator<Entry> {
    for (let place = 0; place < this.length; place++) yield this.#at(place);
  }
}

/** A pass with what it renders. */
export interface PassPlan {
  pass: Pass;
  entries: Entries;
}

/** What entries are made from. */
interface Source {
  set: IndicatorSet;
  actors: ReadonlyMap<string, Actor>;
}

/** The entries of a pass; `members` must be sorted. */
export function entriesOf({ set, actors }: Source, pass: Pass, members: Uint32Array): Entries {
  if (pass.merge) return Entries.ofIntervals(mergeIntervals(set, members));
  switch (pass.group) {
    case undefined:
      return Entries.ofIndicators(members);
    case 'context':
      return Entries.of(groupByContext(set, members, pass).map((group) => ({ type: 'group', group })));
    case 'rating':
      return Entries.of(groupByRating(set, members, pass).map((group) => ({ type: 'group', group })));
    case 'report':
      return Entries.of(
        sorted(membersByReport(set, members)).flatMap(([id, own]) =>
          split(set, own, pass.pack).map(([part, some]) => {
            return { type: 'subject', of: 'report', id, part, members: some, known: some } as const;
          }),
        ),
      );
    case 'actor':
      return Entries.of(
        Array.from(sorted(membersByActor(set, actors, members)), ([id, some]) => {
          return { type: 'subject', of: 'actor', id, part: '', ...some };
        }),
      );
  }
}

/** By id. */
function sorted<T>(byId: ReadonlyMap<string, T>): [string, T][] {
  return [...byId].sort(([a], [b]) => (a < b ? -1 : 1));
}
