/** Checks a target's folder and compiles its templates to JavaScript source. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { checkTarget, type Vocabulary } from '../targets/check-target.ts';
import type { Target, TargetFolder } from '../targets/target.ts';
import { compileTemplates } from './compile-template.ts';
import { HELPERS } from './helpers/helpers.ts';
import { LANGUAGES, languageFor } from './languages/languages.ts';

/** What templates may name, from the helpers and the languages. */
export const VOCABULARY: Vocabulary = {
  helpers: new Map(Object.entries(HELPERS)),
  languages: new Map([...LANGUAGES].map(([name, language]) => [name, Object.keys(language.places)])),
};

/** A target that is checked, and its templates as JavaScript. */
export interface CompiledFolder {
  target: Target;
  /** The source of a `TemplateFactory`. */
  templates: string;
}

/** The target and its templates; undefined with the errors. Warnings may come with a target. */
export function checkAndCompile(folder: TargetFolder): {
  compiled: CompiledFolder | undefined;
  diagnostics: Diagnostic[];
} {
  const { target, diagnostics } = checkTarget(folder, VOCABULARY);
  if (!target) return { compiled: undefined, diagnostics };
  const places = target.definition.outputs.flatMap(({ syntax }) =>
    Object.keys(languageFor(syntax)?.places ?? {}),
  );
  const templates = compileTemplates(target.definition, target.templates, {
    helpers: new Set(Object.keys(HELPERS)),
    places: new Set(places),
  });
  return { compiled: { target, templates }, diagnostics };
}
