/** May an indicator go to a target, and into which tier? Decided by status, dates, confidence and TLP alone. */

import { type Context, type Status, TLPS, type Tlp } from '../indicators/context.ts';
import { type Effect, type TargetDefinition, TIERS, type Tier } from '../targets/definition.ts';

/** What an effect accepts. */
export interface EffectPolicy {
  status: readonly Status[];
  /** The least confidence, 0 to 100. */
  confidence: number;
  /** The strictest TLP that may go there. */
  tlp: Tlp;
}

/** What each effect accepts. */
export type Policy = Readonly<Record<Effect, EffectPolicy>>;

/** The defaults: a historical indicator may alert, only an active and confident one may block. */
export const DEFAULT_POLICY: Policy = {
  detect: { status: ['active', 'historical'], confidence: 0, tlp: 'red' },
  hunt: { status: ['active', 'historical'], confidence: 0, tlp: 'red' },
  block: { status: ['active'], confidence: 70, tlp: 'red' },
  share: { status: ['active', 'historical'], confidence: 0, tlp: 'green' },
};

/**
 * Accepted into a tier (or into a target without tiers), or withheld with the reason. What is only watched comes with
 * the reason why it is not blocked.
 */
export type Admission = { tier: Tier | undefined; demoted?: string } | { withheld: string };

/**
 * The reason for which no target of any effect takes the indicator on the given day (YYYY-MM-DD).
 * An indicator is valid through the day it `expires`.
 */
function lapsed(context: Context, asOf: string): string | undefined {
  if (context.status === 'revoked') return 'revoked';
  if (context.expires !== undefined && context.expires < asOf) return 'expired';
  if (context.first_seen !== undefined && context.first_seen > asOf) return 'not-yet-valid';
  return undefined;
}

/** Whether a target takes an indicator with this context on the day `asOf`. */
export function admit(context: Context, target: TargetDefinition, policy: Policy, asOf: string): Admission {
  const gone = lapsed(context, asOf);
  const passedOn = gone === 'revoked' && target.revoked;
  if (gone && !passedOn) return { withheld: gone };
  const wants = policy[target.effect];
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
