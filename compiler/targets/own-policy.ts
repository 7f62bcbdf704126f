/** Checks the policy that refang.yaml gives a target of its own: what the target can never do, it cannot be asked for. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { TLPS } from '../indicators/context.ts';
import { KINDS, type Kind } from '../indicators/kind.ts';
import type { PlacedPolicy } from '../source/policy-setting.ts';
import { enumerated } from '../source/words.ts';
import type { Target } from './target.ts';

/** What is wrong with the policy of a target, at its keys. */
export function policyProblems(target: Target, policy: PlacedPolicy | undefined): Diagnostic[] {
  if (!policy) return [];
  const problems = [...wideTlp(target, policy), ...strangeKinds(target, policy)];
  return problems.map(({ key, message, help }) => {
    const span = policy.places.get(key);
    return { code: 'RF507', severity: 'error', ...(span && { span }), message, help };
  });
}

/** A problem of a key. */
interface Problem {
  key: string;
  message: string;
  help: string;
}

function wideTlp({ name, definition }: Target, { says }: PlacedPolicy): Problem[] {
  if (says.tlp === undefined || TLPS.indexOf(says.tlp) <= TLPS.indexOf(definition.tlp)) return [];
  return [
    {
      key: 'tlp',
      message: `\`${name}\` never takes more than TLP \`${definition.tlp}\``,
      help: `write ${enumerated([definition.tlp])} or less, or leave it out`,
    },
  ];
}

function strangeKinds({ name, definition }: Target, { says }: PlacedPolicy): Problem[] {
  const passes = definition.outputs.flatMap((output) => output.passes);
  const known = KINDS.filter((kind) => passes.some((pass) => pass.takes.has(kind)));
  return Object.keys(says.lifetimes ?? {})
    .filter((kind) => !known.includes(kind as Kind))
    .map((kind) => ({
      key: `lifetimes.${kind}`,
      message: `\`${name}\` takes no \`${kind}\``,
      help: `it takes ${enumerated(known)}`,
    }));
}
