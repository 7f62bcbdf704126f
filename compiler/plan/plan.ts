/** A target's plan: the fate of every indicator, and the entries of every pass. Touches no text. */

import type { Actor } from '../indicators/context.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { OptionValue, Output, Pass, TargetDefinition } from '../targets/definition.ts';
import type { Admissions } from './admissions.ts';
import { selectCandidates } from './candidates.ts';
import { ACTS, type Covering, findCovered, NO_PART, type Parts, WATCHED } from './cover.ts';
import { Entries, entriesOf, type PassPlan } from './entry.ts';
import type { Verdict } from './fate.ts';
import { type Cut, cutToLimits } from './limit.ts';
import { PassMembers } from './members.ts';
import { splitIntoParts } from './parts.ts';
import { findStillMatched, reachOf } from './reach.ts';
import type { Candidacy, Standing, Standings } from './standing.ts';
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
  /**
   * The files and their entries: of a large set worked out at each look, so that the plans of many targets are small; but for
   * rules with sids, which are looked at for those before they are rendered.
   */
  readonly outputs: readonly OutputPlan[];
  /** The limits of the product that leave indicators out. */
  cuts: readonly Cut[];
  /** Passes with indicators that are not used because of the number of indicators, and that number. */
  switched: readonly { pass: Pass; members: number }[];
  /** Forgets the files of a large set, which may have been kept for who asks again. */
  rest(): void;
  /** By indicator that is withheld: another whose entry matches it all the same. Worked out at each call. */
  stillMatched(): ReadonlyMap<number, number>;
}

/** What is known of each indicator, whatever the target's passes are. */
export interface Basis {
  /** The sorts of values that the target, and maybe others, asks for. */
  traits: Traits;
  /** What policy and guards say of the indicators in the target. */
  admissions: Admissions;
  /** By index, 1 where an indicator holds nothing that any language minds, so that no pass refuses it. */
  plain: Uint8Array;
}

/** All that a plan depends on. */
export interface PlanInput {
  set: IndicatorSet;
  actors: ReadonlyMap<string, Actor>;
  definition: TargetDefinition;
  /** What holds of each indicator before it is planned; made anew where somebody asks once all is planned. */
  basis(): Basis;
  /** The values of the target's options. */
  options: Readonly<Record<string, OptionValue>>;
  /** The approximations that match more than what is listed, and may be used all the same. */
  approximate: ReadonlySet<string>;
  /** Why a pass cannot write an indicator, if it cannot. */
  refusal(index: number, pass: Pass): string | undefined;
}

/** The entries of so many indicators may be kept for all targets. */
const FEW = 20_000;

/** Plans one target. */
export function planTarget(input: PlanInput): TargetPlan {
  const { set, definition } = input;
  const standings = selectCandidates(input);
  const coveringOf = (some: Standings) => findCovered(set, partsOf(definition, some), reachOf(definition));
  const covering = coveringOf(standings);
  dropCovered(standings, covering);
  const cuts = cutToLimits(input, standings, covering);
  // Not their members: those are listed again when the entries are asked for.
  const { sizes, used } = new PassMembers(set, standings);
  const switched = [...sizes.keys()].filter((pass) => !used.has(pass));
  // Few ask who covers whom once all is planned: it is found again then, and not kept.
  const again = () => coveringOf(selectCandidates(input));
  let kept: OutputPlan[] | undefined;
  const verdicts = verdictsOf(standings, used, covering, again);
  standings.numbers.pack();
  return {
    verdicts,
    cuts,
    stillMatched: () => findStillMatched(set, definition, verdicts),
    get outputs() {
      if (kept) return kept;
      const outputs = outputsOf(input, new PassMembers(set, standings));
      if (set.size <= FEW || definition.identity === 'sid') kept = outputs;
      return outputs;
    },
    rest() {
      if (set.size > FEW) kept = undefined;
    },
    switched: switched.map((pass) => ({ pass, members: countFor(pass, sizes) })),
  };
}

