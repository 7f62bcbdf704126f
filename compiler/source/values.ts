/** The raw texts under a kind's key: a scalar, a list or a pasted block, each with its exact place. */

import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { backslashTrap, mapTrap, openingTrap } from './yaml-traps.ts';
import { isEmpty, type Node, type ScalarNode, spanOf } from './yaml-tree.ts';

/** A value as it is written. */
export interface RawValue {
  text: string;
  span: Span;
  /** Offsets into `text` are offsets into the span. Not so where quotes hold escapes. */
  exact: boolean;
}

/** Escapes of double quotes that stand for one character nobody means in an indicator: `\t`, `\n`, `\P`, … */
const UNMEANT_ESCAPE = /(?<!\\)(?:\\\\)*(\\[0abtnvfreNLP_])/;

/**
 * Tells what YAML misread under a kind's key and marks its nodes as broken, so that the schema says nothing more about
 * them. Empty values are left to the schema.
 */
export function markMisread(file: SourceFile, node: Node, diagnostics: Diagnostic[]): void {
  if (node.type === 'seq' && !node.broken) {
    for (const item of node.items) markMisreadItem(file, item, diagnostics);
  } else markMisreadItem(file, node, diagnostics);
}

function markMisreadItem(file: SourceFile, node: Node, diagnostics: Diagnostic[]): void {
  if (node.broken) return;
  const diagnostic = misreading(file, node);
  if (!diagnostic) return;
  node.broken = true;
  diagnostics.push(diagnostic);
}

/** How YAML misread a node that was meant as one value, if it did. */
function misreading(file: SourceFile, node: Node): Diagnostic | undefined {
  if (node.type !== 'scalar') {
    const trap = node.flow ? openingTrap : mapTrap;
    return trap(file, node.start, lineEnd(file, node));
  }
  if (node.style === 'literal') return undefined;
  const source = file.slice(node.start, node.end);
  if (node.style === 'folded' || /[\r\n]/.test(source)) return joinedLines(file, node);
  const found = node.style === 'double-quoted' ? UNMEANT_ESCAPE.exec(source) : null;
  if (!found) return undefined;
  const end = node.start + found.index + found[0].length;
  return backslashTrap(file, end - 2, end);
}

/** The values under a kind's key. What is broken or empty is passed over. */
export function* rawValues(file: SourceFile, node: Node): Generator<RawValue> {
  if (node.broken || node.type === 'map' || isEmpty(node)) return;
  if (node.type === 'seq') {
    for (const item of node.items) if (item.type === 'scalar') yield* rawValues(file, item);
  } else if (node.style === 'literal') yield* blockValues(file, node);
  else {
    const exact = file.slice(node.start, node.end) === node.text;
    yield { text: node.text, span: spanOf(file, node), exact };
  }
}

/** One value a line. Blank lines are skipped; `#` at the start or behind a blank begins a comment. */
function* blockValues(file: SourceFile, node: ScalarNode): Generator<RawValue> {
  const block = file.slice(node.start, node.end);
  for (const { 0: line, index } of block.matchAll(/[^\r\n]+/g)) {
    const content = line.replace(/(^|[ \t])#.*$/s, '');
    const found = /[^ \t](?:.*[^ \t])?/s.exec(content);
    if (!found) continue;
    const text = found[0];
    const start = node.start + index + found.index;
    yield { text, span: { file, start, end: start + text.length }, exact: true };
  }
}

/** The end of a misread node on its first line, with the colon or the bracket that made it one. */
function lineEnd(file: SourceFile, node: Node): number {
  const { line } = file.position(node.start);
  const most = file.lineRange(line).end;
  if (node.end > node.start && !/:[ \t]*$/.test(file.slice(node.start, node.end + 1)))
    return Math.max(node.start + 1, Math.min(node.end, most));
  const rest = file.slice(node.start, most);
  return node.start + rest.replace(/[ \t]#.*$/, '').trimEnd().length;
}

function joinedLines(file: SourceFile, node: ScalarNode): Diagnostic {
  const source = file.slice(node.start, node.end);
  const text = (source.match(/[^\r\n]+/) ?? [''])[0];
  const start = node.start + source.indexOf(text) + (text.length - text.trimStart().length);
  return {
    code: 'RF112',
    severity: 'error',
    span: { file, start, end: Math.max(start, start + text.trim().length) },
    message: 'YAML joins these lines into one value',
    help:
      node.style === 'folded'
        ? 'write `|` for `>`: each line is a value then'
        : 'use a block after `|`, one value a line, or a list',
  };
}
