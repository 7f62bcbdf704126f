/** Which indicators a target can say and policy lets in; the others get their verdict here. */

import type { NarrowColumn } from '../indicators/narrow-column.ts';
import type { Pass, Tier } from '../targets/definition.ts';
import type { Admitted } from './admissions.ts';
import { packedLengths } from './pack.ts';
import type { Basis, PlanInput } from './plan.ts';
import { type Candidacy, Standings } from './standing.ts';
import { passesFor, saysIndicators } from './support.ts';

/** Every indicator as a candidate or with a verdict. */
export function selectCandidates(input: PlanInput): Standings {
  const selector = new Selector(input);
  for (let index = 0; index < input.set.size; index++) selector.select(index);
  return selector.standings;
}

/** What holds for all indicators of one sort of values and one admission. */
interface Alike {
  /** The standing of all, or of those with an ordinary value; -1 until it is asked for. */
  standing: number;
  /** What they are candidates for, as far as their values allow it; undefined where values decide nothing. */
  candidacy: Candidacy | undefined;
  /** Ordinary are values that no pass minds: of so many characters at least, and packed bytes at most. */
  shortest: number;
  longest: number;
}

/** Asks once what holds for all indicators of a sort and an admission. */
class Selector {
  readonly standings: Standings;
  readonly #input: PlanInput;
  /** By the sort of values: the passes, or the standing of what no pass can say. */
  readonly #passes: readonly (readonly Pass[] | number)[];
  /** By admission, then by sort; absent until one is asked for. */
  readonly #alike: (Alike | undefined)[];
  readonly #lengths: NarrowColumn;
  readonly #basis: Basis;

  constructor(input: PlanInput) {
    const { set, definition, approximate } = input;
    this.#input = input;
    this.#basis = input.basis();
    const { traits, admissions } = this.#basis;
    this.standings = new Standings(set.size);
    this.#passes = traits.sorts.map((trait) => {
      const passes = passesFor(trait, definition, approximate);
      if (typeof passes !== 'string') return passes;
      return this.standings.ofVerdict({ fate: 'unsupported', reason: passes });
    });
    this.#alike = new Array(admissions.all.length * traits.sorts.length).fill(undefined);
    this.#lengths = packedLengths(set);
  }

  select(index: number): void {
    const { traits, admissions } = this.#basis;
    const sort = traits.of.at(index);
    const admitted = admissions.of.at(index);
    const alike = this.#alike[admitted * traits.sorts.length + sort] ?? this.#ask(admitted, sort);
    this.standings.give(index, this.#standing(index, alike));
  }

  #standing(index: number, alike: Alike): number {
    const { candidacy } = alike;
    if (!candidacy) return alike.standing;
    if (!this.#isOrdinary(index, alike)) return this.#single(index, candidacy);
    if (alike.standing < 0) alike.standing = this.#single(index, candidacy);
    return alike.standing;
  }

  #isOrdinary(index: number, { shortest, longest }: Alike): boolean {
    const { set } = this.#input;
    return (
      this.#basis.plain[index] === 1 &&
      this.#lengths.at(index) <= longest &&
      (shortest === 0 || set.value(index).length >= shortest)
    );
  }

  #ask(admitted: number, sort: number): Alike {
    const { traits, admissions } = this.#basis;
    const alike = this.#alikeOf(
      this.#passes[sort] as readonly Pass[] | number,
      admissions.all[admitted] as Admitted,
    );
    this.#alike[admitted * traits.sorts.length + sort] = alike;
    return alike;
  }

  #alikeOf(passes: readonly Pass[] | number, { admission, revoked }: Admitted): Alike {
    if (typeof passes === 'number') return settled(passes);
    if ('withheld' in admission)
      return settled(this.standings.ofVerdict({ fate: 'withheld', reason: admission.withheld }));
    const { tier, demoted } = admission;
    const ofTier = passes.filter((pass) => inTier(pass, tier) && (pass.revoked || !revoked));
    return {
      standing: -1,
      candidacy: { passes: ofTier, tier, demoted, revoked },
      shortest: ofTier.reduce((most, { minLength }) => Math.max(most, minLength), 0),
      longest: ofTier.reduce((least, pass) => Math.min(least, mostPacked(pass)), Number.POSITIVE_INFINITY),
    };
  }

  /** The standing of an indicator whose own value decides. */
  #single(index: number, candidacy: Candidacy): number {
    const { refusal } = this.#input;
    const { plain } = this.#basis;
    const { passes, revoked, demoted } = candidacy;
    const usable = passes.filter((pass) => this.#withinLimits(pass, index));
    const writable =
      plain[index] === 1 ? usable : usable.filter((pass) => refusal(index, pass) === undefined);
    if (writable.some(saysIndicators)) return this.standings.ofCandidate({ ...candidacy, passes: writable });
    if (usable.length === 0)
      return this.standings.ofVerdict({
        fate: 'withheld',
        reason: withheldBecause(passes, revoked, demoted),
      });
    const [reason] = usable.flatMap((pass) => refusal(index, pass) ?? []);
    return this.standings.ofVerdict({ fate: 'unsupported', reason: `it cannot be written here: ${reason}` });
  }

  /** Neither too short to mean anything, nor too long for a rule of its own. */
  #withinLimits(pass: Pass, index: number): boolean {
    const { set } = this.#input;
    if (pass.minLength > 0 && set.value(index).length < pass.minLength) return false;
    return this.#lengths.at(index) <= mostPacked(pass);
  }
}

/** Of indicators that all stand alike. */
function settled(standing: number): Alike {
  return { standing, candidacy: undefined, shortest: 0, longest: 0 };
}

/** The most that an indicator takes in a pass, as `packedLengths` counts it: one more than its bytes. */
function mostPacked({ maxBytes, pack }: Pass): number {
  return Math.min(maxBytes + 1, pack?.bytes ?? Number.POSITIVE_INFINITY);
}

function inTier(pass: Pass, tier: Tier | undefined): boolean {
  return tier === undefined || pass.tier === undefined || pass.tier === tier;
}

/** Why no pass has a place for what the target could say: none is for it, or it is too short or long for all. */
function withheldBecause(ofTier: readonly Pass[], revoked: boolean, demoted: string | undefined): string {
  if (ofTier.length > 0) return 'limit';
  return revoked ? 'revoked' : (demoted ?? 'limit');
}