function outputsOf(input: PlanInput, members: PassMembers): OutputPlan[] {
  const { used } = members;
  const made: MadeEntries[] = [];
  return input.definition.outputs.flatMap((output) => {
    const passes = output.passes.map((pass) => {
      return {
        pass,
        entries: used.has(pass) ? entriesIn(made, input, pass, members.of(pass)) : Entries.NONE,
      };
    });
    return splitIntoParts(output, passes);
  });
}

/** The entries that some members are for a pass. */
interface MadeEntries {
  members: Uint32Array;
  pass: Pass;
  entries: Entries;
}

/** The entries of a pass: those of another, where that has the same members and groups them alike. */
function entriesIn(made: MadeEntries[], input: PlanInput, pass: Pass, members: Uint32Array): Entries {
  const alike = made.find((one) => one.members === members && groupAlike(one.pass, pass));
  if (alike) return alike.entries;
  const entries = entriesOf(input, pass, members);
  made.push({ members, pass, entries });
  return entries;
}

function groupAlike(one: Pass, other: Pass): boolean {
  const [a, b] = [one, other].map(({ group, pack, split, merge }) =>
    JSON.stringify([group, pack, split, merge]),
  );
  return a === b;
}

/** The part of each candidate where one covers another. What is shared is shared whole, and what is revoked has to be told. */
function partsOf({ effect }: TargetDefinition, standings: Standings): Parts {
  const parts = new Uint8Array(standings.size);
  if (effect === 'share') return parts;
  const byStanding = standings.all.map(({ candidate }) => partOf(candidate));
  for (let index = 0; index < parts.length; index++)
    parts[index] = byStanding[standings.number(index)] as number;
  return parts;
}

function partOf(candidate: Candidacy | undefined): number {
  if (!candidate || candidate.revoked) return NO_PART;
  return candidate.tier === 'watch' ? WATCHED : ACTS;
}

/** Gives what is covered the verdict that says so, with the tier of what covers it. */
function dropCovered(standings: Standings, covering: Covering): void {
  // The covering ones keep their standings, since nothing covers them.
  const covered = standings.all.map(({ candidate }) => {
    const tier = candidate?.tier;
    return candidate ? standings.ofVerdict({ fate: 'covered', ...(tier && { tier }) }) : -1;
  });
  for (let index = 0; index < covering.length; index++) {
    const by = covering[index] as number;
    if (by >= 0) standings.give(index, covered[standings.number(by)] as number);
  }
}

function verdictsOf(
  standings: Standings,
  used: ReadonlySet<Pass>,
  covering: Covering,
  cover: () => Covering,
): Verdicts {
  const verdictAt = ({ candidate, verdict }: Standing) => verdict ?? verdictOf(candidate as Candidacy, used);
  // What would have been covered by an entry that a size switch withholds has no entry either.
  const withheld = standings.all.map(({ candidate }) => {
    const verdict = candidate && verdictOf(candidate, used);
    return verdict?.fate === 'withheld' ? standings.ofVerdict(verdict) : -1;
  });
  if (withheld.some((number) => number >= 0))
    for (let index = 0; index < covering.length; index++) {
      const by = covering[index] as number;
      const number = by < 0 ? -1 : (withheld[standings.number(by)] as number);
      if (number >= 0) standings.give(index, number);
    }
  return new Verdicts(standings.numbers, standings.all.map(verdictAt), cover);
}

function verdictOf({ passes, tier: ofTier, demoted }: Candidacy, usedInTarget: ReadonlySet<Pass>): Verdict {
  const used = passes.filter((pass) => saysIndicators(pass) && usedInTarget.has(pass));
  const tier = ofTier && { tier: ofTier };
  if (used.length === 0) return { fate: 'withheld', reason: 'limit', ...tier };
  const exact = used.some((pass) => pass.approximates === undefined);
  if (exact) return { fate: 'emitted', ...(demoted && { reason: demoted }), ...tier };
  return { fate: 'approximated', reason: used[0]?.approximates as string, ...tier };
}
