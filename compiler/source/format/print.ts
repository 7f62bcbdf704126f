/** Writes a document anew: indentation, order of keys, quotes, blank lines. Comments stay with what they stand at. */

import type { SourceFile } from '../../diagnostics/source-file.ts';
import { isEmpty, type MapEntry, type MapNode, type Node, type SeqNode } from '../yaml-tree.ts';
import { blockLines, foldedLines, scalarText } from './scalar-text.ts';
import { blankBefore, type Comment, columnOf, outer, triviaOf } from './trivia.ts';

/** The order of the keys of a map, by the keys that lead to it. Other keys keep their place behind these. */
export type KeyOrder = (path: readonly PropertyKey[]) => readonly string[];

/** A line of its own before an entry or at the end of a collection. */
interface CommentLine {
  text: string;
  blank: boolean;
}

/** An entry or an item, with the comments before it. */
interface Chunk {
  key: string;
  leads: CommentLine[];
  /** A blank line stands before the first line of the body. */
  blank: boolean;
  body: string[];
  /** It ends with blank lines that are part of a text. */
  open: boolean;
}

/** A value: what follows on the line of its key or dash, and the lines below. */
interface Value {
  inline: string;
  lines: string[];
  /** Comments that stood between key and value: they move before the key. */
  leads: CommentLine[];
  open: boolean;
}

/** Where the next node stands: comments before it may belong to it. */
interface Next {
  start: number;
  column: number;
}

const MODELINE = /^# *yaml-language-server:/;

/** The text of a document whose line breaks are `\n`. */
export function printDocument(file: SourceFile, root: MapNode, order: KeyOrder): string {
  return new Printer(file, root, order).document(root);
}

class Printer {
  readonly file: SourceFile;
  readonly text: string;
  readonly order: KeyOrder;
  readonly comments: readonly Comment[];
  readonly dashes: readonly number[];
  nextComment = 0;
  nextDash = 0;

  constructor(file: SourceFile, root: Node, order: KeyOrder) {
    this.file = file;
    this.text = file.text;
    this.order = order;
    const { comments, dashes } = triviaOf(file, root);
    this.comments = comments;
    this.dashes = dashes;
  }

  document(root: MapNode): string {
    const first = root.entries[0] ? outer(root.entries[0].key).start : root.start;
    const marker = /^---(?=\s)/m.exec(this.text.slice(0, first));
    const head = marker ? [...this.before(marker.index).map(({ text }) => text), '---'] : [];
    const lines = [...head, ...this.header(Math.min(first, root.start))];
    if (root.flow && !this.text.slice(root.start, root.end).includes('\n')) {
      lines.push(...this.before(root.start).map(({ text }) => text), this.flow(root, []));
      lines.push(...this.before(this.text.length).map(({ text }) => text));
    } else {
      for (const line of rendered(this.map(root, 0, [], undefined), 0)) lines.push(line);
    }
    return `${lines.join('\n')}\n`;
  }

  /** Comments at the top that belong to the whole: up to the last blank line before the first key, and a modeline. */
  header(first: number): string[] {
    const lead = this.comments.slice(this.nextComment).filter(({ start }) => start < first);
    const blanks = [...lead.map(({ blank }) => blank), blankBefore(this.text, first)];
    const modeline = lead.findLastIndex(({ text }) => MODELINE.test(text)) + 1;
    const end = Math.max(modeline, blanks.lastIndexOf(true));
    if (end <= 0) return [];
    this.nextComment += end;
    const lines = lead.slice(0, end).map(({ text, blank }) => ({ text, blank }));
    return [...commentLines(lines, ''), ...(blanks[end] ? [''] : [])].filter(
      (line, at) => at > 0 || line !== '',
    );
  }

  /** The entries of a map in their order. */
  map(map: MapNode, indent: number, path: readonly PropertyKey[], next: Next | undefined): Chunk[] {
    const column = columnOf(this.text, map.start);
    const chunks = map.entries.map((entry, at) => {
      const following = map.entries[at + 1];
      // A list may stand as deep as its key: what is no deeper belongs here.
      const then = {
        start: following ? outer(following.key).start : (next?.start ?? Number.POSITIVE_INFINITY),
        column,
      };
      return this.entry(entry, indent, path, then);
    });
    const order = this.order(path);
    const rank = ({ key }: Chunk) => (order.includes(key) ? order.indexOf(key) : order.length);
    const sorted = [...chunks].sort((a, b) => rank(a) - rank(b));
    const moved = sorted.some((chunk, at) => chunk !== chunks[at]);
    return [...(moved && path.length === 0 ? spaced(sorted) : sorted), ...this.tail(map, column, next)];
  }

