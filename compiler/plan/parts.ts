/** Splits the entries of an output into files that a product takes. */

import type { Output } from '../targets/definition.ts';
import type { PassPlan } from './entry.ts';
import type { OutputPlan } from './plan.ts';

/** The files of an output, each with its share of the entries in their order; at least one, which may be empty. */
export function splitIntoParts(output: Output, passes: readonly PassPlan[]): OutputPlan[] {
  const size = output.partEntries;
  if (size === undefined) return [{ output, passes, part: 1, parts: 1 }];
  const total = passes.reduce((sum, { entries }) => sum + entries.length, 0);
  const parts = Math.max(1, Math.ceil(total / size));
  return Array.from({ length: parts }, (_, at) => ({
    output,
    passes: stretch(passes, at * size, (at + 1) * size),
    part: at + 1,
    parts,
  }));
}

/** The entries from `first` up to `last`, counted over all passes. */
function stretch(passes: readonly PassPlan[], first: number, last: number): PassPlan[] {
  let before = 0;
  return passes.map(({ pass, entries }) => {
    const some = entries.slice(Math.max(0, first - before), Math.max(0, last - before));
    before += entries.length;
    return { pass, entries: some };
  });
}
