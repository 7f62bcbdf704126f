/** What targets do not say, counted by fate and reason. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { counted, grouped } from '../source/words.ts';
import { countLosses, type Fate, type FateCounts } from './fate.ts';
import type { Verdicts } from './verdicts.ts';

/** Of these an indicator is not said exactly as it is listed. */
const LOSSES = ['withheld', 'unsupported', 'approximated'] as const satisfies readonly Fate[];

/** A target's verdicts, with their counts. */
export interface Judged {
  name: string;
  fates: FateCounts;
  plan: { verdicts: Verdicts };
}

/** Lines such as "12 withheld: status", by fate, the most first. */
export function lossLines(verdicts: Verdicts, fates: readonly Fate[] = LOSSES): string[] {
  return fates.flatMap((fate) => {
    const counts = new Map<string, number>();
    for (const { verdict, size } of verdicts.tally()) {
      const { fate: found, reason = 'no reason given' } = verdict;
      if (found === fate) counts.set(reason, (counts.get(reason) ?? 0) + size);
    }
    const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return sorted.map(([reason, count]) => `${grouped(count)} ${fate}: ${reason}`);
  });
}

/** For `--strict`: a warning for each target that loses something, with what and why. */
export function strictDiagnostics(targets: readonly Judged[]): Diagnostic[] {
  return targets.flatMap(({ name, fates, plan }) => {
    const losses = countLosses(fates);
    if (losses === 0) return [];
    const all = counted(plan.verdicts.length, 'indicator');
    return {
      code: 'RF608',
      severity: 'warning',
      message: `\`${name}\` does not say ${grouped(losses)} of ${all} exactly`,
      why: lossLines(plan.verdicts).join('\n'),
    };
  });
}
