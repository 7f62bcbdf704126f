/** Tests that need a real engine: skipped by name where it is missing, failed where CI lacks it. */

import { test } from 'vitest';
import type { EngineName } from '../../compiler/prove/engine.ts';
import { ENGINES } from '../../compiler/prove/engines.ts';

/** CI's machines can't have these, so even there their tests may be skipped. */
const OPTIONAL_IN_CI: ReadonlySet<EngineName> = new Set(['zeek']);

export type EngineTest = (title: string, body: () => unknown) => void;

/** How to define a test that needs this engine. Use as `const suricataTest = await engineTest('suricata')`. */
export async function engineTest(name: EngineName): Promise<EngineTest> {
  const found = await ENGINES[name].find();
  if (found.available) return (title, body) => test(title, body as () => void);
  // scripts/summary-reporter.mjs reads this mark.
  const missing = `[needs ${name}: ${found.why}; ${found.install}]`;
  if (process.env.CI === 'true' && !OPTIONAL_IN_CI.has(name)) {
    return (title) =>
      test(title, () => {
        throw new Error(missing);
      });
  }
  return (title, body) => test.skip(`${title} ${missing}`, body as () => void);
}
