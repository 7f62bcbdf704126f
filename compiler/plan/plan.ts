/** A target's plan: the fate of every indicator, and the entries of every pass. Touches no text. */

import type { Actor } from '../indicators/context.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { OptionValue, Output, Pass, TargetDefinition, Tier } from '../targets/definition.ts';
import type { Guarded } from './consequence.ts';
import { findCovered } from './cover.ts';
import { entriesOf, type PassPlan } from './entry.ts';
import type { Verdict } from './fate.ts';
import { packedLength } from './group.ts';
import { cutToLimits } from './limit.ts';
import { inOrder } from './order.ts';
import { splitIntoParts } from './parts.ts';
import { type Admission, admit, type EffectPolicy } from './policy.ts';
import { passesFor, saysIndicators } from './support.ts';
import { countFor, isUsedFor, usedPasses } from './switch.ts';

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
  /** One for each indicator, by index. */
  verdicts: readonly Verdict[];
  outputs: readonly OutputPlan[];
  /** Passes with indicators that are not used because of the number of indicators, and that number. */
  switched: readonly { pass: Pass; members: number }[];
}

/** All that a plan depends on. */
export interface PlanInput {
  set: IndicatorSet;
  actors: ReadonlyMap<string, Actor>;
  definition: TargetDefinition;
  /** That of the target. */
  policy: EffectPolicy;
  /** The values of the target's options. */
  options: Readonly<Record<string, OptionValue>>;
  /** The approximations that match more than what is listed, and may be used all the same. */
  approximate: ReadonlySet<string>;
  /** The day that decides validity, YYYY-MM-DD. */
  asOf: string;
  /** The last day on which an indicator is valid, YYYY-MM-DD, where it has one. */
  expires(index: number): string | undefined;
  /** Why a pass cannot write an indicator, if it cannot. */
  refusal(index: number, pass: Pass): string | undefined;
  /** What guards do to an indicator here, if anything. */
  guard(index: number): Guarded | undefined;
}

/** An indicator that the target can say and policy lets in. */
export interface Candidate {
  index: number;
  passes: readonly Pass[];
  tier: Tier | undefined;
  /** Why it is only watched, where it is. */
  demoted: string | undefined;
}

/** Plans one target. */
export function planTarget(input: PlanInput): TargetPlan {
  const verdicts: Verdict[] = new Array(input.set.size);
  const candidates = selectCandidates(input, verdicts);
  const remaining = dropCovered(input, candidates, verdicts);
  const kept = cutToLimits(input, remaining, verdicts);
  const members = membersByPass(input, kept);
  const used = usedPasses(members);
  const switched = [...members.keys()].filter((pass) => !used.has(pass));
  for (const candidate of kept) verdicts[candidate.index] = verdictOf(candidate, used);
  dropUncovered(verdicts);
  const outputs = input.definition.outputs.flatMap((output) => {
    const passes = output.passes.map((pass) => {
      return { pass, entries: used.has(pass) ? entriesOf(input, pass, members.get(pass) ?? []) : [] };
    });
    return splitIntoParts(output, passes);
  });
  return {
    verdicts,
    outputs,
    switched: switched.map((pass) => ({ pass, members: countFor(pass, members) })),
  };
}

function selectCandidates(input: PlanInput, verdicts: Verdict[]): Candidate[] {
  const { set, definition } = input;
  const candidates: Candidate[] = [];
  for (let index = 0; index < set.size; index++) {
    const passes = passesFor(set, index, definition, input.approximate);
    if (typeof passes === 'string') {
      verdicts[index] = { fate: 'unsupported', reason: passes };
      continue;
    }
    const admission = admissionOf(input, index);
    if ('withheld' in admission) {
      verdicts[index] = { fate: 'withheld', reason: admission.withheld };
      continue;
    }
    const { tier, demoted } = admission;
    const revoked = set.context(index).status === 'revoked';
    const ofTier = passes.filter((pass) => inTier(pass, tier) && (pass.revoked || !revoked));
    const usable = ofTier.filter((pass) => withinLimits(pass, set, index));
    const writable = usable.filter((pass) => input.refusal(index, pass) === undefined);
    if (writable.some(saysIndicators)) candidates.push({ index, passes: writable, tier, demoted });
    else if (usable.length > 0) verdicts[index] = unwritable(input, index, usable);
    else verdicts[index] = { fate: 'withheld', reason: withheldBecause(ofTier, revoked, demoted) };
  }
  return candidates;
}

/** Why no pass has a place for what the target could say: none is for it, or it is too short or long for all. */
function withheldBecause(ofTier: readonly Pass[], revoked: boolean, demoted: string | undefined): string {
  if (ofTier.length > 0) return 'limit';
  return revoked ? 'revoked' : (demoted ?? 'limit');
}

/** The fate of what the target could say, but for a character of it. */
function unwritable(input: PlanInput, index: number, passes: readonly Pass[]): Verdict {
  const [reason] = passes.flatMap((pass) => input.refusal(index, pass) ?? []);
  return { fate: 'unsupported', reason: `it cannot be written here: ${reason}` };
}

