/** Where entries stand in the files that say them. */

import type { LockLine } from '../identity/lock.ts';
import type { Entry } from '../plan/entry.ts';
import type { OutputPlan } from '../plan/plan.ts';
import type { Pass } from '../targets/definition.ts';
import { renderTarget } from './render-target.ts';
import type { RenderRequest, Trace } from './request.ts';
import { identifies } from './rule-text.ts';
import { keyOf } from './rules.ts';

/** An entry in its file. */
export interface PlacedEntry {
  pass: Pass;
  entry: Entry;
  /** Below the target's folder, with `/`. */
  path: string;
  /** Its first and its last line, from 1. */
  first: number;
  last: number;
  text: string;
  /** Its identity, where the rules of the target have one. */
  rule: LockLine | undefined;
}

/** Whether an entry of a pass is looked for. */
type Wanted = (pass: Pass, entry: Entry) => boolean;

/** Renders what of a target holds these entries, and tells where they stand. What an earlier line says already stands nowhere. */
export function* placeEntries(request: RenderRequest, wanted: Wanted): Generator<PlacedEntry> {
  const trace: Trace = { current: undefined, follows: wanted };
  const { register, target, set } = request;
  const outputs = request.plan.outputs.filter((output) => isNeeded(request, output, wanted));
  for (const { path, chunks } of renderTarget({ ...request, trace }, outputs)) {
    let line = 1;
    for (const chunk of chunks) {
      const { current } = trace;
      // A file of one rule has no chunks but that.
      const lines = current && wanted(current.pass, current.entry) ? linesOf(chunk, line) : undefined;
      if (current && lines) {
        const { pass, entry } = current;
        const identified = register?.identifies && pass.identity;
        const rule = identified ? register.lines.get(keyOf(target, set, pass, entry)) : undefined;
        yield { pass, entry, path, ...lines, rule };
      }
      line += lineBreaks(chunk);
    }
  }
}

/** Whether an output holds what is looked for, or rules: the revision of one can be that of another. */
function isNeeded(request: RenderRequest, { passes }: OutputPlan, wanted: Wanted): boolean {
  return passes.some(({ pass, entries }) => {
    if (identifies(request, pass)) return entries.length > 0;
    for (const entry of entries) if (wanted(pass, entry)) return true;
    return false;
  });
}

/** The lines of an entry without the blank ones around it, and without the comma that ends the entry before. */
function linesOf(chunk: string, line: number): Pick<PlacedEntry, 'first' | 'last' | 'text'> | undefined {
  const [before = ''] = /^[\s,]*\n/.exec(chunk) ?? [];
  const text = chunk.slice(before.length).trimEnd();
  if (text === '') return undefined;
  const first = line + lineBreaks(before);
  return { first, last: first + lineBreaks(text), text };
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
