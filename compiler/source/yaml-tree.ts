/** A YAML document as nodes that know where they stand. Scalars are raw text: no type is resolved here. */

import type { Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';

interface NodeBase {
  /** UTF-16 offsets into the file, `end` exclusive. Those of a quoted scalar leave out the quotes. */
  start: number;
  end: number;
  /** A diagnostic has been given for this node: say no more about it, and do not use it. */
  broken?: true;
}

/** A text. */
export interface ScalarNode extends NodeBase {
  type: 'scalar';
  text: string;
  style: 'plain' | 'single-quoted' | 'double-quoted' | 'literal' | 'folded';
}

/** A key and its value. */
export interface MapEntry {
  key: ScalarNode;
  value: Node;
}

/** Entries in the order of the file. */
export interface MapNode extends NodeBase {
  type: 'map';
  entries: MapEntry[];
  /** Written `{…}`. */
  flow: boolean;
}

/** A list. */
export interface SeqNode extends NodeBase {
  type: 'seq';
  items: Node[];
  /** Written `[…]`. */
  flow: boolean;
}

/** Anything in a document. */
export type Node = ScalarNode | MapNode | SeqNode;

/** The entry of a map with that key. */
export function entryOf(map: MapNode, key: string): MapEntry | undefined {
  return map.entries.find((entry) => entry.key.text === key);
}

/** Whether a key stands there with nothing behind it. */
export function isEmpty(node: Node): boolean {
  return node.type === 'scalar' && node.style === 'plain' && node.text === '';
}

/** The scalars of a node that is one or a list of them. */
export function scalarsOf(node: Node): ScalarNode[] {
  const nodes = node.type === 'seq' ? node.items : [node];
  return nodes.filter((item) => item.type === 'scalar' && !item.broken && !isEmpty(item)) as ScalarNode[];
}

/** The whole of a node as a place. */
export function spanOf(file: SourceFile, node: { start: number; end: number }): Span {
  return { file, start: node.start, end: node.end };
}

/** The first line of a node, for what concerns the whole of it. */
export function firstLineOf(file: SourceFile, node: Node): Span {
  const line = file.slice(node.start, node.end).split(/[\r\n]/, 1)[0] as string;
  return { file, start: node.start, end: node.start + line.trimEnd().length };
}

/** Whether a key is empty, `? `: its place is the end of what stands before it, which may be of another part of a file. */
export function hasEmptyKey(node: Node): boolean {
  if (node.type === 'seq') return node.items.some(hasEmptyKey);
  return node.type === 'map' && node.entries.some(({ key, value }) => isEmpty(key) || hasEmptyKey(value));
}

/** Moves the places behind an offset. */
export function moveBehind(node: Node, offset: number, by: number): void {
  if (node.start >= offset) node.start += by;
  if (node.end > offset) node.end += by;
  if (node.type === 'seq') for (const item of node.items) moveBehind(item, offset, by);
  if (node.type !== 'map') return;
  for (const { key, value } of node.entries) {
    moveBehind(key, offset, by);
    moveBehind(value, offset, by);
  }
}
