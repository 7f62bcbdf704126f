/** Checks a target's folder and compiles its templates to JavaScript source. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { checkTarget, type Vocabulary } from '../targets/check-target.ts';
import type { Target, TargetFolder } from '../targets/target.ts';
import { compileTemplates } from './compile-template.ts';
import { HELPERS } from './helpers/helpers.ts';
import type { Language } from './languages/language.ts';
import { LANGUAGES, languageFor } from './languages/languages.ts';
import type { Callable } from './template-expression.ts';

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
  const { definition } = target;
  const languages = new Set(definition.outputs.map(({ syntax }) => languageFor(syntax) as Language));
  const templates = compileTemplates(definition, target.templates, callableIn([...languages]));
  return { compiled: { target, templates }, diagnostics };
}

/** What templates can call whose outputs are of these languages. */
export function callableIn(languages: readonly Language[]): Callable {
  const places = new Map<string, boolean>();
  for (const language of languages)
    for (const [name, { words = false }] of Object.entries(language.places))
      places.set(name, words && (places.get(name) ?? true));
  return {
    helpers: new Set(Object.keys(HELPERS)),
    places,
    text: languages.every(({ text }) => text.words === true),
  };
}
