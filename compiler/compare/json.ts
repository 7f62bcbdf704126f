/** A difference as JSON, for programs. docs/diff.md tells the format. */

import type { Difference } from './difference.ts';

/** Indented by two; keys always in the same order. */
export function printDifferenceJson(difference: Difference): string {
  const { before, after, textual, differs, inputs, settings, findings, targets, indicators } = difference;
  const value = {
    before,
    after,
    textual,
    differs,
    inputs,
    settings,
    findings,
    targets: targets.map((one) => ({
      name: one.name,
      effect: one.effect,
      state: one.state,
      fates: one.fates,
      indicators: one.indicators,
      made_with: one.made_with,
      files: one.files,
      rules: one.rules.map(
        ({ change, key, before: was, after: is, logic, reason, edits, indicators: count }) => ({
          change,
          key,
          ...(was && { before: was }),
          ...(is && { after: is }),
          logic,
          reason,
          edits,
          indicators: count,
        }),
      ),
      ...(one.lines && { lines: one.lines }),
    })),
    indicators: indicators.map(
      ({ change, kind, value: text, reason, edits, by, tiers, place, targets: names }) => ({
        change,
        kind,
        value: text,
        reason,
        edits,
        ...(by !== undefined && { by }),
        ...(tiers && { tiers }),
        place,
        targets: names,
      }),
    ),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
