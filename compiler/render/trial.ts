/**
 * Whether a target can write an indicator. Most values hold nothing that any language minds; those with other characters
 * are rendered once before anything is planned, so that what an escaper refuses is told as that indicator's fate, and does
 * not stop the build.
 */

import type { Actor } from '../indicators/context.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import { entriesOf } from '../plan/entry.ts';
import { perSet } from '../plan/per-set.ts';
import type { Output, Pass, Syntax, TargetDefinition } from '../targets/definition.ts';
import { IS_PLAIN, spellingOf, spellings } from './spelling.ts';
import type { TemplateRunner } from './template.ts';
import { BLANK_IDENTITY, type FileView, type PassEntryViews, type Views } from './view.ts';

/** A target that is to be tried. */
export interface TrialRequest {
  set: IndicatorSet;
  actors: ReadonlyMap<string, Actor>;
  definition: TargetDefinition;
  views: Views;
  fileView: FileView;
  runners: ReadonlyMap<Syntax, TemplateRunner>;
}

/** By index, 1 where every language can write an indicator: nothing of what is its own has a character that one could mind. */
export const plainness = perSet((set) => {
  const contexts = set.contextTable.map(({ note = '', file_name = '' }) =>
    [note, file_name].every((text) => (spellingOf(text) & IS_PLAIN) !== 0),
  );
  return spellings(set).map((spelling, index) =>
    contexts[set.contextId(index)] && (spelling & IS_PLAIN) !== 0 ? 1 : 0,
  );
});

/** Answers why a pass cannot write an indicator, in the words of the escaper; undefined where it can. */
export function trialOf(request: TrialRequest): (index: number, pass: Pass) => string | undefined {
  const trials = new Map<Pass, (index: number) => string | undefined>();
  for (const output of request.definition.outputs)
    for (const pass of output.passes) trials.set(pass, trialOfPass(request, output, pass));
  return (index, pass) => (plainness(request.set)[index] === 1 ? undefined : trials.get(pass)?.(index));
}

function trialOfPass(
  request: TrialRequest,
  output: Output,
  pass: Pass,
): (index: number) => string | undefined {
  const runner = request.runners.get(output.syntax) as TemplateRunner;
  const file = {
    ...request.fileView,
    part: 1,
    parts: 1,
    serial: 0,
    ...(output.tier && { tier: output.tier }),
  };
  const make = () =>
    request.views.pass({
      file,
      pass,
      memo: request.views.memo(runner.fragments(output.template)),
      tierOf: () => output.tier ?? pass.tier ?? 'block',
      ruleOf: () => '0',
    });
  // Few passes are tried, and each has room for what its entries share.
  let made: PassEntryViews | undefined;
  return (index) => {
    const views = made ?? make();
    made = views;
    try {
      for (const entry of entriesOf(request, pass, Uint32Array.of(index))) {
        const view = views.entry(entry);
        view.identify(BLANK_IDENTITY);
        if (output.each) runner.whole(output.template, view)();
        else runner.entry(output.template, pass.name, view);
      }
      return undefined;
    } catch (error) {
      // Escapers throw RangeError, helpers TypeError as well.
      if (error instanceof RangeError || error instanceof TypeError) return error.message;
      throw error;
    }
  };
}