/** Neither too short to mean anything, nor too long for a rule of its own. */
function withinLimits({ minLength, maxBytes, pack }: Pass, set: IndicatorSet, index: number): boolean {
  if (set.value(index).length < minLength) return false;
  if (maxBytes === Number.POSITIVE_INFINITY && pack?.bytes === undefined) return true;
  const packed = packedLength(set, index);
  return packed - 1 <= maxBytes && packed <= (pack?.bytes ?? Number.POSITIVE_INFINITY);
}

function admissionOf(input: PlanInput, index: number): Admission {
  const guarded = input.guard(index);
  if (guarded?.consequence === 'refuse') return { withheld: guarded.reason };
  const applicant = { context: input.set.context(index), expires: input.expires(index) };
  const admission = admit(applicant, input.definition, input.policy, input.asOf);
  // What policy withholds or only lets watch has that reason, and is not blocked anyway.
  if (!guarded || 'withheld' in admission || admission.demoted) return admission;
  const watches = input.definition.tiers.includes('watch');
  return watches ? { tier: 'watch', demoted: guarded.reason } : { withheld: guarded.reason };
}

function inTier(pass: Pass, tier: Tier | undefined): boolean {
  return tier === undefined || pass.tier === undefined || pass.tier === tier;
}

/** Takes out what another candidate of the same tier covers, and what is blocked from what is watched. */
function dropCovered(input: PlanInput, candidates: readonly Candidate[], verdicts: Verdict[]): Candidate[] {
  if (input.definition.effect === 'share') return [...candidates];
  const tiers = new Map<Tier | undefined, number[]>();
  for (const { index, tier } of candidates) {
    // What is taken back neither covers nor is covered: it has to be told.
    if (input.set.context(index).status === 'revoked') continue;
    const list = tiers.get(tier);
    if (list) list.push(index);
    else tiers.set(tier, [index]);
  }
  const reach = reachOf(input.definition);
  const covered = new Map<number, { by: number; tier: Tier | undefined }>();
  for (const [tier, some] of tiers)
    for (const [index, by] of findCovered(input.set, some, reach)) covered.set(index, { by, tier });
  // What is blocked need not be watched; where the narrower entry wins, it would even be let through.
  const [watched, blocked] = [tiers.get('watch') ?? [], tiers.get('block') ?? []];
  for (const [index, by] of watched.length > 0 ? findCovered(input.set, watched, reach, blocked) : [])
    covered.set(index, { by, tier: 'block' });
  return candidates.filter(({ index }) => {
    const found = covered.get(index);
    if (found === undefined) return true;
    const { by, tier } = found;
    verdicts[index] = { fate: 'covered', by, ...(tier && { tier }) };
    return false;
  });
}

/** What would have been covered by an entry that a size switch withholds has no entry either. */
function dropUncovered(verdicts: Verdict[]): void {
  for (const [index, { by }] of verdicts.entries()) {
    const covering = by === undefined ? undefined : verdicts[by];
    if (covering?.fate === 'withheld') verdicts[index] = covering;
  }
}

/** A target reaches below a domain, or into a network, when all its passes for them do. */
function reachOf(definition: TargetDefinition) {
  const passes = definition.outputs.flatMap((output) => output.passes).filter(saysIndicators);
  const every = (kinds: readonly ('domain' | 'ip' | 'cidr')[], does: (pass: Pass) => boolean) =>
    passes.filter((pass) => kinds.some((kind) => pass.takes.has(kind))).every(does);
  return {
    subdomains: every(['domain'], (pass) => pass.subdomains || !takesSuffixes(pass)),
    networks: every(['ip', 'cidr'], (pass) => pass.networks || pass.merge),
  };
}

/** Whether a pass takes domains that stand for the names below them too. */
function takesSuffixes(pass: Pass): boolean {
  return pass.takes.get('domain')?.where?.subdomains?.includes(true) ?? true;
}

function membersByPass(input: PlanInput, candidates: readonly Candidate[]): Map<Pass, number[]> {
  const members = new Map<Pass, number[]>();
  for (const { index, passes } of candidates) {
    for (const pass of passes) {
      const list = members.get(pass);
      if (list) list.push(index);
      else members.set(pass, [index]);
    }
  }
  for (const [pass, list] of members) members.set(pass, inOrder(input.set, list));
  dropUnreferred(members);
  return members;
}

/** A group names only members that have an entry in the pass it refers to. */
function dropUnreferred(members: Map<Pass, number[]>): void {
  for (const [pass, list] of members) {
    if (pass.refers === undefined) continue;
    const referred = [...members].find(([{ name, group }]) => name === pass.refers && !group);
    const used = referred && isUsedFor(referred[0], countFor(referred[0], members));
    const known = new Set(used ? referred[1] : []);
    members.set(
      pass,
      list.filter((index) => known.has(index)),
    );
  }
}

function verdictOf(candidate: Candidate, usedInTarget: ReadonlySet<Pass>): Verdict {
  const used = candidate.passes.filter((pass) => saysIndicators(pass) && usedInTarget.has(pass));
  const tier = candidate.tier && { tier: candidate.tier };
  if (used.length === 0) return { fate: 'withheld', reason: 'limit', ...tier };
  const exact = used.some((pass) => pass.approximates === undefined);
  if (exact) return { fate: 'emitted', ...(candidate.demoted && { reason: candidate.demoted }), ...tier };
  return { fate: 'approximated', reason: used[0]?.approximates as string, ...tier };
}
