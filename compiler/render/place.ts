/** Where entries stand in the files that say them. */

import type { LockLine } from '../identity/lock.ts';
import type { Entry } from '../plan/entry.ts';
import type { Pass } from '../targets/definition.ts';
import { renderTarget } from './render-target.ts';
import type { RenderRequest, Trace } from './request.ts';
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

/** Renders a target and tells where these of its entries stand. What an earlier line says already stands nowhere. */
export function* placeEntries(
  request: RenderRequest,
  wanted: (pass: Pass, entry: Entry) => boolean,
): Generator<PlacedEntry> {
  const trace: Trace = { current: undefined };
  const { register, target, set } = request;
  for (const { path, chunks } of renderTarget({ ...request, trace })) {
    let line = 1;
    for (const chunk of chunks) {
      const { current } = trace;
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
