/** Which passes are used, by the number of indicators that are to be rendered; and what is lost by a switch. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { counted, grouped } from '../source/words.ts';
import { countedBy, type Pass } from '../targets/definition.ts';
import type { TargetPlan } from './plan.ts';

/** How many indicators each pass has that has any. */
export type Sizes = ReadonlyMap<Pass, number>;

/** How many indicators decide whether a pass is used. */
export function countFor(pass: Pass, sizes: Sizes): number {
  const by = countedBy(pass, sizes.keys());
  return (by && sizes.get(by)) ?? 0;
}

/** Whether a pass is used for that many indicators. */
export function isUsedFor(pass: Pass, count: number): boolean {
  return count > pass.above && count <= pass.upto;
}

/** Those of the passes with indicators that are used. */
export function usedPasses(sizes: Sizes): ReadonlySet<Pass> {
  return new Set([...sizes.keys()].filter((pass) => isUsedFor(pass, countFor(pass, sizes))));
}

/** What is lost because there are more indicators than a pass is for, in the words of target.yaml. */
export function switchDiagnostics(target: string, { switched }: Pick<TargetPlan, 'switched'>): Diagnostic[] {
  return switched.flatMap(({ pass, members }) =>
    pass.beyond === undefined || members <= pass.upto
      ? []
      : {
          code: 'RF720',
          severity: 'hint',
          message: `\`${target}\` has ${counted(members, 'indicator', 'indicators')} for \`${pass.name}\`, which is for at most ${grouped(pass.upto)}: ${pass.beyond}`,
        },
  );
}
