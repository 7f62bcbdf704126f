/** What an output takes of more than its product can load: the best stay. */

import type { IndicatorSet } from '../indicators/set.ts';
import { counted } from '../source/words.ts';
import type { OptionValue, Output, Pass, TargetDefinition } from '../targets/definition.ts';
import type { Covering } from './cover.ts';
import { mergeIntervals } from './merge.ts';
import { packedLength } from './pack.ts';
import { Ranking } from './rank.ts';
import type { Candidacy, Standings } from './standing.ts';
import { saysIndicators } from './support.ts';

/** An indicator that the target can say and policy lets in. */
interface Candidate extends Candidacy {
  index: number;
}

/** What a line takes beside the value: a sign or two before it, and its end. */
const LINE_BYTES = 3;

/** How near to its limit a list of merged addresses is filled, as a share of it. */
const PRECISION = 0.01;

/** The target that has limits. */
interface Limited {
  set: IndicatorSet;
  definition: TargetDefinition;
  options: Readonly<Record<string, OptionValue>>;
}

/** A limit that leaves indicators out. */
export interface Cut {
  /** The file of the output that has no room, as target.yaml names it; undefined for the limit of the whole target. */
  file: string | undefined;
  /** What is taken at most, in words. */
  most: string;
  /** The options of the target that give the numbers. */
  options: readonly string[];
  /** How many indicators are left out. */
  indicators: number;
}

/** How much a list may hold. */
interface Room {
  entries: number;
  bytes: number;
}

/** Takes the passes of outputs that have no room for them from candidates. `covering` tells who covers whom. */
export function cutToLimits(limited: Limited, standings: Standings, covering: Covering): Cut[] {
  return [
    ...cutToTarget(limited, standings, covering),
    ...limited.definition.outputs.flatMap((output) => cutToOutput(limited, output, standings, covering)),
  ];
}

/** Takes all passes from the indicators that are more than the target may say. */
function cutToTarget({ set, definition, options }: Limited, standings: Standings, covering: Covering): Cut[] {
  const most = numberOf(definition.mostIndicators, options);
  const more = countCandidates(standings) - most;
  if (more <= 0) return [];
  const kept = best(new Ranking(set, covering), most, standings);
  const cut = standings.all.map(({ candidate }) =>
    candidate ? standings.ofCandidate({ ...candidate, passes: [] }) : -1,
  );
  for (let index = 0; index < standings.size; index++) {
    const without = cut[standings.number(index)] as number;
    if (without >= 0 && kept[index] === 0) standings.give(index, without);
  }
  return [
    {
      file: undefined,
      most: counted(most, 'indicator'),
      options: optionsAmong([definition.mostIndicators]),
      indicators: more,
    },
  ];
}

function countCandidates(standings: Standings): number {
  const isCandidate = standings.all.map(({ candidate }) => candidate !== undefined);
  let count = 0;
  for (let index = 0; index < standings.size; index++) if (isCandidate[standings.number(index)]) count += 1;
  return count;
}

/** By index, 1 for the candidates that are kept: so many, fewer than there are. Only those near the last of them are compared. */
function best(ranking: Ranking, most: number, standings: Standings): Uint8Array {
  const roughly = new Float64Array(standings.size).fill(-1);
  for (let index = 0; index < standings.size; index++) {
    const { candidate } = standings.of(index);
    if (candidate) roughly[index] = ranking.roughly({ index, tier: candidate.tier });
  }
  const last = roughly.slice().sort()[standings.size - most] ?? Number.POSITIVE_INFINITY;
  const kept = Uint8Array.from(roughly, (one) => (one > last ? 1 : 0));
  const alike: Candidate[] = [];
  for (let index = 0; index < standings.size; index++)
    if (roughly[index] === last) alike.push(candidateAt(standings, index) as Candidate);
  const room = most - kept.reduce((sum, one) => sum + one, 0);
  for (const { index } of alike.sort(ranking.compare).slice(0, room)) kept[index] = 1;
  return kept;
}

function candidateAt(standings: Standings, index: number): Candidate | undefined {
  const { candidate } = standings.of(index);
  return candidate && { index, ...candidate };
}

