/** Two builds, and the files of changes that lead from the one to the other. */

import { join } from 'node:path';
import { expect } from 'vitest';
import { build, diff } from '../compiler/index.ts';
import { ACCEPT_ALL, NO_BUDGETS } from './accepted.ts';
import { folderWith } from './temporary.ts';

const AS_OF = '2026-01-01';

/** What is blocked, and what is only watched: addresses, endpoints and names; one behind `=` stands for itself alone. */
export interface Lists {
  block: readonly string[];
  watch: readonly string[];
}

const pasted = (kind: string, values: readonly string[]) =>
  values.length === 0 ? '' : `    ${kind}: |\n${values.map((value) => `      ${value}\n`).join('')}`;

function projectOf({ block, watch }: Lists, targets: string): Record<string, string> {
  const of = (status: string, values: readonly string[]) => {
    const those = (pattern: RegExp) => values.filter((one) => pattern.test(one));
    const exact = those(/^=/).map((one) => one.slice(1));
    const says =
      pasted('cidr', those(/^[\d./-]+$/)) +
      pasted('domain', those(/^[a-z]/)) +
      pasted('endpoint', those(/:/));
    const alone =
      pasted('domain', exact) && `  - status: ${status}\n    match: exact\n${pasted('domain', exact)}`;
    return (says && `  - status: ${status}\n${says}`) + alone;
  };
  const records = of('active', block) + of('historical', watch);
  return {
    'refang.yaml': `targets: [${targets}]\n${NO_BUDGETS}`,
    'indicators.yaml': `refang: 1\ndefaults: {confidence: 90, severity: high, tlp: clear, allow: ${ACCEPT_ALL}}\nindicators:${records ? `\n${records}` : ' []\n'}`,
  };
}

/** Builds both, and the files of changes from the one to the other, on the day AS_OF; paths of the folders. */
export async function changesBetween(before: Lists, after: Lists, targets: string) {
  const [old, now] = [folderWith(projectOf(before, targets)), folderWith(projectOf(after, targets))];
  for (const cwd of [old, now]) {
    const { session } = await build({ cwd, asOf: AS_OF });
    expect(session.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  }
  const { session, delta } = await diff({ cwd: now, asOf: AS_OF, against: old, delta: 'delta' });
  expect(session.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(delta?.whole).toEqual([]);
  return { old: join(old, 'out'), now: join(now, 'out'), delta: join(now, 'delta') };
}
