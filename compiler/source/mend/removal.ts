/** Takes values out of lists and pasted blocks, so that all around them stays as it is. */

import type { Span } from '../../diagnostics/diagnostic.ts';
import type { SourceFile } from '../../diagnostics/source-file.ts';
import { rawValues } from '../values.ts';
import { parseYaml } from '../yaml.ts';
import type { Node, ScalarNode, SeqNode } from '../yaml-tree.ts';

/**
 * What to cut out for each value to be removed, by where the value starts. A value has none where it stands alone, where
 * all values beside it would go too, or where a comment stands on its line: those are for a person to judge.
 */
export function removalsOf(file: SourceFile, starts: ReadonlySet<number>): Map<number, Span> {
  const removals = new Map<number, Span>();
  const { root } = parseYaml(file);
  if (root && starts.size > 0) visit(file, root, starts, removals);
  return removals;
}

function visit(file: SourceFile, node: Node, starts: ReadonlySet<number>, removals: Map<number, Span>): void {
  if (node.type === 'map') for (const { value } of node.entries) visit(file, value, starts, removals);
  else if (node.type === 'scalar') fromBlock(file, node, starts, removals);
  else {
    fromList(file, node, starts, removals);
    for (const item of node.items) if (item.type !== 'scalar') visit(file, item, starts, removals);
  }
}

/** A line of a pasted block. */
function fromBlock(
  file: SourceFile,
  node: ScalarNode,
  starts: ReadonlySet<number>,
  removals: Map<number, Span>,
): void {
  if (node.style !== 'literal' || node.broken) return;
  const values = [...rawValues(file, node)];
  if (values.every(({ span }) => starts.has(span.start))) return;
  for (const { text, span } of values) {
    const line = starts.has(span.start) ? lineOf(file, span.start) : undefined;
    if (line && line.text.trim() === text) removals.set(span.start, line.whole);
  }
}

function fromList(
  file: SourceFile,
  { items, flow }: SeqNode,
  starts: ReadonlySet<number>,
  removals: Map<number, Span>,
): void {
  const goes = items.map((item) => item.type === 'scalar' && !item.broken && starts.has(item.start));
  const kept = goes.indexOf(false);
  if (kept < 0) return;
  for (const [at, item] of items.entries()) {
    if (!goes[at]) continue;
    // What stands before the first that is kept goes with the comma behind it, the others with that before them.
    const other = outer(items[at < kept ? at + 1 : at - 1] as Node);
    const own = outer(item);
    const span = flow
      ? betweenItems(file, at < kept ? [own, other] : [other, own], at < kept)
      : lineOfItem(file, own);
    if (span) removals.set(item.start, span);
  }
}

/** `[a, b]`: an item with its comma, where nothing but that stands between the two. */
function betweenItems(
  file: SourceFile,
  [left, right]: [Stretch, Stretch],
  leading: boolean,
): Span | undefined {
  if (!/^\s*,\s*$/.test(file.text.slice(left.end, right.start))) return undefined;
  return leading ? { file, start: left.start, end: right.start } : { file, start: left.end, end: right.end };
}

/** `- a`: the line, where nothing else stands on it. */
function lineOfItem(file: SourceFile, { start, end }: Stretch): Span | undefined {
  const line = lineOf(file, start);
  const rest = line.text.trim().replace(/^-\s+/, '');
  return rest === file.text.slice(start, end) && /^\s*-\s/.test(line.text) ? line.whole : undefined;
}

interface Stretch {
  start: number;
  end: number;
}

/** A node with its quotes. */
function outer(node: Node): Stretch {
  const quotes = node.type === 'scalar' && /quoted$/.test(node.style) ? 1 : 0;
  return { start: node.start - quotes, end: node.end + quotes };
}

/** A line's text, and the line with its line break: that behind it, or at the end of the file that before it. */
function lineOf(file: SourceFile, offset: number): { text: string; whole: Span } {
  const { line } = file.position(offset);
  const { start, end } = file.lineRange(line);
  const next = file.lineRange(line + 1).start;
  const text = file.text.slice(start, end);
  if (next > end) return { text, whole: { file, start, end: next } };
  return { text, whole: { file, start: line > 1 ? file.lineRange(line - 1).end : start, end } };
}
