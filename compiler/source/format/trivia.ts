/** What stands between the nodes of a document: comments, blank lines, the dashes of lists. */

import type { SourceFile } from '../../diagnostics/source-file.ts';
import { isEmpty, type Node, type ScalarNode } from '../yaml-tree.ts';

/** A comment, from its `#` to the end of the line. */
export interface Comment {
  start: number;
  /** With the `#`, without blanks at the end. */
  text: string;
  /** 0-based, in UTF-16 units. */
  column: number;
  /** The line before it is blank. */
  blank: boolean;
}

/** What stands between the nodes, in the order of the file. */
export interface Trivia {
  comments: Comment[];
  /** Offsets of the dashes of block lists: one for each item, outer ones first. */
  dashes: number[];
}

interface Stretch {
  start: number;
  end: number;
}

const COMMENT = /(?<![^ \t\n])#[^\n]*/g;
const DASH = /(?<![^ \t\n])-(?=[ \t\n]|$)/g;

/** Reads a document whose line breaks are `\n`. */
export function triviaOf(file: SourceFile, root: Node): Trivia {
  const trivia: Trivia = { comments: [], dashes: [] };
  let from = 0;
  const visit = (start: number, end: number) => {
    if (start > from) readGap(file.text, from, start, trivia);
    from = Math.max(from, end);
  };
  visitLeaves(root, visit);
  visit(file.text.length, file.text.length);
  return trivia;
}

/** A node with its quotes. */
export function outer(node: Node): Stretch {
  const quotes = node.type === 'scalar' && node.style.endsWith('-quoted') ? 1 : 0;
  return { start: node.start - quotes, end: node.end + quotes };
}

/** Whether a blank line stands before the line of an offset. */
export function blankBefore(text: string, offset: number): boolean {
  const start = text.lastIndexOf('\n', offset - 1);
  const before = text.lastIndexOf('\n', start - 1);
  return start > 0 && text.slice(before + 1, start).trim() === '';
}

/** The 0-based column of an offset. */
export function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function visitLeaves(node: Node, visit: (start: number, end: number) => void): void {
  if (node.type === 'map') {
    for (const { key, value } of node.entries) {
      visitLeaf(key, visit);
      visitLeaves(value, visit);
    }
  } else if (node.type === 'seq') for (const item of node.items) visitLeaves(item, visit);
  else if (!isEmpty(node)) visitLeaf(node, visit);
}

function visitLeaf(node: ScalarNode, visit: (start: number, end: number) => void): void {
  const { start, end } = outer(node);
  visit(start, end);
}

function readGap(text: string, from: number, to: number, { comments, dashes }: Trivia): void {
  // The character before decides whether a `#` or a dash at the very start is one.
  const base = Math.max(0, from - 1);
  const gap = text.slice(base, to);
  if (!gap.includes('#') && !gap.includes('-')) return;
  const found = [...gap.matchAll(COMMENT)].filter(({ index }) => base + index >= from);
  for (const { 0: comment, index } of found) {
    const start = base + index;
    comments.push({
      start,
      text: comment.trimEnd(),
      column: columnOf(text, start),
      blank: blankBefore(text, start),
    });
  }
  const bare = gap.replace(COMMENT, (comment) => ' '.repeat(comment.length));
  for (const { index } of bare.matchAll(DASH)) if (base + index >= from) dashes.push(base + index);
}
