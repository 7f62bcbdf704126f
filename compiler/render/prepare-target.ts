/** From a target's folder to a target with templates that run: checked and compiled, or taken from what was compiled ahead. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { definitionFrom } from '../targets/definition.ts';
import type { Target, TargetFolder } from '../targets/target.ts';
import { type Precompiled, precompiledFor } from './precompiled.ts';
import type { TemplateFactory } from './template.ts';

/** A target and its templates, which want only what they call. */
export interface PreparedTarget {
  target: Target;
  templates: TemplateFactory;
}

/** The checker and the compiler are loaded only for folders that were not compiled ahead. */
export async function prepareTarget(
  folder: TargetFolder,
  precompiled: Precompiled,
): Promise<{ prepared: PreparedTarget | undefined; diagnostics: Diagnostic[] }> {
  const ahead = precompiledFor(folder, precompiled);
  if (ahead) {
    const { raw, templates } = ahead;
    const target = { name: folder.name, raw, definition: definitionFrom(raw), templates: new Map() };
    return { prepared: { target, templates }, diagnostics: [] };
  }
  const { checkAndCompile } = await import('./check-and-compile.ts');
  const { evaluateTemplates } = await import('./evaluate.ts');
  const { compiled, diagnostics } = checkAndCompile(folder);
  const prepared = compiled && { target: compiled.target, templates: evaluateTemplates(compiled.templates) };
  return { prepared, diagnostics };
}
