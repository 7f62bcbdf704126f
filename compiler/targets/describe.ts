/** A target in a few words, for people. */

import type { TargetDefinition } from './definition.ts';

/** The effect, with the tiers of a target that has them. */
export function effectOf({ effect, tiers }: TargetDefinition): string {
  return tiers.includes('watch') ? `${effect}, watch` : effect;
}

/** What a domain that stands for all names below it too becomes. */
export function subdomainsOf(definition: TargetDefinition): string {
  const passes = definition.outputs
    .flatMap((output) => output.passes)
    .filter((pass) => pass.takes.has('domain') && pass.refers === undefined);
  if (passes.length === 0) return '–';
  const suffixes = passes.filter(
    (pass) => pass.takes.get('domain')?.where?.subdomains?.includes(true) ?? true,
  );
  if (suffixes.length === 0) return 'exact names only';
  if (suffixes.every((pass) => pass.subdomains)) return 'name and all below';
  return suffixes.some((pass) => pass.subdomains) ? 'by file' : 'the name alone';
}

/** How many entries the files take; `–` without a limit. */
export function sizesOf({ outputs, options, mostIndicators }: TargetDefinition): string {
  const all = mostOf(mostIndicators, 'indicators', options);
  const words = outputs.flatMap(({ limit, partEntries }) => [
    ...mostOf(limit?.entries, 'lines', options),
    ...mostOf(limit?.bytes, 'bytes', options),
    ...(partEntries === undefined ? [] : [`parts of ${grouped(partEntries)}`]),
  ]);
  return [...new Set([...all, ...words])].join(', ') || '–';
}

function mostOf(
  most: number | string | undefined,
  unit: string,
  options: TargetDefinition['options'],
): string[] {
  if (typeof most === 'string')
    return [`${grouped(Number(options[most]?.default))} ${unit} (option \`${most}\`)`];
  return most !== undefined && Number.isFinite(most) ? [`${grouped(most)} ${unit}`] : [];
}

/** A number with a comma before each thousand, whatever the locale. */
function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}
