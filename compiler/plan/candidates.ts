/** Which indicators a target can say and policy lets in; the others get their verdict here. */

import type { IndicatorSet } from '../indicators/set.ts';
import type { Pass, Tier } from '../targets/definition.ts';
import { type Admissions, type Admitted, admissionsFor } from './admissions.ts';
import { packedLengths } from './group.ts';
import type { PlanInput } from './plan.ts';
import type { Admission } from './policy.ts';
import { Standings } from './standing.ts';
import { passesFor, saysIndicators } from './support.ts';

/** Every indicator as a candidate or with a verdict. */
export function selectCandidates(input: PlanInput): Standings {
  const selector = new Selector(input);
  for (let index = 0; index < input.set.size; index++) selector.select(index);
  return selector.standings;
}

/** What policy says of many indicators alike, and what this target makes of it. */
interface Known extends Admitted {
  /** The standing of what is withheld; -1 where nothing is. */
  withheld: number;
  /** By the sort of the value: the passes that take it, once they are asked for. */
  usable: (Usable | undefined)[];
}

/** The passes for one sort of values in one tier. */
interface Usable {
  passes: readonly Pass[];
  /** Whether a pass minds how long a value is. */
  minded: boolean;
  /** The standing of what every pass can write; -1 until it is asked for. */
  standing: number;
}

/** Asks once what holds for all indicators of a sort and a context. */
class Selector {
  readonly standings: Standings;
  readonly #input: PlanInput;
  readonly #set: IndicatorSet;
  /** By the sort of values: the passes, or the standing of what no pass can say. */
  readonly #passes: readonly (readonly Pass[] | number)[];
  readonly #admissions: Admissions;
  readonly #byAdmission = new Map<Admitted, Known>();
  readonly #lengths: Uint32Array;

  constructor(input: PlanInput) {
    const { set, traits, definition, approximate } = input;
    this.#input = input;
    this.#set = set;
    this.standings = new Standings(set.size);
    this.#passes = traits.sorts.map((trait) => {
      const passes = passesFor(trait, definition, approximate);
      if (typeof passes !== 'string') return passes;
      return this.standings.ofVerdict({ fate: 'unsupported', reason: passes });
    });
    this.#admissions = admissionsFor(input);
    this.#lengths = packedLengths(set);
  }

  select(index: number): void {
    this.standings.give(index, this.#standing(index));
  }

  #standing(index: number): number {
    const sort = this.#input.traits.of[index] as number;
    const passes = this.#passes[sort] as readonly Pass[] | number;
    if (typeof passes === 'number') return passes;
    const admitted = this.#guarded(index);
    if (admitted.withheld >= 0) return admitted.withheld;
    const usable = admitted.usable[sort] ?? usableOf(admitted, passes, sort);
    const alike = this.#input.isPlain(index) && (!usable.minded || this.#withinAll(usable.passes, index));
    if (!alike) return this.#single(index, usable.passes, admitted);
    if (usable.standing < 0) usable.standing = this.#single(index, usable.passes, admitted);
    return usable.standing;
  }

  /** The standing of an indicator whose own value decides. */
  #single(index: number, ofTier: readonly Pass[], { admission, revoked }: Known): number {
    const { refusal, isPlain } = this.#input;
    const { tier, demoted } = admission as Exclude<Admission, { withheld: string }>;
    const plain = isPlain(index);
    const usable = ofTier.filter((pass) => this.#withinLimits(pass, index));
    const writable = plain ? usable : usable.filter((pass) => refusal(index, pass) === undefined);
    if (writable.some(saysIndicators))
      return this.standings.ofCandidate({ passes: writable, tier, demoted, revoked });
    if (usable.length === 0)
      return this.standings.ofVerdict({
        fate: 'withheld',
        reason: withheldBecause(ofTier, revoked, demoted),
      });
    const [reason] = usable.flatMap((pass) => refusal(index, pass) ?? []);
    return this.standings.ofVerdict({ fate: 'unsupported', reason: `it cannot be written here: ${reason}` });
  }

  #withinAll(passes: readonly Pass[], index: number): boolean {
    for (const pass of passes) if (!this.#withinLimits(pass, index)) return false;
    return true;
  }

  /** Neither too short to mean anything, nor too long for a rule of its own. */
  #withinLimits({ minLength, maxBytes, pack }: Pass, index: number): boolean {
    if (minLength > 0 && this.#set.value(index).length < minLength) return false;
    const packed = this.#lengths[index] as number;
    return packed - 1 <= maxBytes && packed <= (pack?.bytes ?? Number.POSITIVE_INFINITY);
  }

  /** What policy and guards say of an indicator. */
  #guarded(index: number): Known {
    const { guard, definition } = this.#input;
    const guarded = guard(index);
    const admitted = this.#admissions.of(index);
    if (!guarded) return this.#known(admitted);
    const { admission, revoked } = admitted;
    const instead = (one: Admission) => this.#known(this.#admissions.instead(one, revoked));
    if (guarded.consequence === 'refuse') return instead({ withheld: guarded.reason });
    // What policy withholds or only lets watch has that reason, and is not blocked anyway.
    if ('withheld' in admission || admission.demoted) return this.#known(admitted);
    const watches = definition.tiers.includes('watch');
    return instead(watches ? { tier: 'watch', demoted: guarded.reason } : { withheld: guarded.reason });
  }

  #known(admitted: Admitted): Known {
    const known = this.#byAdmission.get(admitted);
    if (known) return known;
    const { admission } = admitted;
    const withheld =
      'withheld' in admission
        ? this.standings.ofVerdict({ fate: 'withheld', reason: admission.withheld })
        : -1;
    const added = { ...admitted, withheld, usable: [] };
    this.#byAdmission.set(admitted, added);
    return added;
  }
}

/** The passes of the tier for a sort of values, kept for the next of them. */
function usableOf({ usable, revoked, admission }: Known, passes: readonly Pass[], sort: number): Usable {
  const tier = 'tier' in admission ? admission.tier : undefined;
  const ofTier = passes.filter((pass) => inTier(pass, tier) && (pass.revoked || !revoked));
  const found = { passes: ofTier, minded: ofTier.some(mindsLength), standing: -1 };
  usable[sort] = found;
  return found;
}

function mindsLength({ minLength, maxBytes, pack }: Pass): boolean {
  return minLength > 0 || maxBytes !== Number.POSITIVE_INFINITY || pack?.bytes !== undefined;
}

function inTier(pass: Pass, tier: Tier | undefined): boolean {
  return tier === undefined || pass.tier === undefined || pass.tier === tier;
}

/** Why no pass has a place for what the target could say: none is for it, or it is too short or long for all. */
function withheldBecause(ofTier: readonly Pass[], revoked: boolean, demoted: string | undefined): string {
  if (ofTier.length > 0) return 'limit';
  return revoked ? 'revoked' : (demoted ?? 'limit');
}
