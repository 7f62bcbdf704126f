/** Makes a tree of the events of js-yaml. What Refang refuses of YAML is told here, with its place. */

import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { starTrap } from './yaml-traps.ts';
import {
  entryOf,
  isEmpty,
  type MapNode,
  type Node,
  type ScalarNode,
  type SeqNode,
  spanOf,
} from './yaml-tree.ts';

/** A stretch of a text. */
export interface Range {
  start: number;
  end: number;
}

/** Maps of so many keys are searched key by key: nearly all are that small. */
const FEW_KEYS = 16;

const STYLES: Record<number, ScalarNode['style']> = {
  [SCALAR_STYLE.PLAIN]: 'plain',
  [SCALAR_STYLE.SINGLE_QUOTED]: 'single-quoted',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'double-quoted',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'literal',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'folded',
};

/** Turns the flat events of a file into nodes. */
export class TreeBuilder {
  readonly file: SourceFile;
  /** The file's text, with repaired stretches overwritten. */
  readonly text: string;
  readonly repaired: readonly Range[];
  readonly diagnostics: Diagnostic[];
  readonly anchors = new Set<string>();
  events: readonly Event[] = [];
  next = 0;
  /** The end of what was read last: the place of an empty value. */
  lastEnd = 0;

  constructor(file: SourceFile, text: string, repaired: readonly Range[], diagnostics: Diagnostic[]) {
    this.file = file;
    this.text = text;
    this.repaired = repaired;
    this.diagnostics = diagnostics;
  }

  build(events: readonly Event[]): Node | undefined {
    this.events = events;
    if (events.length === 0) return undefined;
    this.next = 1; // behind the DOCUMENT event
    const root = this.events[1]?.type === EVENT_ID.POP ? undefined : this.node();
    this.next += 1;
    if (this.next < events.length) this.refuseDocuments();
    return root;
  }

  node(): Node {
    const event = this.events[this.next++] as Event;
    switch (event.type) {
      case EVENT_ID.MAPPING:
        this.refuseProperties(event);
        return this.map(event.start);
      case EVENT_ID.SEQUENCE:
        this.refuseProperties(event);
        return this.seq(event.start);
      case EVENT_ID.SCALAR:
        return this.scalar(event);
      case EVENT_ID.ALIAS:
        return this.alias(event);
      default:
        throw new Error(`unexpected YAML event ${event.type}`);
    }
  }

  map(start: number): MapNode {
    const map: MapNode = { type: 'map', start, end: start, entries: [], flow: this.text[start] === '{' };
    let seen: Map<string, ScalarNode> | undefined;
    while (!this.pop()) {
      const key = this.node();
      const value = this.node();
      if (key.type !== 'scalar') this.refuseComplexKey(key);
      else if (key.broken) continue;
      else if (key.text === '__proto__') this.refusePrototype(key);
      else if (key.text === '<<' && key.style === 'plain') this.refuseMergeKey(key);
      else {
        const first = seen ? seen.get(key.text) : entryOf(map, key.text)?.key;
        if (first) {
          this.refuseDoubledKey(key, first);
          continue;
        }
        if (map.entries.length === FEW_KEYS)
          seen = new Map(map.entries.map((entry) => [entry.key.text, entry.key]));
        seen?.set(key.text, key);
        if (isEmpty(value) && this.repaired.some((range) => range.start === key.end + 1)) value.broken = true;
        map.entries.push({ key, value });
      }
    }
    map.end = this.close(start, '{}');
    return map;
  }

  seq(start: number): SeqNode {
    const flow = this.text[start] === '[';
    const seq: SeqNode = { type: 'seq', start, end: start, items: [], flow };
    while (!this.pop()) {
      const before = this.lastEnd;
      const item = this.node();
      if (isEmpty(item) && !flow) this.placeAtDash(item, Math.max(before, start));
      seq.items.push(item);
    }
    seq.end = this.close(start, '[]');
    return seq;
  }

