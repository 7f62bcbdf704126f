/** Which indicators name a report or an actor. */

import { Column } from '../indicators/column.ts';
import type { Actor } from '../indicators/context.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Members } from './order.ts';

/** Of what no report names. */
const UNREPORTED: readonly string[] = [''];

/** Indicators by the ids of their reports; those without one under the empty id. */
export function membersByReport(set: IndicatorSet, members: Members): Map<string, Uint32Array> {
  const byId = new Map<string, Column<Uint32Array>>();
  for (const index of members) {
    const { reports } = set.context(index);
    for (const id of reports.length > 0 ? reports : UNREPORTED) {
      const own = byId.get(id) ?? new Column((size) => new Uint32Array(size));
      byId.set(id, own);
      own.push(index);
    }
  }
  return new Map(Array.from(byId, ([id, own]) => [id, own.filled]));
}

/** What a report or an actor is known by, or a part of one. Ids have no slash. */
export function subjectKey(id: string, part: string): string {
  return part === '' ? id : `${id}/${part}`;
}

/** The indicators of an actor. */
export interface ActorMembers {
  /** Those that name it. */
  members: readonly number[];
  /** Those that it is known from: its own or, where there are none, those of the actors that lead to it. */
  known: readonly number[];
}

/** Indicators by the ids of their actors; and the actors that those are linked to, which no indicator need name. */
export function membersByActor(
  set: IndicatorSet,
  actors: ReadonlyMap<string, Actor>,
  members: Members,
): Map<string, ActorMembers> {
  const named = new Map<string, number[]>();
  for (const index of members) for (const id of set.context(index).actors) add(named, id, index);
  const led = new Map<string, number[]>();
  for (const [id, own] of named)
    for (const linked of linkedFrom(actors, id))
      if (!named.has(linked)) for (const index of own) add(led, linked, index);
  return new Map<string, ActorMembers>([
    ...[...named].map(([id, own]) => [id, { members: own, known: own }] as const),
    ...[...led].map(([id, known]) => [id, { members: [], known }] as const),
  ]);
}

/** The actors that links lead to, at once or over others. */
function linkedFrom(actors: ReadonlyMap<string, Actor>, id: string): Set<string> {
  const found = new Set<string>(actors.get(id)?.linked_to);
  // A set may grow while it is gone through: what is added is visited too.
  for (const one of found) for (const linked of actors.get(one)?.linked_to ?? []) found.add(linked);
  return found;
}

function add(byId: Map<string, number[]>, id: string, index: number): void {
  const list = byId.get(id);
  if (list) list.push(index);
  else byId.set(id, [index]);
}
