/** Groups for lists of any length: one for each severity and status, whatever else their members say. */

import type { Context } from '../indicators/context.ts';
import { TLPS } from '../indicators/context.ts';
import { labelsOf } from '../indicators/domain.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Pass } from '../targets/definition.ts';
import type { Group } from './group.ts';
import type { Members } from './order.ts';

/** A group in the making. */
interface Rated {
  /** Its place among all. */
  number: number;
  labels: number | undefined;
  contexts: Set<Context>;
  /** How many members it has. */
  count: number;
}

/** Passes that share their members, such as those of several protocols, share the groups as well. */
const made = new WeakMap<object, Map<Pass['split'], Group[]>>();

/** The groups of a pass, in the order of their ids; `members` must be sorted, and must not change. */
export function groupByRating(set: IndicatorSet, members: Members, pass: Pass): Group[] {
  const bySplit = made.get(members) ?? new Map<Pass['split'], Group[]>();
  made.set(members, bySplit);
  const groups = bySplit.get(pass.split) ?? rated(set, members, pass);
  bySplit.set(pass.split, groups);
  return groups;
}

function rated(set: IndicatorSet, members: Members, pass: Pass): Group[] {
  const byId = new Map<string, Rated>();
  // By number of labels and context: there are far fewer of these than members.
  const known: (Rated | undefined)[][] = [];
  // There are a few for each number of labels.
  const numbers = new Uint16Array(members.length);
  for (let at = 0; at < members.length; at++) {
    const index = members[at] as number;
    const labels = pass.split === 'labels' ? labelsOf(set.value(index)) : 0;
    let ofLabels = known[labels];
    if (!ofLabels) {
      ofLabels = new Array<Rated | undefined>(set.contextTable.length).fill(undefined);
      known[labels] = ofLabels;
    }
    const number = set.contextId(index);
    let group = ofLabels[number];
    if (!group) {
      group = rate(byId, set.context(index), labels === 0 ? undefined : labels);
      ofLabels[number] = group;
    }
    group.count += 1;
    numbers[at] = group.number;
  }
  const lists = listsOf(members, numbers, [...byId.values()]);
  return Array.from(byId, ([id, { number, labels, contexts }]): Group => {
    const own = lists[number] as Uint32Array;
    const group = { context: sharedBy([...contexts]), key: `@${id}`, id, members: own };
    return labels === undefined ? group : { ...group, labels };
  }).sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The members of each group, by its number; `numbers` are those of the members' groups. */
function listsOf(members: Members, numbers: Uint16Array, groups: readonly Rated[]): Uint32Array[] {
  const lists = groups.map(({ count }) => new Uint32Array(count));
  const filled = new Uint32Array(groups.length);
  for (let at = 0; at < members.length; at++) {
    const number = numbers[at] as number;
    (lists[number] as Uint32Array)[(filled[number] as number)++] = members[at] as number;
  }
  return lists;
}

/** The group of a context, which it joins. */
function rate(byId: Map<string, Rated>, context: Context, labels: number | undefined): Rated {
  const id = idOf(context, labels);
  const rated = byId.get(id) ?? { number: byId.size, labels, contexts: new Set(), count: 0 };
  byId.set(id, rated);
  rated.contexts.add(context);
  return rated;
}

/** `high`, `low-historical`, and with labels `high-2`. */
function idOf({ severity, status }: Context, labels: number | undefined): string {
  return `${severity}${status === 'active' ? '' : `-${status}`}${labels === undefined ? '' : `-${labels}`}`;
}

/** What holds of all: the reports, tags and so on that each has, the least confidence, the strictest TLP. */
function sharedBy(contexts: readonly Context[]): Context {
  const [first] = contexts as [Context];
  const all = (of: (context: Context) => readonly string[]) =>
    contexts.reduce((left, context) => {
      const own = of(context);
      return left === own || left.length === 0 ? left : left.filter((one) => own.includes(one));
    }, of(first));
  return {
    reports: all(({ reports }) => reports),
    actors: all(({ actors }) => actors),
    status: first.status,
    confidence: contexts.reduce((least, { confidence }) => Math.min(least, confidence), 100),
    severity: first.severity,
    tlp: TLPS[contexts.reduce((most, { tlp }) => Math.max(most, TLPS.indexOf(tlp)), 0)] ?? first.tlp,
    attack: all(({ attack }) => attack),
    tags: all(({ tags }) => tags),
    references: all(({ references }) => references),
    match: first.match,
    allow: [],
    file: -1,
  };
}
