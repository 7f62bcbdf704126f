/** Reads YAML 1.2 into a tree that knows the place of every key and scalar. Built on the events of js-yaml. */

import {
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  YAMLException,
} from 'js-yaml';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { SourceFile } from '../diagnostics/source-file.ts';
import { starTrap, trapOfSyntaxError } from './yaml-traps.ts';
import {
  entryOf,
  isEmpty,
  type MapNode,
  type Node,
  type ScalarNode,
  type SeqNode,
  spanOf,
} from './yaml-tree.ts';

/** What reading a file gives. */
export interface YamlResult {
  /** Absent where the file is empty or could not be read. */
  root: Node | undefined;
  diagnostics: Diagnostic[];
}

interface Range {
  start: number;
  end: number;
}

/** Maps of so many keys are searched key by key: nearly all are that small. */
const FEW_KEYS = 16;

/** So deep may lists and maps stand in one another. */
const MOST_DEPTH = 64;

/** How many mends are tried on one file, each at the cost of a new parse. */
const MOST_REPAIRS = 25;

/** Characters that YAML does not allow in a file (YAML 1.2, 5.1). `u`: half a surrogate pair, not a whole one. */
const CONTROL_CHARACTER =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\uD800-\uDFFF\uFFFE\uFFFF]/u;

/** A line break of YAML, but not of the parts that files are read in. */
const LONE_RETURN = /\r(?!\n)/;

const STYLES: Record<number, ScalarNode['style']> = {
  [SCALAR_STYLE.PLAIN]: 'plain',
  [SCALAR_STYLE.SINGLE_QUOTED]: 'single-quoted',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'double-quoted',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'literal',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'folded',
};

/**
 * Reads one YAML document. Anchors, aliases, tags, merge keys, doubled keys and further documents are refused. Where a
 * known trap of YAML made the parser fail, the trap is told instead of the syntax error, and reading goes on behind it.
 */
export function parseYaml(file: SourceFile): YamlResult {
  const control = CONTROL_CHARACTER.exec(file.text);
  if (control) return { root: undefined, diagnostics: [controlCharacter(file, control.index)] };

  const diagnostics: Diagnostic[] = [];
  const repaired: Range[] = [];
  let text = file.text;
  for (;;) {
    try {
      const events = parseEvents(text, { maxDepth: MOST_DEPTH });
      return { root: new TreeBuilder(file, text, repaired, diagnostics).build(events), diagnostics };
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      const position = Math.min(error.mark?.position ?? 0, text.length);
      const trap = trapOfSyntaxError(file, text, position, error.reason);
      diagnostics.push(trap?.diagnostic ?? syntaxError(file, position, error.reason));
      if (!trap?.repair || repaired.length >= MOST_REPAIRS) return { root: undefined, diagnostics };
      const { start, end, text: replacement } = trap.repair;
      text = text.slice(0, start) + replacement + text.slice(end);
      repaired.push({ start, end });
    }
  }
}

/** The tree of a text that may be a part of a file, of which the parser has nothing to tell. Undefined for any other. */
export function parseClean(text: string): Node | undefined {
  const file = new SourceFile('', text);
  // Inside of a file a byte order mark is a character.
  if (file.text !== text) return undefined;
  const diagnostics: Diagnostic[] = [];
  try {
    // A part stands at least one level deeper in its file.
    const events = parseEvents(text, { maxDepth: MOST_DEPTH - 1 });
    const root = new TreeBuilder(file, text, [], diagnostics).build(events);
    return diagnostics.length === 0 ? root : undefined;
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return undefined;
  }
}

/** Whether a text that may be a part of a file holds what YAML allows, and ends no line with a lone CR. */
export function isOfLines(text: string): boolean {
  return !CONTROL_CHARACTER.test(text) && !(text.includes('\r') && LONE_RETURN.test(text));
}

function controlCharacter(file: SourceFile, at: number): Diagnostic {
  const code = file.text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  return {
    code: 'RF121',
    severity: 'error',
    span: { file, start: at, end: at + 1 },
    message: `the file holds the control character U+${code}`,
  };
}

function syntaxError(file: SourceFile, position: number, reason: string): Diagnostic {
  const { line } = file.position(position);
  const range = file.lineRange(line);
  const start = Math.min(position, range.end);
  const word = /^\S+/.exec(file.text.slice(start, range.end))?.[0] ?? '';
  return {
    code: 'RF101',
    severity: 'error',
    span: { file, start, end: start + word.length },
    message: reason,
  };
}

/** Turns the flat events of a file into nodes. */
class TreeBuilder {
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
