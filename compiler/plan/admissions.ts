/** What policy says of every context of a set: asked once for all targets of the same policy, tiers and ceiling. */

import { KINDS } from '../indicators/kind.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { TargetDefinition } from '../targets/definition.ts';
import { type Admission, admit, type EffectPolicy } from './policy.ts';

/** An admission, and whether what it is for is revoked. Equal ones are one object. */
export interface Admitted {
  admission: Admission;
  revoked: boolean;
}

/** What admissions depend on. */
interface Asked {
  set: IndicatorSet;
  definition: TargetDefinition;
  policy: EffectPolicy;
  asOf: string;
  expires(index: number): string | undefined;
}

/** By policy, then by what else they depend on. */
const known = new WeakMap<EffectPolicy, Map<string, Admissions>>();

/** The admissions of a target: those of another one that would be the same, where there is one. */
export function admissionsFor(asked: Asked): Admissions {
  const { set, policy, definition, asOf } = asked;
  const ofPolicy = known.get(policy) ?? new Map<string, Admissions>();
  known.set(policy, ofPolicy);
  const key = `${asOf} ${definition.tlp} ${definition.revoked} ${definition.tiers}`;
  const found = ofPolicy.get(key);
  if (found?.isOf(set)) return found;
  const admissions = new Admissions(asked);
  ofPolicy.set(key, admissions);
  return admissions;
}

/** Answers for each indicator; an answer holds for its context and kind. */
export class Admissions {
  readonly #asked: Asked;
  readonly #size: number;
  readonly #all: Admitted[] = [];
  readonly #numbers = new Map<string, number>();
  /** By context and kind a place in `#all`, and one more; 0 where none was asked for. */
  readonly #byContext: Uint8Array;

  constructor(asked: Asked) {
    this.#asked = asked;
    this.#size = asked.set.size;
    // There are far fewer answers than 255: a few reasons and tiers, each revoked or not.
    this.#byContext = new Uint8Array(asked.set.contextTable.length * KINDS.length);
  }

  /** Whether they are of this set, as it is now. */
  isOf(set: IndicatorSet): boolean {
    return this.#asked.set === set && this.#size === set.size;
  }

  of(index: number): Admitted {
    const { set } = this.#asked;
    const place = set.contextId(index) * KINDS.length + set.kindCode(index);
    const number = this.#byContext[place] as number;
    return this.#all[(number || this.#ask(index, place)) - 1] as Admitted;
  }

  /** That of an indicator which a guard speaks against. */
  instead(admission: Admission, revoked: boolean): Admitted {
    return this.#all[this.#number(admission, revoked) - 1] as Admitted;
  }

  #ask(index: number, place: number): number {
    const { set, expires, definition, policy, asOf } = this.#asked;
    const context = set.context(index);
    const admission = admit({ context, expires: expires(index) }, definition, policy, asOf);
    const number = this.#number(admission, context.status === 'revoked');
    this.#byContext[place] = number;
    return number;
  }

  #number(admission: Admission, revoked: boolean): number {
    const said =
      'withheld' in admission ? `withheld ${admission.withheld}` : `${admission.tier} ${admission.demoted}`;
    const key = revoked ? `revoked ${said}` : said;
    const number = this.#numbers.get(key) ?? this.#all.push({ admission, revoked });
    this.#numbers.set(key, number);
    return number;
  }
}
