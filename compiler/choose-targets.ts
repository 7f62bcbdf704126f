/** Which targets a build has: found, checked, compiled and with their options. */

import type { CompileRequest } from './compile.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import type { Precompiled } from './render/precompiled.ts';
import { prepareTarget } from './render/prepare-target.ts';
import type { FileReader } from './source/files.ts';
import type { ApproximationSetting, TargetSetting } from './source/settings.ts';
import { enumerated, nearest } from './source/words.ts';
import { type FoundTarget, findTargets, readTarget } from './targets/find.ts';
import { chooseOptions } from './targets/options.ts';
import { policyProblems } from './targets/own-policy.ts';
import type { TargetFolder } from './targets/target.ts';

/** What is built without `targets` in refang.yaml, beside the targets of the project's own templates. */
const FIVE_FAMILIES = ['nftables', 'sigma', 'suricata', 'yara', 'zeek'] as const;

/** Where targets are looked for. */
export interface TargetSources {
  /** Of the project. */
  reader: FileReader;
  /** Folders of templates: Refang's, then the project's own. Absolute, or relative to the project. */
  roots: readonly string[];
  precompiled: Precompiled;
}

/** Which of them are wanted. */
export interface TargetChoice {
  /** `targets` of refang.yaml. */
  settings: readonly TargetSetting[] | undefined;
  /** `--target`: only these. */
  only: readonly string[] | undefined;
  /** `approximate` of refang.yaml. */
  approximate: readonly ApproximationSetting[];
}

/** What is to be built; with errors among the diagnostics not all that was wanted. */
export interface ChosenTargets {
  /** Each with the folder that it was made from. */
  targets: readonly (CompileRequest['targets'][number] & { folder: TargetFolder })[];
  diagnostics: Diagnostic[];
}

/** Sorted by name. Errors name the place in refang.yaml where there is one. */
export async function chooseTargets(sources: TargetSources, choice: TargetChoice): Promise<ChosenTargets> {
  const found = findTargets(sources.reader, sources.roots);
  const diagnostics: Diagnostic[] = [];
  const wanted = wantedTargets(found, choice, diagnostics);
  const targets: ChosenTargets['targets'][number][] = [];
  for (const [name, setting] of [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { folder, diagnostics: unread } = readTarget(sources.reader, found, found.get(name) as FoundTarget);
    const { prepared, diagnostics: wrong } = await prepareTarget(folder, sources.precompiled);
    diagnostics.push(...unread, ...wrong);
    if (!prepared) continue;
    const chosen = chooseOptions(prepared.target, setting?.options ?? new Map());
    diagnostics.push(...chosen.diagnostics, ...policyProblems(prepared.target, setting?.policy));
    targets.push({ ...prepared, folder, options: chosen.options, policy: setting?.policy.says ?? {} });
  }
  if (!choice.only) diagnostics.push(...unknownApproximations(targets, choice.approximate));
  return { targets, diagnostics };
}

/** What is allowed but means nothing is a mistake: its writer believes that something is said that is not. */
function unknownApproximations(
  targets: CompileRequest['targets'],
  allowed: readonly ApproximationSetting[],
): Diagnostic[] {
  const passes = targets.flatMap(({ target }) =>
    target.definition.outputs.flatMap((output) => output.passes),
  );
  const known = [...new Set(passes.flatMap(({ approximation }) => approximation ?? []))].sort();
  return allowed
    .filter(({ name }) => !known.includes(name))
    .map(({ name, span }) => {
      const meant = nearest(name, known);
      return {
        code: 'RF506',
        severity: 'error',
        span,
        message: `no target that is built has the approximation \`${name}\``,
        help: meant
          ? `did you mean \`${meant}\`?`
          : known.length > 0
            ? `there are ${enumerated(known)}`
            : 'take it out: the targets that are built say nothing more widely than it is listed',
      };
    });
}

/** Whether a target is built where refang.yaml names none. */
export function isBuiltByDefault({ name, own }: Pick<FoundTarget, 'name' | 'own'>): boolean {
  return own || FIVE_FAMILIES.some((family) => family === name);
}

/** Names of targets to build, with what refang.yaml says of each. */
function wantedTargets(
  folders: ReadonlyMap<string, FoundTarget>,
  { settings, only }: TargetChoice,
  diagnostics: Diagnostic[],
): Map<string, TargetSetting | undefined> {
  const listed = new Map<string, TargetSetting | undefined>();
  for (const setting of settings ?? []) {
    if (listed.has(setting.name)) diagnostics.push(doubledTarget(setting));
    else if (folders.has(setting.name)) listed.set(setting.name, setting);
    else diagnostics.push({ ...unknownTarget(setting.name, folders), span: setting.span });
  }
  if (!settings) {
    for (const [name, folder] of folders) if (isBuiltByDefault(folder)) listed.set(name, undefined);
  }
  if (!only) return listed;
  const chosen = new Map<string, TargetSetting | undefined>();
  for (const name of only) {
    if (folders.has(name)) chosen.set(name, listed.get(name));
    else diagnostics.push(unknownTarget(name, folders));
  }
  return chosen;
}

function doubledTarget({ name, span }: TargetSetting): Diagnostic {
  return {
    code: 'RF505',
    severity: 'error',
    span,
    message: `\`${name}\` is named a second time`,
  };
}

function unknownTarget(name: string, folders: ReadonlyMap<string, FoundTarget>): Diagnostic {
  const known = [...folders.keys()];
  const meant = nearest(name, known);
  return {
    code: 'RF501',
    severity: 'error',
    message: `there is no target \`${name}\``,
    help: meant ? `did you mean \`${meant}\`?` : `the targets are ${enumerated(known)}`,
  };
}
