/** Which indicators name a report or an actor. */

import type { Actor } from '../indicators/context.ts';
import type { IndicatorSet } from '../indicators/set.ts';

/** Indicators by the ids of their reports; those without one under the empty id. */
export function membersByReport(set: IndicatorSet, members: readonly number[]): Map<string, number[]> {
  const byId = new Map<string, number[]>();
  for (const index of members) {
    const { reports } = set.context(index);
    for (const id of reports.length > 0 ? reports : ['']) add(byId, id, index);
  }
  return byId;
}

/** Indicators by the ids of their actors; and the actors that those are linked to, which no indicator need name. */
export function membersByActor(
  set: IndicatorSet,
  actors: ReadonlyMap<string, Actor>,
  members: readonly number[],
): Map<string, number[]> {
  const byId = new Map<string, number[]>();
  for (const index of members) for (const id of set.context(index).actors) add(byId, id, index);
  // A map may grow while it is gone through: what is added is visited too.
  for (const id of byId.keys()) {
    for (const linked of actors.get(id)?.linked_to ?? []) if (!byId.has(linked)) byId.set(linked, []);
  }
  return byId;
}

function add(byId: Map<string, number[]>, id: string, index: number): void {
  const list = byId.get(id);
  if (list) list.push(index);
  else byId.set(id, [index]);
}
