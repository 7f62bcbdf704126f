/** Templates of a test, compiled and run without a target's folder. */

import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { callableIn } from '../../compiler/render/check-and-compile.ts';
import { compileTemplates } from '../../compiler/render/compile-template.ts';
import { evaluateTemplates } from '../../compiler/render/evaluate.ts';
import { FragmentMemo } from '../../compiler/render/fragments.ts';
import type { Language } from '../../compiler/render/languages/language.ts';
import { type PassSource, TemplateRunner } from '../../compiler/render/template.ts';
import type { View } from '../../compiler/render/view.ts';
import { targetOf } from '../plan/help.ts';

/** Writes everything as it is. */
export const AS_IS: Language = {
  name: 'as-is',
  text: { about: 'anywhere', escape: (text) => text },
  places: {},
};

/** Shows what was escaped, how often, and for which place. */
export const MARKED: Language = {
  name: 'marked',
  text: { about: 'anywhere', escape: (text) => `<${text}>` },
  places: { quoted: { about: 'between quotes', escape: (text) => `"${text}"` } },
};

/** A runner of the template `rules.hbs` with those passes, and of partials by name; `target`: what its target says besides. */
export function runnerOf(
  template: string,
  passes: readonly string[],
  language: Language = AS_IS,
  partials: Readonly<Record<string, string>> = {},
  target: object = {},
): TemplateRunner {
  const definition = targetOf(
    Object.fromEntries(passes.map((name) => [name, { takes: ['domain'] }])),
    target,
  );
  const texts = { rules: template, ...partials };
  const files = new Map(
    Object.entries(texts).map(([name, text]) => [`${name}.hbs`, new SourceFile(`${name}.hbs`, text)]),
  );
  const compiled = compileTemplates(definition, files, callableIn([language]));
  return new TemplateRunner(evaluateTemplates(compiled), language);
}

/** Views as a pass. Those with the same `$context` share fragments. */
export function sourceOf(views: readonly View[], fragments = 0): PassSource {
  return {
    size: views.length,
    *texts({ render }) {
      const memo = new FragmentMemo(fragments, views.length);
      for (const [at, view] of views.entries()) {
        const $ = memo.of((view.$context as number | undefined) ?? views.length + at);
        yield render({ ...view, $ }, at);
      }
    },
  };
}

/** The whole text; lists of the view that are passes are streamed. */
export function render(
  template: string,
  view: View,
  passes: Readonly<Record<string, readonly View[]>> = {},
  language: Language = AS_IS,
  partials: Readonly<Record<string, string>> = {},
): string {
  const names = Object.keys(passes);
  const lengths = Object.entries(passes).map(([name, views]) => [name, { length: views.length }] as const);
  const runner = runnerOf(template, names, language, partials);
  const fragments = runner.fragments('rules.hbs');
  const sources = new Map(
    Object.entries(passes).map(([name, views]) => [name, sourceOf(views, fragments)] as const),
  );
  return [...runner.stream('rules.hbs', { ...view, ...Object.fromEntries(lengths) }, sources)].join('');
}
