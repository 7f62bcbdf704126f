/** Planted faults: what a strict parser must find in a good file in which one thing is changed. */

import { expect } from 'vitest';

/** A text of the good file, what takes its place, and a part of what the parser says. */
export type Fault = readonly [text: string, becomes: string, says: string];

/** The problems that a parser tells or throws. */
export function problemsOf(
  parse: (text: string) => { problems: readonly string[] },
  text: string,
): readonly string[] {
  try {
    return parse(text).problems;
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Expects the parser to take `good` without a word, and to find each fault. */
export function expectFaults(
  parse: (text: string) => { problems: readonly string[] },
  good: string,
  faults: readonly Fault[],
): void {
  expect(problemsOf(parse, good)).toEqual([]);
  for (const [text, becomes, says] of faults) {
    expect(good, `to have ${text}`).toContain(text);
    const problems = problemsOf(
      parse,
      good.replace(text, () => becomes),
    );
    expect(problems, `${text} → ${becomes}`).not.toEqual([]);
    expect(problems.join('\n'), `${text} → ${becomes}`).toContain(says);
  }
}
