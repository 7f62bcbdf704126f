/** Can a target say an indicator, and with which of its passes? */

import { KIND_MODULES } from '../indicators/kinds.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Pass, Take, TargetDefinition } from '../targets/definition.ts';

function says(take: Take, set: IndicatorSet, index: number): boolean {
  if (!take.where) return true;
  const kind = set.kind(index);
  const fields: Readonly<Record<string, unknown>> = {
    ...KIND_MODULES[kind].describe(set.value(index)),
    ...(kind === 'domain' && { subdomains: set.context(index).match === 'suffix' }),
  };
  return Object.entries(take.where).every(([name, allowed]) => allowed.includes(fields[name] as string));
}

/** Whether what a pass renders says its indicators, and not only that a report or an actor goes with them. */
export function saysIndicators({ group, refers }: Pass): boolean {
  return group !== 'actor' && refers === undefined;
}

/** The passes of a target that can say an indicator, or why there is none. */
export function passesFor(
  set: IndicatorSet,
  index: number,
  definition: TargetDefinition,
): readonly Pass[] | string {
  const kind = set.kind(index);
  const found: Pass[] = [];
  let otherwise: string | undefined;
  for (const output of definition.outputs) {
    for (const pass of output.passes) {
      const take = pass.takes.get(kind);
      if (!take) continue;
      if (says(take, set, index)) found.push(pass);
      else otherwise ??= take.otherwise;
    }
  }
  if (found.some(saysIndicators)) return found;
  const { [kind]: reason, others } = definition.unsupported;
  return otherwise ?? reason ?? others ?? `${definition.title} have no place for this kind (${kind})`;
}
