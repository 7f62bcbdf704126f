/** Which indicators share a rule: those with the same context, split when one rule cannot hold them. */

import { hexDigest } from '../digest/digest.ts';
import type { Context } from '../indicators/context.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Pass } from '../targets/definition.ts';
import type { Members } from './order.ts';
import { split } from './pack.ts';

/** The members of one rule. */
export interface Group {
  context: Context;
  /** Which group of its pass this is, for the rule's key: reports, a digest of the context, the part when split. */
  key: string;
  /** The key without its reports, for file names: the same in all passes that group and split alike. */
  id: string;
  /** How many labels its names have, in a pass that is split by them. */
  labels?: number;
  /** Indicators, sorted. */
  members: Members;
}

/** By context, which is one object for many indicators. */
const sharedContexts = new WeakMap<Context, string>();

/** What a grouped rule says about all its members; those that differ in it cannot share a rule. */
function sharedContext(context: Context): string {
  let shared = sharedContexts.get(context);
  if (shared === undefined) {
    const { reports, actors, status, severity, confidence, tlp, attack, tags, references } = context;
    shared = JSON.stringify([reports, actors, status, severity, confidence, tlp, attack, tags, references]);
    sharedContexts.set(context, shared);
  }
  return shared;
}

/** Members by what their rule says of all of them. */
function membersByContext(set: IndicatorSet, members: Members): Map<string, number[]> {
  const byContext = new Map<string, number[]>();
  // Contexts come in any order, and many say the same: a number is found faster than all that is said.
  const byNumber = new Map<number, number[]>();
  for (let at = 0; at < members.length; at++) {
    const index = members[at] as number;
    const number = set.contextId(index);
    let list = byNumber.get(number);
    if (!list) {
      const shared = sharedContext(set.context(index));
      list = byContext.get(shared) ?? [];
      byContext.set(shared, list);
      byNumber.set(number, list);
    }
    list.push(index);
  }
  return byContext;
}

/** The groups of a pass, in the order of their keys; `members` must be sorted. */
export function groupByContext(set: IndicatorSet, members: Members, pass: Pass): Group[] {
  const byContext = membersByContext(set, members);
  const groups: Group[] = [];
  for (const [shared, list] of byContext) {
    const context = set.context(list[0] as number);
    const reports = context.reports.join('+') || 'unreported';
    const digest = hexDigest('sha256', shared).slice(0, 12);
    for (const [part, some] of split(set, list, pass.pack)) {
      const key = `@${reports}/${digest}${part && `/${part}`}`;
      groups.push({
        context,
        key,
        id: `${digest}${part && `-${part}`}`,
        members: part === '' ? list : [...some],
      });
    }
  }
  return groups.sort((a, b) => (a.key < b.key ? -1 : 1));
}
