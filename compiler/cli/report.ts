/** Where a verb's words go: results of machine formats to stdout, everything for people to stderr. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Colors } from '../diagnostics/print-pretty.ts';
import type { Precompiled, PrecompiledTarget } from '../render/precompiled.ts';
import type { Session } from '../session.ts';
import { type Coloring, coloring, isColored, type Output } from './colors.ts';
import { runPrepared } from './prepared.ts';

/** Colours on a terminal only; NO_COLOR and FORCE_COLOR are honoured. */
export function colorsFor(output: Output): Coloring {
  return coloring(isColored(output));
}

/** Prints diagnostics for people, by place, with a summary and a blank line; nothing when there are none. */
export async function printForPeople(diagnostics: readonly Diagnostic[]): Promise<void> {
  for (const piece of await prettyText(diagnostics, colorsFor('stderr'))) process.stderr.write(piece);
}

/** Diagnostics for people as text, with these colours, in pieces of whole lines. */
export async function prettyText(diagnostics: readonly Diagnostic[], colors: Colors): Promise<string[]> {
  if (diagnostics.length === 0) return [];
  const { prettyPieces } = await import('../diagnostics/print-pretty.ts');
  const { sortDiagnostics, summary } = await import('../diagnostics/order.ts');
  const pieces = prettyPieces(sortDiagnostics(diagnostics), colors);
  return [...pieces, `\n${colors.bold(summary(diagnostics))}\n`];
}

/** 2 for bad input, 3 for a bad configuration; undefined when nothing failed. */
export function failureCode({ failed }: Session): number | undefined {
  if (!failed) return undefined;
  return failed === 'configuration' ? 3 : 2;
}

/**
 * The shipped templates as `prepare` compiled them, beside the bundle; none when run from the sources. Each target's
 * are run once: what builds on every save calls the same functions again, which V8 has compiled by then.
 */
export function precompiledTemplates(folder = join(import.meta.dirname, 'templates')): Precompiled {
  const known = new Map<string, PrecompiledTarget | undefined>();
  return (name) => {
    if (!known.has(name)) {
      const file = join(folder, `${name}.cjs`);
      known.set(name, existsSync(file) ? (runPrepared(file) as PrecompiledTarget) : undefined);
    }
    return known.get(name);
  };
}
