/** The raw texts under a kind's key: a scalar, a list or a pasted block, each with its exact place. */

import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { backslashTrap, mapTrap, openingTrap } from './yaml-traps.ts';
import { isEmpty, type MapEntry, type Node, type ScalarNode, spanOf } from './yaml-tree.ts';

export interface RawValue {
  text: string;
  span: Span;
  /** Offsets into `text` are offsets into the span. Not so where quotes hold escapes. */
  exact: boolean;
}

/** Escapes of double quotes that stand for one character nobody means in an indicator: `\t`, `\n`, `\P`, … */
const UNMEANT_ESCAPE = /(?<!\\)(?:\\\\)*(\\[0abtnvfreNLP_])/;

/**
 * The values under a kind's key. What YAML misread is told in `diagnostics`, and its nodes are marked as broken, so that
 * the schema says nothing more about them. Empty values are left to the schema.
 */
export function readValues(file: SourceFile, entry: MapEntry, diagnostics: Diagnostic[]): RawValue[] {
  const values: RawValue[] = [];
  readNode(file, entry.value, values, diagnostics);
  return values;
}

function readNode(file: SourceFile, node: Node, values: RawValue[], diagnostics: Diagnostic[]): void {
  if (node.broken) return;
  if (node.type === 'map') {
    node.broken = true;
    const line = lineOf(file, node);
    diagnostics.push((node.flow ? openingTrap : mapTrap)(file, node.start, line));
  } else if (node.type === 'seq') {
    for (const item of node.items) readItem(file, item, values, diagnostics);
  } else readScalar(file, node, values, diagnostics);
}

function readItem(file: SourceFile, item: Node, values: RawValue[], diagnostics: Diagnostic[]): void {
  if (item.type === 'seq' && !item.broken) {
    item.broken = true;
    diagnostics.push(openingTrap(file, item.start, lineOf(file, item)));
  } else readNode(file, item, values, diagnostics);
}

/** The end of a misread node on its first line, with the colon that made it a map. */
function lineOf(file: SourceFile, node: Node): number {
  const { line } = file.position(node.start);
  const rest = file.text.slice(node.start, file.lineRange(line).end);
  if (node.type !== 'scalar' && node.flow)
    return Math.max(node.start + 1, Math.min(node.end, node.start + rest.length));
  return node.start + rest.replace(/[ \t]#.*$/, '').trimEnd().length;
}

function readScalar(file: SourceFile, node: ScalarNode, values: RawValue[], diagnostics: Diagnostic[]): void {
  if (isEmpty(node)) return;
  if (node.style === 'literal') {
    values.push(...blockValues(file, node));
    return;
  }
  const source = file.text.slice(node.start, node.end);
  if (node.style === 'folded' || /[\r\n]/.test(source)) {
    node.broken = true;
    diagnostics.push(joinedLines(file, node));
    return;
  }
  const escape = node.style === 'double-quoted' ? UNMEANT_ESCAPE.exec(source) : null;
  if (escape) {
    node.broken = true;
    const end = node.start + escape.index + escape[0].length;
    diagnostics.push(backslashTrap(file, end - 2, end));
    return;
  }
  values.push({ text: node.text, span: spanOf(file, node), exact: source === node.text });
}

/** One value a line. Blank lines are skipped; `#` at the start or behind a blank begins a comment. */
function blockValues(file: SourceFile, node: ScalarNode): RawValue[] {
  const values: RawValue[] = [];
  const block = file.text.slice(node.start, node.end);
  for (const { 0: line, index } of block.matchAll(/[^\r\n]+/g)) {
    const content = line.replace(/(^|[ \t])#.*$/, '');
    const text = content.replace(/^[ \t]+|[ \t]+$/g, '');
    if (text === '') continue;
    const start = node.start + index + content.indexOf(text);
    values.push({ text, span: { file, start, end: start + text.length }, exact: true });
  }
  return values;
}

function joinedLines(file: SourceFile, node: ScalarNode): Diagnostic {
  const source = file.text.slice(node.start, node.end);
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
