/** Can a target say a sort of values, and with which of its passes? */

import type { Pass, Take, TargetDefinition } from '../targets/definition.ts';
import type { Trait } from './traits.ts';

function says({ where = {} }: Take, { fields }: Trait): boolean {
  return Object.entries(where).every(([name, allowed]) => allowed.includes(fields[name] as string));
}

/** Whether what a pass renders says its indicators, and not only that a report or an actor goes with them. */
export function saysIndicators({ group, refers }: Pass): boolean {
  return group !== 'actor' && refers === undefined;
}

/** The passes of a target that can say a sort of values, or why there is none. `allowed`: approximations that may be used. */
export function passesFor(
  trait: Trait,
  definition: TargetDefinition,
  allowed: ReadonlySet<string>,
): readonly Pass[] | string {
  const found: Pass[] = [];
  let otherwise: string | undefined;
  let refused: string | undefined;
  for (const output of definition.outputs) {
    for (const pass of output.passes) {
      const take = pass.takes.get(trait.kind);
      if (!take) continue;
      if (!says(take, trait)) otherwise ??= take.otherwise;
      else if (pass.approximation === undefined || allowed.has(pass.approximation)) found.push(pass);
      else refused ??= refusalOf(pass);
    }
  }
  if (found.some(saysIndicators)) return found;
  const { [trait.kind]: reason, others } = definition.unsupported;
  return (
    refused ??
    otherwise ??
    reason ??
    others ??
    `${definition.title} have no place for this kind (${trait.kind})`
  );
}

/** Why a pass that matches more than its indicators is not used. */
function refusalOf({ approximates, approximation }: Pass): string {
  return `${approximates}; \`approximate: [${approximation}]\` in refang.yaml allows it`;
}
