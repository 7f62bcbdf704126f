/** Can a target say an indicator, and with which of its passes? */

import { KIND_MODULES } from '../indicators/kinds.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Pass, Take, TargetDefinition } from '../targets/definition.ts';

/** Whether a pass takes an indicator, by its fields; these are dear for some kinds, and asked for only where they count. */
function says({ where }: Take, field: (name: string) => unknown): boolean {
  for (const name in where) if (!(where[name] as readonly unknown[]).includes(field(name))) return false;
  return true;
}

/** Answers with the fields of an indicator that `where` may name. */
function fieldsOf(set: IndicatorSet, index: number): (name: string) => unknown {
  let described: Readonly<Record<string, unknown>> | undefined;
  return (name) => {
    if (name === 'subdomains' && set.kind(index) === 'domain') return set.context(index).match === 'suffix';
    described ??= KIND_MODULES[set.kind(index)].describe(set.value(index));
    return described[name];
  };
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
  const field = fieldsOf(set, index);
  const found: Pass[] = [];
  let otherwise: string | undefined;
  let refused: string | undefined;
  for (const output of definition.outputs) {
    for (const pass of output.passes) {
      const take = pass.takes.get(kind);
      if (!take) continue;
      if (!says(take, field)) otherwise ??= take.otherwise;
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
