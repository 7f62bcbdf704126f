/** Which passes are used, by the number of indicators that are to be rendered; and what is lost by a switch. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { counted, grouped } from '../source/words.ts';
import { countedBy, type Pass } from '../targets/definition.ts';
import type { TargetPlan } from './plan.ts';

/** The indicators of passes that have any. */
export type Members = ReadonlyMap<Pass, readonly number[]>;

/** How many indicators decide whether a pass is used. */
export function countFor(pass: Pass, members: Members): number {
  const by = countedBy(pass, members.keys());
  return (by && members.get(by)?.length) ?? 0;
}

/** Whether a pass is used for that many indicators. */
export function isUsedFor(pass: Pass, count: number): boolean {
  return count > pass.above && count <= pass.upto;
}

/** Those of the passes with indicators that are used. */
export function usedPasses(members: Members): ReadonlySet<Pass> {
  return new Set([...members.keys()].filter((pass) => isUsedFor(pass, countFor(pass, members))));
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
