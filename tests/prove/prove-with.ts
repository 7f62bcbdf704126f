/** Proves shipped targets with faults planted in their templates: overrides in a project's own `templates/`. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { build } from '../../compiler/index.ts';
import { prove } from '../../compiler/prove/prove.ts';
import { type ProofSummary, summarize } from '../../compiler/prove/summary.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const AS_OF = '2026-01-01';

export interface Override {
  file: string;
  /** What is replaced, everywhere in the file, and by what. */
  replace: readonly [from: string, to: string];
}

/** The example of every kind. */
export const ALL_KINDS: string = readFileSync(join(ROOT, 'examples/all-kinds.yaml'), 'utf8');

/** What each engine that is there says of a target, once `overrides` have been planted in it. */
export async function proveWith(
  target: string,
  overrides: readonly Override[],
  indicators = ALL_KINDS,
): Promise<ProofSummary[]> {
  const folder = mkdtempSync(join(tmpdir(), 'refang-mutation-'));
  try {
    writeFileSync(join(folder, 'indicators.yaml'), indicators);
    mkdirSync(join(folder, 'templates', target), { recursive: true });
    const texts = new Map<string, string>();
    for (const { file, replace } of overrides) {
      const text = texts.get(file) ?? readFileSync(join(ROOT, 'templates', target, file), 'utf8');
      expect(text, 'the template has what the fault replaces').toContain(replace[0]);
      texts.set(file, text.replaceAll(...replace));
    }
    for (const [file, text] of texts) writeFileSync(join(folder, 'templates', target, file), text);
    const options = { cwd: folder, targets: [target], asOf: AS_OF };
    expect((await build(options)).session.failed).toBe(undefined);
    const { session, proofs, stale } = await prove(options);
    expect(stale).toEqual([]);
    const set = session.collection?.indicators;
    if (!set) throw new Error('the example can be read');
    return proofs.filter(({ found }) => found.available).map((proof) => summarize(proof, set));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The failures of a proof as lines. Fails where the engine did not load the files. */
export function failuresOf({ engine, problems, failures }: ProofSummary): string[] {
  expect(problems, `${engine} loads it`).toEqual([]);
  return failures.map(({ value, message }) => `${value}: ${message}`);
}
