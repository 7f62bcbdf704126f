/** How far the entries of a target reach, and what they reach although it is kept out there. */

import type { IndicatorSet } from '../indicators/set.ts';
import type { Pass, TargetDefinition } from '../targets/definition.ts';
import { ACTS, findCovered, type Reach, WATCHED } from './cover.ts';
import { saysIndicators } from './support.ts';
import type { Verdicts } from './verdicts.ts';

/** A target reaches below a domain, or into a network, when all its passes for them do. */
export function reachOf(definition: TargetDefinition): Reach {
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

/**
 * Of indicators that are withheld, those that an entry of another one matches all the same: by index, that one,
 * whatever its tier.
 */
export function findStillMatched(
  set: IndicatorSet,
  definition: TargetDefinition,
  verdicts: Verdicts,
): Map<number, number> {
  if (definition.effect === 'share') return new Map();
  const parts = new Uint8Array(verdicts.length);
  for (let index = 0; index < parts.length; index++)
    if (verdicts.isSaid(index)) parts[index] = ACTS;
    else if (verdicts.at(index).fate === 'withheld') parts[index] = WATCHED;
  // As it is with what is watched: an entry that acts covers it, and so may another that is withheld.
  const covering = findCovered(set, parts, reachOf(definition));
  const matched = new Map<number, number>();
  for (const [index, by] of covering.entries())
    if (parts[index] === WATCHED && parts[by] === ACTS) matched.set(index, by);
  return matched;
}