  entry(
    { key, value }: MapEntry,
    indent: number,
    path: readonly PropertyKey[],
    next: Next | undefined,
  ): Chunk {
    const { start } = outer(key);
    const leads = this.before(start);
    const blank = blankBefore(this.text, start) && this.startsLine(start);
    const name = scalarText(this.file, key, true);
    const printed = this.value(value, outer(key).end, indent + 2, [...path, key.text], next);
    return {
      key: key.text,
      ...joined(leads, printed.leads, blank),
      body: [`${' '.repeat(indent)}${name}:${printed.inline}`, ...printed.lines],
      open: printed.open,
    };
  }

  seq(seq: SeqNode, indent: number, path: readonly PropertyKey[], next: Next | undefined): Chunk[] {
    const column = columnOf(this.text, seq.start);
    const chunks: Chunk[] = [];
    for (const [at, item] of seq.items.entries()) {
      const start = seq.flow ? outer(item).start : (this.dashes[this.nextDash++] as number);
      chunks.push(this.item(item, start, indent, [...path, at], this.afterItem(seq, at, column, next)));
    }
    return [...chunks, ...this.tail(seq, column, next)];
  }

  /** What follows an item: in a block list the dash of the next, which is the first that is not inside the item. */
  afterItem(seq: SeqNode, at: number, column: number, next: Next | undefined): Next | undefined {
    const following = seq.items[at + 1];
    if (!following) return next;
    if (seq.flow) return { start: outer(following).start, column };
    const end = outer(seq.items[at] as Node).end;
    let dash = this.nextDash;
    while ((this.dashes[dash] ?? Number.POSITIVE_INFINITY) < end) dash++;
    return { start: this.dashes[dash] as number, column };
  }

  item(
    item: Node,
    start: number,
    indent: number,
    path: readonly PropertyKey[],
    next: Next | undefined,
  ): Chunk {
    const leads = this.before(start);
    const blank = blankBefore(this.text, start) && this.startsLine(start);
    const pad = ' '.repeat(indent);
    if (!this.isBlock(item)) {
      const printed = this.value(item, start, indent + 2, path, next);
      const body = [`${pad}-${printed.inline}`, ...printed.lines];
      return { key: '', ...joined(leads, printed.leads, blank), body, open: printed.open };
    }
    const inside = this.before(firstOf(item)).map((lead) => ({ ...lead, blank: false }));
    const chunks = this.collection(item, indent + 2, path, next);
    // What stands before the first key now stands before the dash.
    const moved = [...inside, ...(chunks[0]?.leads.splice(0) ?? [])];
    const lines = rendered(chunks, indent + 2);
    const body = [`${pad}- ${(lines[0] ?? '').slice(indent + 2)}`, ...lines.slice(1)];
    return { key: '', ...joined(leads, moved, blank), body, open: chunks.at(-1)?.open ?? false };
  }

  /** A value behind a key or a dash that ends at `from`. */
  value(
    node: Node,
    from: number,
    indent: number,
    path: readonly PropertyKey[],
    next: Next | undefined,
  ): Value {
    if (this.isBlock(node)) {
      const beside = this.beside(from, firstOf(node));
      const chunks = this.collection(node, indent, path, next);
      const lines = rendered(chunks, indent);
      return { inline: beside, lines, leads: [], open: chunks.at(-1)?.open ?? false };
    }
    if (node.type === 'scalar' && (node.style === 'literal' || node.style === 'folded')) {
      const block = blockLines(this.file, node, ' '.repeat(indent));
      const beside = this.beside(from, node.start);
      if (!block)
        return { inline: ` ${JSON.stringify(node.text)}${beside}`, lines: [], leads: [], open: false };
      const open = block.header.endsWith('+');
      return { inline: ` ${block.header}${beside}`, lines: block.lines, leads: [], open };
    }
    if (isEmpty(node)) return { inline: this.beside(from, next?.start), lines: [], leads: [], open: false };
    const leads = this.before(outer(node).start).map((lead) => ({ ...lead, blank: false }));
    const [first = '', ...lines] = this.inline(node, indent, path);
    const behind = this.beside(outer(node).end, next?.start);
    if (lines.length === 0) return { inline: ` ${first}${behind}`, lines, leads, open: false };
    lines.push(`${lines.pop()}${behind}`);
    return { inline: ` ${first}`, lines, leads, open: false };
  }

  /** A scalar, or a collection in brackets on one line. */
  inline(node: Node, indent: number, path: readonly PropertyKey[]): string[] {
    if (node.type !== 'scalar') return [this.flow(node, path)];
    if (!this.text.slice(node.start, node.end).includes('\n')) return [scalarText(this.file, node, false)];
    return foldedLines(this.file, node, ' '.repeat(indent));
  }

