/** What can be built: every target that is found, for people and for the docs. */

import { isBuiltByDefault } from './choose-targets.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { openFolder } from './project.ts';
import { rootAbove } from './project-root.ts';
import { NOT_PRECOMPILED } from './render/precompiled.ts';
import { prepareTarget } from './render/prepare-target.ts';
import { type SessionOptions, templateRoots } from './session.ts';
import { findTargets, readTarget } from './targets/find.ts';
import type { Target } from './targets/target.ts';

/** A target of Refang or of the project. */
export interface ListedTarget {
  target: Target;
  /** Whether a build of the project makes it. */
  built: boolean;
}

/** All targets, and what is wrong with those left out. */
export interface TargetList {
  /** By name. */
  targets: readonly ListedTarget[];
  diagnostics: Diagnostic[];
}

/** All targets of Refang and of the project; those with errors are left out and told. */
export async function listTargets(options: Pick<SessionOptions, 'cwd' | 'precompiled'>): Promise<TargetList> {
  const root = rootAbove(options.cwd ?? process.cwd());
  const { reader, settings, diagnostics } = openFolder(root);
  const found = findTargets(reader, templateRoots(root));
  const listed = settings?.targets?.map(({ name }) => name);
  const targets: ListedTarget[] = [];
  for (const place of found.values()) {
    const { folder, diagnostics: unread } = readTarget(reader, found, place);
    diagnostics.push(...unread);
    const ahead = options.precompiled ?? NOT_PRECOMPILED;
    const { prepared, diagnostics: wrong } = await prepareTarget(folder, ahead);
    diagnostics.push(...wrong);
    const built = listed ? listed.includes(folder.name) : isBuiltByDefault(folder);
    if (prepared) targets.push({ target: prepared.target, built });
  }
  return { targets, diagnostics };
}