  /** An empty item of a list stands where its dash is. */
  placeAtDash(item: Node, from: number): void {
    // What was read last may be a key without a value.
    const blank = /:?(?:\s+|#[^\r\n]*)*/y;
    blank.lastIndex = from;
    blank.exec(this.text);
    item.start = blank.lastIndex;
    item.end = Math.min(item.start + 1, this.text.length);
    this.lastEnd = item.end;
  }

  scalar(event: ScalarEvent): ScalarNode {
    const text = getScalarValue(this.text, event);
    const empty = event.valueStart < 0;
    const start = empty ? this.lastEnd : event.valueStart;
    const end = empty ? this.lastEnd : event.valueEnd;
    const node: ScalarNode = { type: 'scalar', start, end, text, style: STYLES[event.style] ?? 'plain' };
    if (this.repaired.length > 0 && this.repaired.some((range) => range.start < end && start < range.end))
      node.broken = true;
    if (this.refuseProperties(event) && empty) node.broken = true;
    const quoted = node.style === 'single-quoted' || node.style === 'double-quoted';
    this.lastEnd = Math.max(this.lastEnd, quoted ? end + 1 : end, event.anchorEnd, event.tagEnd);
    return node;
  }

  alias(event: { anchorStart: number; anchorEnd: number }): ScalarNode {
    const start = event.anchorStart - 1;
    const end = event.anchorEnd;
    this.lastEnd = end;
    const name = this.text.slice(event.anchorStart, end);
    this.diagnostics.push(
      this.anchors.has(name)
        ? {
            code: 'RF110',
            severity: 'error',
            span: { file: this.file, start, end },
            message: `\`*${name}\` is a YAML alias, which Refang does not read`,
          }
        : starTrap(this.file, start, end),
    );
    return { type: 'scalar', start, end, text: `*${name}`, style: 'plain', broken: true };
  }

  /** Steps over the end of a collection, if it is the next event. */
  pop(): boolean {
    if (this.events[this.next]?.type !== EVENT_ID.POP) return false;
    this.next += 1;
    return true;
  }

  /** The end of a collection: the events do not tell it. */
  close(start: number, bracket: '[]' | '{}'): number {
    // A pair in a flow list, `[a: b]`, is a map without braces.
    if (this.text[start] === bracket[0]) {
      const at = this.text.indexOf(bracket.charAt(1), Math.max(this.lastEnd, start + 1));
      if (at >= 0) this.lastEnd = at + 1;
    }
    return Math.max(this.lastEnd, start);
  }

  /** Refuses an anchor or a tag. */
  refuseProperties(event: {
    anchorStart: number;
    anchorEnd: number;
    tagStart: number;
    tagEnd: number;
  }): boolean {
    if (event.anchorStart < 0 && event.tagStart < 0) return false;
    const refuse = (start: number, end: number, what: string) => {
      const span = { file: this.file, start, end };
      const message = `\`${this.text.slice(start, end)}\` is a YAML ${what}, which Refang does not read`;
      this.diagnostics.push({ code: 'RF110', severity: 'error', span, message });
      this.lastEnd = Math.max(this.lastEnd, end);
    };
    if (event.anchorStart >= 0) {
      this.anchors.add(this.text.slice(event.anchorStart, event.anchorEnd));
      refuse(event.anchorStart - 1, event.anchorEnd, 'anchor');
    }
    if (event.tagStart >= 0) refuse(event.tagStart, event.tagEnd, 'tag');
    return true;
  }

  refuseComplexKey(key: Node): void {
    this.diagnostics.push({
      code: 'RF114',
      severity: 'error',
      span: { file: this.file, start: key.start, end: Math.max(key.start + 1, key.end) },
      message: 'a list or a map stands where a key should be',
    });
  }

  /** JavaScript gives this key a meaning that no file of ours may use. */
  refusePrototype(key: ScalarNode): void {
    const span = spanOf(this.file, key);
    this.diagnostics.push({ code: 'RF201', severity: 'error', span, message: '`__proto__` is no key' });
  }

  refuseMergeKey(key: ScalarNode): void {
    this.diagnostics.push({
      code: 'RF110',
      severity: 'error',
      span: spanOf(this.file, key),
      message: '`<<` is a YAML merge key, which Refang does not read',
    });
  }

  refuseDoubledKey(key: ScalarNode, first: ScalarNode): void {
    this.diagnostics.push({
      code: 'RF109',
      severity: 'error',
      span: spanOf(this.file, key),
      message: `the key \`${key.text}\` stands here twice`,
      label: 'again here',
      related: [{ span: spanOf(this.file, first), message: 'first here' }],
    });
  }

  refuseDocuments(): void {
    const marker = /^---(?=\s|$)/gm;
    marker.lastIndex = this.lastEnd;
    const start = marker.exec(this.text)?.index ?? this.lastEnd;
    this.diagnostics.push({
      code: 'RF111',
      severity: 'error',
      span: { file: this.file, start, end: Math.min(start + 3, this.text.length) },
      message: 'a second YAML document begins here',
    });
  }
}
