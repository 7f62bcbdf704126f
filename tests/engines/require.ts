/** Tests that need a real engine: skipped by name where it is missing, failed where CI lacks it. */

import { test } from 'vitest';
import type { EngineName } from '../../compiler/prove/engine.ts';
import { ENGINES } from '../../compiler/prove/engines.ts';

/** CI's machines can't have these, so even there their tests may be skipped. */
const OPTIONAL_IN_CI: ReadonlySet<EngineName> = new Set(['zeek']);

export type EngineTest = (title: string, body: () => unknown) => void;

/** How to define a test that needs these engines. Use as `const suricataTest = await engineTest('suricata')`. */
export async function engineTest(...names: readonly EngineName[]): Promise<EngineTest> {
  for (const name of names) {
    const found = await ENGINES[name].find();
    if (!found.available) return withoutEngine(name, found);
  }
  return (title, body) => test(title, body as () => void);
}

/** The same of an engine that is there without a tool that comes apart from it. */
export function withoutEngine(name: EngineName, found: { why: string; install: string }): EngineTest {
  return without(name, `${found.why}; ${found.install}`, OPTIONAL_IN_CI.has(name));
}

/** How to define a test that needs a program which is not there: skipped by name, and failed in CI if that must have it. */
export function without(name: string, why: string, isOptional = false): EngineTest {
  // scripts/summary-reporter.mjs reads this mark.
  const missing = `[needs ${name}: ${why}]`;
  if (isOptional || process.env.CI !== 'true')
    return (title, body) => test.skip(`${title} ${missing}`, body as () => void);
  return (title) =>
    test(title, () => {
      throw new Error(missing);
    });
}
