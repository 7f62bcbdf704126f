/** May an indicator go to a target, and into which tier? Decided by status, dates, confidence and TLP alone. */

import { type Context, type Status, TLPS, type Tlp } from '../indicators/context.ts';
import type { Lifetimes, PolicySetting, SeverityMap } from '../source/policy-setting.ts';
import { type Effect, type TargetDefinition, TIERS, type Tier } from '../targets/definition.ts';

/** What an effect, or one target, accepts, and as what. */
export interface EffectPolicy {
  status: readonly Status[];
  /** The least confidence, 0 to 100. */
  confidence: number;
  /** The strictest TLP that may go there. */
  tlp: Tlp;
  lifetimes: Lifetimes;
  severity: SeverityMap;
}

/** What each effect accepts. */
export type Policy = Readonly<Record<Effect, EffectPolicy>>;

/** What every effect has: indicators without an end, and nothing historical that alerts above `low`. */
const EVERYWHERE = { lifetimes: {}, severity: { historical: 'low' } } as const;

/** The defaults: a historical indicator may alert, only an active and confident one may block. */
export const DEFAULT_POLICY: Policy = {
  detect: { status: ['active', 'historical'], confidence: 0, tlp: 'red', ...EVERYWHERE },
  hunt: { status: ['active', 'historical'], confidence: 0, tlp: 'red', ...EVERYWHERE },
  block: { status: ['active'], confidence: 70, tlp: 'red', ...EVERYWHERE },
  share: { status: ['active', 'historical'], confidence: 0, tlp: 'green', ...EVERYWHERE },
};

/** A policy with what is said over it: kinds and severities one by one. The very same where nothing is said. */
export function refinePolicy(policy: EffectPolicy, said: PolicySetting): EffectPolicy {
  if (Object.keys(said).length === 0) return policy;
  return {
    ...policy,
    ...said,
    lifetimes: { ...policy.lifetimes, ...said.lifetimes },
    severity: { ...policy.severity, ...said.severity },
  };
}

/**
 * Accepted into a tier (or into a target without tiers), or withheld with the reason. What is only watched comes with
 * the reason why it is not blocked.
 */
export type Admission = { tier: Tier | undefined; demoted?: string } | { withheld: string };

/** What policy looks at: a context, and the last day on which the indicator is valid, where it has one. */
export interface Applicant {
  context: Context;
  expires: string | undefined;
}

/**
 * The reason for which no target of any effect takes the indicator on the given day (YYYY-MM-DD).
 * An indicator is valid through the day it expires.
 */
function lapsed({ context, expires }: Applicant, asOf: string): string | undefined {
  if (context.status === 'revoked') return 'revoked';
  if (expires !== undefined && expires < asOf) return 'expired';
  if (context.first_seen !== undefined && context.first_seen > asOf) return 'not-yet-valid';
  return undefined;
}

/** Whether a target with this policy takes an indicator on the day `asOf`. */
export function admit(
  applicant: Applicant,
  target: TargetDefinition,
  wants: EffectPolicy,
  asOf: string,
): Admission {
  const { context } = applicant;
  const gone = lapsed(applicant, asOf);
  const passedOn = gone === 'revoked' && target.revoked;
  if (gone && !passedOn) return { withheld: gone };
  const ceiling = Math.min(TLPS.indexOf(wants.tlp), TLPS.indexOf(target.tlp));
  if (TLPS.indexOf(context.tlp) > ceiling) return { withheld: 'tlp' };
  const refusal =
    !passedOn && !wants.status.includes(context.status)
      ? 'status'
      : context.confidence < wants.confidence
        ? 'confidence'
        : undefined;
  if (!refusal) return { tier: TIERS.find((tier) => target.tiers.includes(tier)) };
  return target.tiers.includes('watch') ? { tier: 'watch', demoted: refusal } : { withheld: refusal };
}
