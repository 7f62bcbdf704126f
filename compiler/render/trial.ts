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
import type { TemplateRunner } from './template.ts';
import { BLANK_IDENTITY, type FileView, type Views } from './view.ts';

/** Texts of these characters alone are written by every language, but for labels that response policy zones give a meaning. */
const PLAIN = /^(?!.*rpz-)[A-Za-z0-9._\-/:@?&=%+~ ]*$/;

/** A target that is to be tried. */
export interface TrialRequest {
  set: IndicatorSet;
  actors: ReadonlyMap<string, Actor>;
  definition: TargetDefinition;
  views: Views;
  fileView: FileView;
  runners: ReadonlyMap<Syntax, TemplateRunner>;
}

/** Whether an indicator holds nothing that any language minds. */
export function isPlain(set: IndicatorSet, index: number): boolean {
  return plainness(set)[index] === 1;
}

const plainness = perSet((set) => {
  // A context can change until all is read; nothing is planned before.
  const contexts = set.contextTable.map(
    ({ note = '', file_name = '' }) => PLAIN.test(note) && PLAIN.test(file_name),
  );
  return Uint8Array.from({ length: set.size }, (_, index) =>
    contexts[set.contextId(index)] && PLAIN.test(set.value(index)) ? 1 : 0,
  );
});

/** Answers why a pass cannot write an indicator, in the words of the escaper; undefined where it can. */
export function trialOf(request: TrialRequest): (index: number, pass: Pass) => string | undefined {
  const outputs = new Map(
    request.definition.outputs.flatMap((output) => output.passes.map((pass) => [pass, output] as const)),
  );
  return (index, pass) =>
    isPlain(request.set, index) ? undefined : refusalOf(request, outputs.get(pass) as Output, pass, index);
}

function refusalOf(request: TrialRequest, output: Output, pass: Pass, index: number): string | undefined {
  const runner = request.runners.get(output.syntax) as TemplateRunner;
  const file = {
    ...request.fileView,
    part: 1,
    parts: 1,
    serial: 0,
    ...(output.tier && { tier: output.tier }),
  };
  const around = {
    file,
    pass,
    tierOf: () => output.tier ?? pass.tier ?? 'block',
    ruleOf: () => '0',
  } as const;
  try {
    for (const entry of entriesOf(request, pass, Uint32Array.of(index))) {
      const view = Object.assign(request.views.entry(entry, around), BLANK_IDENTITY);
      if (output.each) runner.whole(output.template, view);
      else runner.entry(output.template, pass.name, view);
    }
    return undefined;
  } catch (error) {
    // Escapers throw RangeError, helpers TypeError as well.
    if (error instanceof RangeError || error instanceof TypeError) return error.message;
    throw error;
  }
}
