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

/** The passes of a target that can say an indicator, or why there is none. `allowed`: approximations that may be used. */
export function passesFor(
  set: IndicatorSet,
  index: number,
  definition: TargetDefinition,
  allowed: ReadonlySet<string>,
): readonly Pass[] | string {
  const kind = set.kind(index);
  const found: Pass[] = [];
  let otherwise: string | undefined;
  let refused: string | undefined;
  for (const output of definition.outputs) {
    for (const pass of output.passes) {
      const take = pass.takes.get(kind);
      if (!take) continue;
      if (!says(take, set, index)) otherwise ??= take.otherwise;
      else if (pass.approximation === undefined || allowed.has(pass.approximation)) found.push(pass);
      else refused ??= refusalOf(pass);
    }
  }
  if (found.some(saysIndicators)) return found;
  const { [kind]: reason, others } = definition.unsupported;
  return (
    refused ?? otherwise ?? reason ?? others ?? `${definition.title} have no place for this kind (${kind})`
  );
}

/** Why a pass that matches more than its indicators is not used. */
function refusalOf({ approximates, approximation }: Pass): string {
  return `${approximates}; \`approximate: [${approximation}]\` in refang.yaml allows it`;
}
