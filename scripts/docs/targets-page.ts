/** Which target can say which kind, and why not. */

import { KINDS, type Kind } from '../../compiler/indicators/kind.ts';
import type { TargetDefinition } from '../../compiler/targets/definition.ts';
import type { Target } from '../../compiler/targets/target.ts';
import { GENERATED, markdownTable } from './markdown.ts';

/** The page; targets by name. */
export function targetsPage(targets: readonly Target[]): string {
  const list = markdownTable(
    ['target', 'effect', 'title', 'checked by'],
    targets.map(({ name, definition }) => [
      `[${name}](../templates/${name}/README.md)`,
      definition.effect,
      definition.title,
      definition.check ?? '–',
    ]),
  );
  const matrix = markdownTable(
    ['kind', ...targets.map(({ name }) => name)],
    KINDS.map((kind) => [`\`${kind}\``, ...targets.map(({ definition }) => markOf(definition, kind))]),
  );
  const reasons = targets.map(reasonsOf).join('\n');
  return `${GENERATED}# Targets\n\n${list}\n## Kinds\n\n● said, ◐ said in part, – not said; the reasons are below.\n\n${matrix}\n## What cannot be said, and why\n\n${reasons}`;
}

function takesOf(definition: TargetDefinition, kind: Kind) {
  return definition.outputs.flatMap(({ passes }) => passes.flatMap((pass) => pass.takes.get(kind) ?? []));
}

/** Said in part: a pass that takes the kind takes only some of its values, or says them only nearly, and says why. */
function limitsOf(definition: TargetDefinition, kind: Kind): string[] {
  const passes = definition.outputs.flatMap((output) => output.passes.filter(({ takes }) => takes.has(kind)));
  const limits = passes.flatMap(({ takes, approximates, above }) => [
    takes.get(kind)?.otherwise ?? [],
    // What only long lists need is told by the target's README.
    above === 0 ? (approximates ?? []) : [],
  ]);
  return [...new Set(limits.flat())];
}

function markOf(definition: TargetDefinition, kind: Kind): string {
  if (takesOf(definition, kind).length === 0) return '–';
  return limitsOf(definition, kind).length > 0 ? '◐' : '●';
}

function reasonsOf({ name, definition }: Target): string {
  const lines = KINDS.flatMap((kind) => {
    const reasons =
      takesOf(definition, kind).length === 0
        ? [definition.unsupported[kind] ?? 'there is no place for this kind']
        : limitsOf(definition, kind);
    return reasons.map((reason) => `- \`${kind}\`: ${reason}\n`);
  });
  return `### ${name}\n\n${lines.join('') || 'Nothing.\n'}`;
}