  flow(node: Node, path: readonly PropertyKey[]): string {
    if (node.type === 'scalar') return isEmpty(node) ? '' : scalarText(this.file, node, true);
    if (node.type === 'seq')
      return `[${node.items.map((item, at) => this.flow(item, [...path, at])).join(', ')}]`;
    const order = this.order(path);
    const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
    const entries = [...node.entries].sort((a, b) => rank(a.key.text) - rank(b.key.text));
    const pairs = entries.map(({ key, value }) =>
      `${scalarText(this.file, key, true)}: ${this.flow(value, [...path, key.text])}`.trimEnd(),
    );
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }

  collection(
    node: MapNode | SeqNode,
    indent: number,
    path: readonly PropertyKey[],
    next: Next | undefined,
  ): Chunk[] {
    return node.type === 'map' ? this.map(node, indent, path, next) : this.seq(node, indent, path, next);
  }

  /** Whether a node is written over several lines: also one in brackets that was. */
  isBlock(node: Node): node is MapNode | SeqNode {
    if (node.type === 'scalar') return false;
    const count = node.type === 'map' ? node.entries.length : node.items.length;
    return count > 0 && (!node.flow || this.text.slice(node.start, node.end).includes('\n'));
  }

  /** The comments before an offset that are not yet written. */
  before(offset: number): CommentLine[] {
    const lines: CommentLine[] = [];
    while ((this.comments[this.nextComment]?.start ?? Number.POSITIVE_INFINITY) < offset)
      lines.push(this.comments[this.nextComment++] as Comment);
    return lines.map(({ text, blank }) => ({ text, blank }));
  }

  /** The comment on the same line behind an offset, with the blank before it; an empty text where there is none. */
  beside(offset: number, limit = Number.POSITIVE_INFINITY): string {
    const comment = this.comments[this.nextComment];
    if (!comment || comment.start >= limit || this.text.slice(offset, comment.start).includes('\n'))
      return '';
    this.nextComment += 1;
    return ` ${comment.text}`;
  }

  /** The comments at the end of a collection: as deep as it, and deeper than what follows. */
  tail(node: MapNode | SeqNode, column: number, next: Next | undefined): Chunk[] {
    const leads: CommentLine[] = [];
    for (;;) {
      const comment = this.comments[this.nextComment];
      if (!comment) break;
      const inBrackets =
        node.flow && (comment.start < node.end || !this.text.slice(node.end, comment.start).includes('\n'));
      const deep = comment.column >= column && comment.column > (next?.column ?? -1);
      if (comment.start >= (next?.start ?? Number.POSITIVE_INFINITY) || !(inBrackets || (deep && !node.flow)))
        break;
      leads.push({ text: comment.text, blank: comment.blank });
      this.nextComment += 1;
    }
    return leads.length > 0 ? [{ key: '', leads, blank: false, body: [], open: false }] : [];
  }

  startsLine(offset: number): boolean {
    return this.text.slice(this.text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';
  }
}

/** Where the first token of a collection stands. */
function firstOf(node: MapNode | SeqNode): number {
  if (node.flow) return node.start;
  const [entry] = node.type === 'map' ? node.entries : [];
  return entry ? outer(entry.key).start : node.start;
}

/** Sections that changed places, with a blank line before each that is more than a line. */
function spaced(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk) => {
    const [first, ...others] = chunk.leads;
    if (first) return { ...chunk, leads: [{ ...first, blank: true }, ...others] };
    return chunk.body.length > 1 ? { ...chunk, blank: true } : chunk;
  });
}

/** Comments that move before a first line; the blank line before it then stands before them. */
function joined(leads: CommentLine[], moved: CommentLine[], blank: boolean): Pick<Chunk, 'leads' | 'blank'> {
  const [first, ...others] = moved;
  return first ? { leads: [...leads, { ...first, blank }, ...others], blank: false } : { leads, blank };
}

function commentLines(lines: readonly CommentLine[], pad: string): string[] {
  return lines.flatMap(({ text, blank }) => [...(blank ? [''] : []), pad + text]);
}

/** The lines of a collection: no blank line at its start, none behind a text that ends with blank lines. */
function rendered(chunks: readonly Chunk[], indent: number): string[] {
  const pad = ' '.repeat(indent);
  const lines: string[] = [];
  let open = true;
  for (const chunk of chunks) {
    const own = [...commentLines(chunk.leads, pad), ...(chunk.blank ? [''] : []), ...chunk.body];
    while (open && own[0] === '') own.shift();
    for (const line of own) lines.push(line);
    open = chunk.open;
  }
  return lines;
}
