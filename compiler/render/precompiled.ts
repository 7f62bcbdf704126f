/**
 * Templates that were compiled ahead, so that a build need not load a YAML reader, a schema and Handlebars' compiler
 * for them.
 */

import type { RawTargetDefinition } from '../targets/schema.ts';
import type { TargetFolder } from '../targets/target.ts';
import type { TemplateFactory } from './template.ts';

/** A target that was checked and compiled, and the very files it was made from. */
export interface PrecompiledTarget {
  /** Text by file name. */
  files: Readonly<Record<string, string>>;
  raw: RawTargetDefinition;
  templates: TemplateFactory;
}

/** Loads what was compiled of a target; undefined for one that was not. */
export type Precompiled = (name: string) => PrecompiledTarget | undefined;

/** Where nothing was compiled ahead. */
export const NOT_PRECOMPILED: Precompiled = () => undefined;

/** What was compiled from exactly these files; undefined when any of them has changed since, or is new. */
export function precompiledFor(
  folder: TargetFolder,
  precompiled: Precompiled,
): PrecompiledTarget | undefined {
  const candidate = precompiled(folder.name);
  if (!candidate || Object.keys(candidate.files).length !== folder.files.size) return undefined;
  for (const [name, file] of folder.files) if (candidate.files[name] !== file.text) return undefined;
  return candidate;
}
