/**
 * The records of a file one by one: a tree of a hundred thousand takes half a gigabyte. The text is cut at their dashes; each
 * piece is read by itself, as it would be in its place.
 */

import type { SourceFile } from '../diagnostics/source-file.ts';
import { KINDS, type Kind } from '../indicators/kind.ts';
import { plainLine, plainRecord } from './plain-yaml.ts';
import { type RecordReader, readValue } from './record-reader.ts';
import { KIND_KEYS } from './schema.ts';
import { findControlCharacter, parseClean } from './yaml.ts';
import { entryOf, isEmpty, type MapNode, type Node, type ScalarNode } from './yaml-tree.ts';

/** The key of the list, alone on its line. Lines end as in YAML, which `^` and `.` do not know. */
const KEY_LINE = /(?:^|\n)(indicators: *\r?\n)/;
/** Blank lines and comments, then the dash of the first record behind its indentation. */
const FIRST_DASH = /(?: *(?:#[^\n]*)?\r?\n)*( *)- /y;
/** Behind a line break, what is neither indented nor blank nor a comment nor a record. */
const BEHIND_INDENTED = /\n[^ \r\n#]/g;
const BEHIND_FLAT = /\n(?:[^ \r\n#-]|-[^ \r\n])/g;
/** A line break that pieces are not cut at. */
const LONE_RETURN = /\r(?!\n)/;

/** So many texts of context are remembered. */
const MOST_CONTEXTS = 1 << 15;

/** So many characters of records that are not plain are parsed at once, and one record more. */
const MOST_PARSED = 1 << 22;

const KIND_NAMES: ReadonlyMap<string, Kind> = new Map(KINDS.map((kind) => [kind, kind]));

/** A file whose records are not in its tree. */
export interface SplitFile {
  /** All but the records: the list of `indicators` is empty. */
  root: MapNode;
  records: RecordBlock;
}

/**
 * The tree of a file of indicators and its records beside it. Undefined for a file that is written in another way, or of which the
 * parser has something to tell: then all of it is to be parsed as one.
 */
export function splitRecords(file: SourceFile): SplitFile | undefined {
  const { text } = file;
  const key = KEY_LINE.exec(text);
  if (!key || findControlCharacter(text) || (text.includes('\r') && LONE_RETURN.test(text))) return undefined;
  const start = key.index + key[0].length;
  const keyStart = start - (key[1] as string).length;
  FIRST_DASH.lastIndex = start;
  const dash = FIRST_DASH.exec(text);
  if (!dash) return undefined;
  const column = (dash[1] as string).length;
  const end = endOfBlock(text, start, column);
  const root = parseClean(text.slice(0, start) + text.slice(end));
  if (root?.type !== 'map' || root.flow || hasEmptyKey(root)) return undefined;
  const entry = entryOf(root, 'indicators');
  if (entry?.key.start !== keyStart || !isEmpty(entry.value)) return undefined;
  const from = FIRST_DASH.lastIndex - '- '.length - column;
  const records = RecordBlock.open(file, from, end, column);
  if (!records) return undefined;
  moveBehind(root, start, end - start);
  entry.value = { type: 'seq', start: from + column, end, items: [], flow: false };
  root.end = Math.max(root.end, end);
  return { root, records };
}

function endOfBlock(text: string, start: number, column: number): number {
  const behind = column > 0 ? BEHIND_INDENTED : BEHIND_FLAT;
  behind.lastIndex = start - 1;
  const found = behind.exec(text);
  return found ? found.index + 1 : text.length;
}

/** Moves the places behind an offset. */
function moveBehind(node: Node, offset: number, by: number): void {
  if (node.start >= offset) node.start += by;
  if (node.end > offset) node.end += by;
  if (node.type === 'seq') for (const item of node.items) moveBehind(item, offset, by);
  if (node.type !== 'map') return;
  for (const { key, value } of node.entries) {
    moveBehind(key, offset, by);
    moveBehind(value, offset, by);
  }
}

/** Whether a key is empty, `? `: its place is the end of what stands before it, which may be of another piece. */
function hasEmptyKey(node: Node): boolean {
  if (node.type === 'seq') return node.items.some(hasEmptyKey);
  return node.type === 'map' && node.entries.some(({ key, value }) => isEmpty(key) || hasEmptyKey(value));
}

/** Whether more kinds of indicators than its first key stand in a record. */
function holdsMore({ entries }: MapNode): boolean {
  return entries.some(({ key }, at) => at > 0 && KIND_KEYS.has(key.text));
}

/** What a plain record begins with. */
interface Head {
  kind: Kind;
  value: ScalarNode;
  /** Where the next line begins. */
  next: number;
}

/** The list under `indicators`. */
export class RecordBlock {
  readonly #file: SourceFile;
  readonly #from: number;
  readonly #to: number;
  /** That of the dashes. */
  readonly #column: number;
  /** What stands in front of a record: a line break, and the dash in its column. */
  readonly #dash: string;
  /** The records that are not plain, by where their piece begins. */
  readonly #parsed = new Map<number, { to: number; nodes: readonly Node[] }>();

  private constructor(file: SourceFile, from: number, to: number, column: number) {
    this.#file = file;
    this.#from = from;
    this.#to = to;
    this.#column = column;
    this.#dash = `\n${' '.repeat(column)}- `;
  }

  /** The list whose records stand from one offset to another. Undefined where the parser has something to tell of one. */
  static open(file: SourceFile, from: number, to: number, column: number): RecordBlock | undefined {
    const block = new RecordBlock(file, from, to, column);
    return block.#check() ? block : undefined;
  }

  /** Its records as nodes, made for the asking. */
  *nodes(): Generator<Node> {
    for (const [from, to] of this.#pieces()) yield* this.#nodesOf(from, to);
  }

  /** Reads all records. Most say what another has said behind their value: that is looked up by its text. */
  read(reader: RecordReader): void {
    const contexts = new Map<string, number>();
    for (const [from, to] of this.#pieces()) {
      const head = this.#parsed.has(from) ? undefined : this.#head(from, to);
      const said = head && this.#file.text.slice(head.next, to);
      const known = said === undefined ? undefined : contexts.get(said);
      if (head && known !== undefined) this.#readHead(head, reader, known);
      else this.#readNodes(from, to, said, reader, contexts);
    }
  }

  #readHead({ kind, value }: Head, { sink }: RecordReader, context: number): void {
    const { text, start, end } = value;
    readValue(sink, kind, { text, span: { file: this.#file, start, end }, exact: true }, context);
  }

  #readNodes(
    from: number,
    to: number,
    said: string | undefined,
    reader: RecordReader,
    contexts: Map<string, number>,
  ): void {
    for (const node of this.#nodesOf(from, to)) {
      reader.read(node);
      // `match` is to be told of beside other kinds.
      if (said === undefined || node.type !== 'map' || holdsMore(node) || entryOf(node, 'match')) continue;
      const context = reader.memo?.contextOf(node);
      if (context === undefined) continue;
      if (contexts.size >= MOST_CONTEXTS) contexts.clear();
      contexts.set(said, context);
    }
  }

  /** Where each piece begins and ends: at a dash in the column of the first one. Records that were parsed together are one piece. */
  *#pieces(): Generator<[from: number, to: number]> {
    for (let from = this.#from; from < this.#to; ) {
      const to = this.#parsed.get(from)?.to ?? this.#nextDash(from);
      yield [from, to];
      from = to;
    }
  }

  /** Where the line of the next dash begins that is in the column of the one before, or the end of the list. */
  #nextDash(from: number): number {
    const found = this.#file.text.indexOf(this.#dash, from);
    return found < 0 || found >= this.#to ? this.#to : found + 1;
  }

  /** Reads all records once. Tells whether nothing is to be told of them. */
  #check(): boolean {
    const good = new Set<string>();
    let first = -1;
    for (let from = this.#from; from < this.#to; ) {
      const to = this.#nextDash(from);
      const plain = this.#isPlain(from, to, good);
      if (!plain && first < 0) first = from;
      // Some at a time: each beginning of the parser costs as much as several records.
      const end = plain ? from : to;
      if (first >= 0 && (plain || to >= this.#to || to - first > MOST_PARSED)) {
        if (!this.#parse(first, end)) return false;
        first = -1;
      }
      from = to;
    }
    return true;
  }

  #isPlain(from: number, to: number, good: Set<string>): boolean {
    const { text } = this.#file;
    const head = this.#head(from, to);
    const said = head && text.slice(head.next, to);
    if (said !== undefined && good.has(said)) return true;
    const record = plainRecord(text, from, to, this.#column);
    if (!record) return false;
    if (said !== undefined && !holdsMore(record)) {
      if (good.size >= MOST_CONTEXTS) good.clear();
      good.add(said);
    }
    return true;
  }

  #parse(from: number, to: number): boolean {
    const list = parseClean(this.#file.text.slice(from, to));
    if (list?.type !== 'seq' || list.flow || hasEmptyKey(list)) return false;
    moveBehind(list, 0, from);
    this.#parsed.set(from, { to, nodes: list.items });
    return true;
  }

  #nodesOf(from: number, to: number): readonly Node[] {
    const parsed = this.#parsed.get(from);
    if (parsed) return parsed.nodes;
    return [plainRecord(this.#file.text, from, to, this.#column) as Node];
  }

  /** The indicator that a piece begins with, if it is one plain or quoted text. */
  #head(from: number, to: number): Head | undefined {
    const line = plainLine(this.#file.text, from + this.#column + '- '.length, to);
    const kind = line && KIND_NAMES.get(line.entry.key.text);
    const value = line?.entry.value;
    return kind && value?.type === 'scalar' && !isEmpty(value) ? { kind, value, next: line.next } : undefined;
  }
}
