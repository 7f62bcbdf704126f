/** A target's plan: the fate of every indicator, and the entries of every pass. Touches no text. */

import type { Actor } from '../indicators/context.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { OptionValue, Output, Pass, TargetDefinition, Tier } from '../targets/definition.ts';
import { selectCandidates } from './candidates.ts';
import type { Guarded } from './consequence.ts';
import { findCovered } from './cover.ts';
import { Entries, entriesOf, type PassPlan } from './entry.ts';
import type { Verdict } from './fate.ts';
import { cutToLimits } from './limit.ts';
import { PassMembers } from './members.ts';
import { splitIntoParts } from './parts.ts';
import type { EffectPolicy } from './policy.ts';
import { findStillMatched, reachOf } from './reach.ts';
import type { Candidacy, Standings } from './standing.ts';
import { saysIndicators } from './support.ts';
import { countFor } from './switch.ts';
import type { Traits } from './traits.ts';
import { Verdicts } from './verdicts.ts';

/** A file of an output, with its passes. */
export interface OutputPlan {
  output: Output;
  passes: readonly PassPlan[];
  /** Which file of the output this is, from 1, and of how many. */
  part: number;
  parts: number;
}

/** What becomes of every indicator in one target. */
export interface TargetPlan {
  verdicts: Verdicts;
  /** The files and their entries: worked out at each look, so that the plans of many targets are small. */
  readonly outputs: readonly OutputPlan[];
  /** Passes with indicators that are not used because of the number of indicators, and that number. */
  switched: readonly { pass: Pass; members: number }[];
  /** By indicator that is withheld: another whose entry matches it all the same. Worked out at each call. */
  stillMatched(): ReadonlyMap<number, number>;
}

/** All that a plan depends on. */
export interface PlanInput {
  set: IndicatorSet;
  actors: ReadonlyMap<string, Actor>;
  definition: TargetDefinition;
  /** The sorts of values that this definition, and maybe others, asks for. */
  traits: Traits;
  /** That of the target. */
  policy: EffectPolicy;
  /** The values of the target's options. */
  options: Readonly<Record<string, OptionValue>>;
  /** The approximations that match more than what is listed, and may be used all the same. */
  approximate: ReadonlySet<string>;
  /** The day that decides validity, YYYY-MM-DD. */
  asOf: string;
  /** The last day on which an indicator is valid, YYYY-MM-DD, where it has one; the same for all of a context and a kind. */
  expires(index: number): string | undefined;
  /** Whether an indicator holds nothing that any language minds, so that no pass refuses it. */
  isPlain(index: number): boolean;
  /** Why a pass cannot write an indicator, if it cannot. */
  refusal(index: number, pass: Pass): string | undefined;
  /** What guards do to an indicator here, if anything. */
  guard(index: number): Guarded | undefined;
}

/** Plans one target. */
export function planTarget(input: PlanInput): TargetPlan {
  const standings = selectCandidates(input);
  const covering = dropCovered(input, standings);
  cutToLimits(input, standings, covering);
  const members = new PassMembers(input.set, standings);
  const { used } = members;
  const switched = [...members.sizes.keys()].filter((pass) => !used.has(pass));
  const verdicts = verdictsOf(standings, used, covering);
  return {
    verdicts,
    stillMatched: () => findStillMatched(input.set, input.definition, verdicts),
    get outputs() {
      return outputsOf(input, new PassMembers(input.set, standings));
    },
    switched: switched.map((pass) => ({ pass, members: countFor(pass, members.sizes) })),
  };
}

function outputsOf(input: PlanInput, members: PassMembers): OutputPlan[] {
  const { used } = members;
  return input.definition.outputs.flatMap((output) => {
    const passes = output.passes.map((pass) => {
      return { pass, entries: used.has(pass) ? entriesOf(input, pass, members.of(pass)) : Entries.NONE };
    });
    return splitIntoParts(output, passes);
  });
}

/** Takes out what another candidate of the same tier covers, and what is blocked from what is watched. By covered indicator, the one that covers it. */
function dropCovered({ set, definition }: PlanInput, standings: Standings): Map<number, number> {
  if (definition.effect === 'share') return new Map();
  const tiers = new Map<Tier | undefined, number[]>();
  for (let index = 0; index < standings.size; index++) {
    const { candidate } = standings.of(index);
    if (!candidate || candidate.revoked) continue;
    const list = tiers.get(candidate.tier);
    if (list) list.push(index);
    else tiers.set(candidate.tier, [index]);
  }
  const reach = reachOf(definition);
  const covering = new Map<number, number>();
  const cover = (found: ReadonlyMap<number, number>, tier: Tier | undefined) => {
    const number = standings.ofVerdict({ fate: 'covered', ...(tier && { tier }) });
    for (const [index, by] of found) {
      covering.set(index, by);
      standings.give(index, number);
    }
  };
  for (const [tier, some] of tiers) cover(findCovered(set, some, reach), tier);
  // What is blocked need not be watched; where the narrower entry wins, it would even be let through.
  const [watched, blocked] = [tiers.get('watch') ?? [], tiers.get('block') ?? []];
  if (watched.length > 0) cover(findCovered(set, watched, reach, blocked), 'block');
  return covering;
}

function verdictsOf(
  standings: Standings,
  used: ReadonlySet<Pass>,
  covering: ReadonlyMap<number, number>,
): Verdicts {
  const table = standings.all.map(
    ({ candidate, verdict }) => verdict ?? verdictOf(candidate as Candidacy, used),
  );
  // What would have been covered by an entry that a size switch withholds has no entry either.
  const withheld = new Map<number, number>();
  for (const [index, by] of covering) {
    const number = standings.number(by);
    if (table[number]?.fate === 'withheld') withheld.set(index, number);
  }
  const of = (index: number) => withheld.get(index) ?? standings.number(index);
  return new Verdicts(
    standings.size,
    withheld.size > 0 ? of : (index) => standings.number(index),
    table,
    covering,
  );
}

function verdictOf({ passes, tier: ofTier, demoted }: Candidacy, usedInTarget: ReadonlySet<Pass>): Verdict {
  const used = passes.filter((pass) => saysIndicators(pass) && usedInTarget.has(pass));
  const tier = ofTier && { tier: ofTier };
  if (used.length === 0) return { fate: 'withheld', reason: 'limit', ...tier };
  const exact = used.some((pass) => pass.approximates === undefined);
  if (exact) return { fate: 'emitted', ...(demoted && { reason: demoted }), ...tier };
  return { fate: 'approximated', reason: used[0]?.approximates as string, ...tier };
}
