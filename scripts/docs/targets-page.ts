/** Which target can say which kind, and why not. */

import { KINDS, type Kind } from '../../compiler/indicators/kind.ts';
import { ENGINE_TITLES } from '../../compiler/prove/engine.ts';
import { judgesOf } from '../../compiler/prove/judged-by.ts';
import type { TargetDefinition } from '../../compiler/targets/definition.ts';
import { effectOf, sizesOf, subdomainsOf } from '../../compiler/targets/describe.ts';
import type { Target } from '../../compiler/targets/target.ts';
import { GENERATED, markdownTable } from './markdown.ts';

/** The page; targets by name. */
export function targetsPage(targets: readonly Target[]): string {
  const list = markdownTable(
    ['target', 'what', 'effect', 'subdomains', 'limits', 'checked by'],
    targets.map(({ name, definition }) => [
      `[${name}](../templates/${name}/README.md)`,
      definition.title,
      effectOf(definition),
      subdomainsOf(definition),
      sizesOf(definition),
      checksOf(definition),
    ]),
  );
  const matrix = markdownTable(
    ['target', ...KINDS.map((kind) => `\`${kind}\``)],
    targets.map(({ name, definition }) => [name, ...KINDS.map((kind) => markOf(definition, kind))]),
  );
  const reasons = targets.map(reasonsOf).join('\n');
  return `${GENERATED}# Targets\n\n${LEGEND}\n${list}\n## Kinds\n\n● said, ◐ said in part, – not said; the reasons are below.\n\n${matrix}\n## What cannot be said, and why\n\n${reasons}`;
}

const LEGEND = `*Subdomains*: what a listed domain \`host.example\` stands for. *Limits*: how many lines of entries a file
takes; more are split into parts, or the best stay and the others are withheld (\`limit\`). *Checked by*: the programs that
load the files and answer as told in \`refang prove\`, and what tests hold the files against; what nothing covers is
*unchecked*.
`;

function checksOf({ check, checkedBy, unchecked }: TargetDefinition): string {
  const engines = check.flatMap((name) => judgesOf([name])).map((engine) => ENGINE_TITLES[engine]);
  const by = [...new Set(engines), ...(checkedBy === undefined ? [] : [checkedBy])];
  return (
    [...by, ...(unchecked === undefined ? [] : [`*unchecked*: ${unchecked}`])].join('; ') || '*unchecked*'
  );
}

function takesOf(definition: TargetDefinition, kind: Kind) {
  return definition.outputs.flatMap(({ passes }) => passes.flatMap((pass) => pass.takes.get(kind) ?? []));
}

/** Said in part: a pass that takes the kind takes only some of its values, or says them only nearly, and says why. */
function limitsOf(definition: TargetDefinition, kind: Kind): string[] {
  const passes = definition.outputs.flatMap((output) => output.passes.filter(({ takes }) => takes.has(kind)));
  const limits = passes.flatMap(({ takes, approximates, approximation, above }) => [
    takes.get(kind)?.otherwise ?? [],
    // What only long lists need is told by the target's README.
    above === 0 && approximates !== undefined ? `${approximates}${leave(approximation)}` : [],
  ]);
  return [...new Set(limits.flat())];
}

/** How an approximation that matches more than what is listed is allowed. */
function leave(approximation: string | undefined): string {
  return approximation === undefined ? '' : ` (only with \`approximate: [${approximation}]\` in refang.yaml)`;
}

function markOf(definition: TargetDefinition, kind: Kind): string {
  if (takesOf(definition, kind).length === 0) return '–';
  return limitsOf(definition, kind).length > 0 ? '◐' : '●';
}

function reasonsOf({ name, definition }: Target): string {
  const lines = KINDS.flatMap((kind) => {
    const reasons =
      takesOf(definition, kind).length === 0
        ? [definition.unsupported[kind] ?? []].flat()
        : limitsOf(definition, kind);
    return reasons.map((reason) => `- \`${kind}\`: ${reason}\n`);
  });
  const { others } = definition.unsupported;
  const rest = KINDS.some((kind) => takesOf(definition, kind).length === 0 && !definition.unsupported[kind]);
  if (rest) lines.push(`- all others: ${others ?? 'there is no place for them'}\n`);
  return `### ${name}\n\n${lines.join('') || 'Nothing.\n'}`;
}
