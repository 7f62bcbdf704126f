/** What an output takes of more than its product can load: the best stay. */

import type { IndicatorSet } from '../indicators/set.ts';
import type { Output, Pass, TargetDefinition } from '../targets/definition.ts';
import { packedLength } from './group.ts';
import { mergeIntervals } from './merge.ts';
import type { Candidate } from './plan.ts';
import { compareRank } from './rank.ts';
import { saysIndicators } from './support.ts';

/** What a line takes beside the value: a sign or two before it, and its end. */
const LINE_BYTES = 3;

/** The candidates, without the passes of outputs that have no room for them. */
export function cutToLimits(
  set: IndicatorSet,
  definition: TargetDefinition,
  candidates: readonly Candidate[],
): readonly Candidate[] {
  let kept = candidates;
  for (const output of definition.outputs) {
    if (!output.limit) continue;
    const cut = cutFrom(set, output, output.limit, kept);
    if (cut.size === 0) continue;
    const own = new Set(output.passes);
    kept = kept.map((one) =>
      cut.has(one) ? { ...one, passes: one.passes.filter((pass) => !own.has(pass)) } : one,
    );
  }
  return kept;
}

/** Those that the output has no room for. */
function cutFrom(
  set: IndicatorSet,
  output: Output,
  limit: NonNullable<Output['limit']>,
  candidates: readonly Candidate[],
): ReadonlySet<Candidate> {
  const passes = new Set(output.passes.filter(saysIndicators));
  const inside = candidates.filter((one) => one.passes.some((pass) => passes.has(pass)));
  const cost = (one: Candidate) => costOf(set, one, passes);
  let entries = 0;
  let bytes = 0;
  for (const one of inside) {
    entries += cost(one).entries;
    bytes += cost(one).bytes;
  }
  if (bytes <= limit.bytes && entries - joined(set, passes, inside) <= limit.entries) return new Set();
  const cut = new Set<Candidate>();
  [entries, bytes] = [0, 0];
  for (const one of inside.toSorted((a, b) => compareRank(set, a, b))) {
    const more = cost(one);
    if (entries + more.entries > limit.entries || bytes + more.bytes > limit.bytes) {
      cut.add(one);
      continue;
    }
    entries += more.entries;
    bytes += more.bytes;
  }
  return cut;
}

function costOf(set: IndicatorSet, { index, passes }: Candidate, own: ReadonlySet<Pass>) {
  const entries = passes.reduce((sum, pass) => sum + (own.has(pass) ? pass.lines : 0), 0);
  return { entries, bytes: entries * (packedLength(set, index) - 1 + LINE_BYTES) };
}

/** How many lines merging spares. */
function joined(set: IndicatorSet, passes: ReadonlySet<Pass>, inside: readonly Candidate[]): number {
  let spared = 0;
  for (const pass of passes) {
    if (!pass.merge) continue;
    const members = inside.filter((one) => one.passes.includes(pass)).map(({ index }) => index);
    spared += pass.lines * (members.length - mergeIntervals(set, members).length);
  }
  return spared;
}