/** Takes the passes of an output that has a limit from the candidates that it has no room for. */
function cutToOutput(
  { set, options }: Limited,
  output: Output,
  standings: Standings,
  covering: Covering,
): Cut[] {
  if (!output.limit) return [];
  const room = {
    entries: numberOf(output.limit.entries, options),
    bytes: numberOf(output.limit.bytes, options),
  };
  const cut = cutFrom(set, output, room, standings, covering);
  if (cut.length === 0) return [];
  const own = new Set(output.passes);
  for (const { index, ...candidacy } of cut) {
    const passes = candidacy.passes.filter((pass) => !own.has(pass));
    standings.give(index, standings.ofCandidate({ ...candidacy, passes }));
  }
  return [
    {
      file: output.file.replace('{{tier}}', output.tier ?? ''),
      most: wordsFor(room),
      options: optionsAmong(Object.values(output.limit)),
      indicators: cut.length,
    },
  ];
}

function wordsFor({ entries, bytes }: Room): string {
  const lines = Number.isFinite(entries) ? [counted(entries, 'line')] : [];
  return [...lines, ...(Number.isFinite(bytes) ? [counted(bytes, 'byte')] : [])].join(' and ');
}

function optionsAmong(limits: readonly (number | string)[]): string[] {
  return limits.filter((limit) => typeof limit === 'string');
}

/** A number, or that of an option. */
function numberOf(given: number | string, options: Limited['options']): number {
  return typeof given === 'string' ? Number(options[given]) : given;
}

/** Those that the output has no room for. */
function cutFrom(
  set: IndicatorSet,
  output: Output,
  room: Room,
  standings: Standings,
  covering: Covering,
): readonly Candidate[] {
  const passes = new Set(output.passes.filter(saysIndicators));
  const isInside = standings.all.map(({ candidate }) => candidate?.passes.some((pass) => passes.has(pass)));
  const inside: Candidate[] = [];
  for (let index = 0; index < standings.size; index++)
    if (isInside[standings.number(index)]) inside.push(candidateAt(standings, index) as Candidate);
  if (fits(set, passes, room, inside)) return [];
  const ranked = inside.toSorted(new Ranking(set, covering).compare);
  const merged = [...passes].every((pass) => pass.merge);
  return merged ? mergedOverflow(set, passes, room, ranked) : overflow(set, passes, room, ranked);
}

/** Those for which there is no more room when the others are taken one by one. */
function overflow(
  set: IndicatorSet,
  passes: ReadonlySet<Pass>,
  room: Room,
  ranked: readonly Candidate[],
): Candidate[] {
  let { entries, bytes } = room;
  return ranked.filter((one) => {
    const cost = costOf(set, one, passes);
    if (cost.entries > entries || cost.bytes > bytes) return true;
    entries -= cost.entries;
    bytes -= cost.bytes;
    return false;
  });
}

/** Those behind the most that fit when they are merged, found by halving: each merging costs time. */
function mergedOverflow(
  set: IndicatorSet,
  passes: ReadonlySet<Pass>,
  room: Room,
  ranked: readonly Candidate[],
): readonly Candidate[] {
  let least = Math.min(room.entries, ranked.length);
  if (!fits(set, passes, room, ranked.slice(0, least))) return overflow(set, passes, room, ranked);
  let most = ranked.length;
  while (most - least > Math.max(1, room.entries * PRECISION)) {
    const middle = (least + most) >> 1;
    if (fits(set, passes, room, ranked.slice(0, middle))) least = middle;
    else most = middle;
  }
  return ranked.slice(least);
}

/** Whether there is room for all, once addresses are merged. */
function fits(
  set: IndicatorSet,
  passes: ReadonlySet<Pass>,
  room: Room,
  inside: readonly Candidate[],
): boolean {
  let entries = 0;
  let bytes = 0;
  for (const one of inside) {
    const cost = costOf(set, one, passes);
    entries += cost.entries;
    bytes += cost.bytes;
  }
  if (bytes > room.bytes) return false;
  return entries <= room.entries || entries - spared(set, passes, inside) <= room.entries;
}

function costOf(set: IndicatorSet, { index, passes }: Candidate, own: ReadonlySet<Pass>): Room {
  const entries = passes.reduce((sum, pass) => sum + (own.has(pass) ? pass.lines : 0), 0);
  return { entries, bytes: entries * (packedLength(set, index) - 1 + LINE_BYTES) };
}

/** How many lines merging spares. */
function spared(set: IndicatorSet, passes: ReadonlySet<Pass>, inside: readonly Candidate[]): number {
  let lines = 0;
  for (const pass of passes) {
    if (!pass.merge) continue;
    const members = inside.filter((one) => one.passes.includes(pass)).map(({ index }) => index);
    lines += pass.lines * (members.length - mergeIntervals(set, members).length);
  }
  return lines;
}
