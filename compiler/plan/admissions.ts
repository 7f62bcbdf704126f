/** What policy and guards say of every indicator: asked once for all targets of the same policy, tiers and ceiling. */

import { KINDS } from '../indicators/kind.ts';
import { NarrowColumn } from '../indicators/narrow-column.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { TargetDefinition } from '../targets/definition.ts';
import type { Guarded } from './consequence.ts';
import { type Admission, admit, type EffectPolicy } from './policy.ts';

/** An admission, and whether what it is for is revoked. Equal ones are one object. */
export interface Admitted {
  admission: Admission;
  revoked: boolean;
}

/** What admissions depend on. */
export interface AdmissionRequest {
  set: IndicatorSet;
  definition: TargetDefinition;
  /** That of the target. */
  policy: EffectPolicy;
  /** The day that decides validity, YYYY-MM-DD. */
  asOf: string;
  /** The last day on which an indicator is valid, YYYY-MM-DD, where it has one; the same for all of a context and a kind. */
  expires(index: number): string | undefined;
  /** What guards do to indicators in targets of the effect, by index. */
  guarded: ReadonlyMap<number, Guarded>;
}

/** The admission of every indicator of a set. */
export interface Admissions {
  /** By index: a place in `all`. */
  of: NarrowColumn;
  all: readonly Admitted[];
}

/** The admissions of a target. */
export function admissionsOf(request: AdmissionRequest): Admissions {
  const { set, guarded } = request;
  const known = new Known();
  const of = new NarrowColumn(set.size);
  // By context and kind, one more than the place in `all`; 0 where none was asked for. There are far fewer answers than 255: a
  // few reasons and tiers, each revoked or not.
  const asked = new Uint8Array(set.contextTable.length * KINDS.length);
  for (let index = 0; index < set.size; index++) {
    const row = set.contextId(index) * KINDS.length + set.kindCode(index);
    if (asked[row] === 0) asked[row] = 1 + known.place(admittedOf(request, index));
    of.set(index, (asked[row] as number) - 1);
  }
  for (const [index, by] of guarded) {
    const admitted = known.all[of.at(index)] as Admitted;
    of.set(index, known.place(guardedAdmission(request, admitted, by)));
  }
  return { of, all: known.all };
}

/** Answers with the admissions of a target, which those that ask for the same share. All must be of one set and day. */
export function sharedAdmissions(): (request: AdmissionRequest) => Admissions {
  const byPolicy = new Map<EffectPolicy, Map<string, Admissions>>();
  return (request) => {
    const { effect, tlp, revoked, tiers } = request.definition;
    const made = byPolicy.get(request.policy) ?? new Map<string, Admissions>();
    byPolicy.set(request.policy, made);
    // Guards do the same in all targets of an effect.
    const key = `${effect} ${tlp} ${revoked} ${tiers}`;
    const admissions = made.get(key) ?? admissionsOf(request);
    made.set(key, admissions);
    return admissions;
  };
}

/** What policy says of an indicator. */
function admittedOf({ set, expires, definition, policy, asOf }: AdmissionRequest, index: number): Admitted {
  const context = set.context(index);
  const admission = admit({ context, expires: expires(index) }, definition, policy, asOf);
  return { admission, revoked: context.status === 'revoked' };
}

/** What becomes of that by what guards say. */
function guardedAdmission(
  { definition }: AdmissionRequest,
  admitted: Admitted,
  { consequence, reason }: Guarded,
): Admitted {
  const { admission, revoked } = admitted;
  if (consequence === 'refuse') return { admission: { withheld: reason }, revoked };
  // What policy withholds or only lets watch has that reason, and is not blocked anyway.
  if ('withheld' in admission || admission.demoted) return admitted;
  const watches = definition.tiers.includes('watch');
  return { admission: watches ? { tier: 'watch', demoted: reason } : { withheld: reason }, revoked };
}

/** Equal admissions as one. */
class Known {
  readonly all: Admitted[] = [];
  readonly #places = new Map<string, number>();

  /** Its place in `all`. */
  place(admitted: Admitted): number {
    const { admission, revoked } = admitted;
    const said =
      'withheld' in admission ? `withheld ${admission.withheld}` : `${admission.tier} ${admission.demoted}`;
    const key = revoked ? `revoked ${said}` : said;
    const place = this.#places.get(key) ?? this.all.push(admitted) - 1;
    this.#places.set(key, place);
    return place;
  }
}
