/** `refang targets`. */

import { isError } from '../diagnostics/order.ts';
import { KINDS } from '../indicators/kind.ts';
import { type ListedTarget, listTargets } from '../list-targets.ts';
import { nearest } from '../source/words.ts';
import type { TargetDefinition } from '../targets/definition.ts';
import { effectOf, sizesOf, subdomainsOf } from '../targets/describe.ts';
import { colorsFor, precompiledTemplates, printForPeople } from './report.ts';
import { paragraph, table, widthOf } from './table.ts';
import { readArguments, readChoice, UsageError, type Verb } from './verb.ts';

const USAGE = `refang targets [NAME]: what can be built; with NAME, its outputs, kinds and options.

  --format WORD     text (default) or json
`;

const OPTIONS = { format: { type: 'string' } } as const;

export const verb: Verb = {
  usage: USAGE,
  async run(args) {
    const { values, positionals } = readArguments('targets', args, OPTIONS);
    const format = readChoice('format', values.format, ['text', 'json']);
    const { targets, diagnostics } = await listTargets({ precompiled: precompiledTemplates() });
    await printForPeople(diagnostics);
    const [name, ...more] = positionals;
    if (more.length > 0) throw new UsageError('`targets` takes one name', 'see `refang targets --help`');
    const chosen = name === undefined ? targets : targets.filter(({ target }) => target.name === name);
    if (name !== undefined && chosen.length === 0) throw unknownTarget(name, targets);
    process.stdout.write(
      format === 'json'
        ? jsonOf(chosen)
        : name === undefined
          ? listOf(chosen)
          : chosen.map(pageOf).join('\n'),
    );
    return diagnostics.some(isError) ? 3 : 0;
  },
};

function unknownTarget(name: string, targets: readonly ListedTarget[]): UsageError {
  const meant = nearest(
    name,
    targets.map(({ target }) => target.name),
  );
  return new UsageError(
    `there is no target \`${name}\``,
    meant ? `did you mean \`${meant}\`?` : 'see `refang targets`',
  );
}

function listOf(targets: readonly ListedTarget[]): string {
  const { bold, dim } = colorsFor('stdout');
  const rows = targets.map(({ target, built }) => [
    target.name,
    target.definition.effect,
    built ? 'yes' : dim('-'),
    target.definition.title,
  ]);
  return table(
    [['name', 'effect', 'built', 'title'].map((cell) => bold(cell)), ...rows],
    ['left', 'left', 'left', 'left'],
  );
}

function pageOf({ target: { name, definition }, built }: ListedTarget): string {
  const { bold } = colorsFor('stdout');
  const kinds = KINDS.map((kind) => [`  ${kind}`, supportOf(definition, kind)]);
  const options = Object.entries(definition.options).map(([option, { default: value, about }]) => [
    `  ${option}`,
    JSON.stringify(value),
    about,
  ]);
  const files = filesOf(definition)
    .map((file) => `  ${file}\n`)
    .join('');
  const facts = [
    ['  subdomains', subdomainsOf(definition)],
    ['  limits', sizesOf(definition)],
    ['  checked by', [...definition.check, definition.checkedBy ?? []].flat().join(', ') || '–'],
    ['  unchecked', definition.unchecked ?? '–'],
  ].filter(([, words]) => words !== '–');
  return [
    `${bold(name)}: ${definition.title} (${effectOf(definition)}${built ? '' : ', not built by this project'})\n`,
    paragraph(definition.about, widthOf(process.stdout)),
    facts.length > 0 ? `\n${table(facts, ['left', 'left'], widthOf(process.stdout))}` : '',
    `\n${bold('Files')}\n${files}`,
    `\n${bold('Kinds')}\n${table(kinds, ['left', 'left'], widthOf(process.stdout))}`,
    options.length > 0
      ? `\n${bold('Options')}\n${table(options, ['left', 'left', 'left'], widthOf(process.stdout))}`
      : '',
  ].join('');
}

/** The files as target.yaml names them; `{{part}}` and the like stay. */
function filesOf({ outputs }: TargetDefinition): string[] {
  return [...new Set(outputs.map(({ file, tier }) => file.replace(/\{\{\s*tier\s*\}\}/, tier ?? '')))];
}

function supportOf(definition: TargetDefinition, kind: (typeof KINDS)[number]): string {
  const passes = definition.outputs.flatMap((output) => output.passes).filter((pass) => pass.takes.has(kind));
  const { [kind]: reason, others } = definition.unsupported;
  if (passes.length === 0) return `no: ${reason ?? others ?? 'there is no place for this kind'}`;
  const wider = passes.find(({ approximation }) => approximation !== undefined);
  if (wider && passes.every(({ approximation }) => approximation !== undefined))
    return `only with \`approximate: [${wider.approximation}]\`: ${wider.approximates}`;
  const limits = new Set(passes.flatMap((pass) => pass.takes.get(kind)?.otherwise ?? []));
  return ['yes', ...limits].join(', but ');
}

function jsonOf(targets: readonly ListedTarget[]): string {
  const list = targets.map(({ target: { name, definition }, built }) => ({
    name,
    title: definition.title,
    about: definition.about,
    effect: definition.effect,
    tiers: definition.tiers,
    built,
    check: definition.check,
    checked_by: definition.checkedBy,
    unchecked: definition.unchecked,
    kinds: KINDS.filter((kind) =>
      definition.outputs.some(({ passes }) => passes.some((pass) => pass.takes.has(kind))),
    ),
    files: filesOf(definition),
    options: definition.options,
  }));
  return `${JSON.stringify(list, undefined, 2)}\n`;
}
