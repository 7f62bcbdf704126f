/** Reads the records of one file into the collector. */

import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { isCanonical } from '../indicators/canonical.ts';
import type { Kind } from '../indicators/kind.ts';
import { KIND_MODULES } from '../indicators/kinds.ts';
import { checkAgainst } from './check.ts';
import type { Sink } from './collector.ts';
import type { ContextMemo } from './context-memo.ts';
import { contextShape } from './context-schema.ts';
import { NEEDED_KEYS } from './contexts.ts';
import { rawText } from './plain.ts';
import { type ContextSource, HASH_KEYS, KIND_KEYS, NUMBER_KEYS, recordSchema } from './schema.ts';
import { markMisread, type RawValue, rawValues } from './values.ts';
import { enumerated, nearest, shown } from './words.ts';
import {
  entryOf,
  firstLineOf,
  isEmpty,
  type MapEntry,
  type MapNode,
  type Node,
  spanOf,
} from './yaml-tree.ts';

/** Scalars of `indicators.yaml`: raw text, but for the keys that are numbers. */
export const resolveScalar = rawText(NUMBER_KEYS);

const RECORD_KEYS: ReadonlySet<string> = new Set([...KIND_KEYS, ...Object.keys(contextShape)]);

/** Digits of a hash in hexadecimal. */
const HASH_LENGTHS: Record<(typeof HASH_KEYS)[number], number> = {
  md5: 32,
  sha1: 40,
  sha256: 64,
  sha512: 128,
};

/** What holds for a record where it says nothing else. */
export interface Defaults {
  source: ContextSource;
  /** Where it is written, the nearest first. */
  nodes: readonly MapNode[];
  /** What gives none of a key that is missing: "`defaults` gives none". */
  giveNone: string;
}

/** Reads the records of one file. What `memo` knows of them, which has the same defaults, is not checked again. */
export class RecordReader {
  readonly sink: Sink;
  readonly file: SourceFile;
  readonly defaults: Defaults;
  readonly memo: ContextMemo | undefined;

  constructor(sink: Sink, file: SourceFile, defaults: Defaults, memo?: ContextMemo) {
    this.sink = sink;
    this.file = file;
    this.defaults = defaults;
    this.memo = memo;
  }

  /** Reads a record that is written as YAML, or as JSON. */
  read(node: Node): void {
    if (node.broken) return;
    if (node.type === 'map') this.markMisread(node);
    this.readNode(node);
  }

  /** Reads a record whose values YAML cannot have misread. */
  readNode(node: Node): void {
    const known = node.type === 'map' ? this.memo?.contextOf(node) : undefined;
    if (known !== undefined) this.readValues(node as MapNode, known);
    else this.readUnknown(node);
  }

  readUnknown(node: Node): void {
    const checked = checkAgainst(recordSchema(), node, this.file, 'a record', resolveScalar);
    this.sink.tell(checked.diagnostics);
    if (node.type !== 'map') return;
    this.checkContext(node);
    this.checkKinds(node);
    const complete = this.checkNeeded(node, 'the record');
    const context =
      complete && checked.value ? this.sink.contexts.resolve(checked.value, this.defaults.source) : undefined;
    this.readValues(node, context);
  }

  readValues(node: MapNode, context: number | undefined): void {
    for (const { key, value } of node.entries) {
      if (key.text === 'file') this.readFiles(value, context);
      else if (KIND_KEYS.has(key.text)) {
        for (const raw of rawValues(this.file, value)) readValue(this.sink, key.text as Kind, raw, context);
      }
    }
  }

  /** Tells what YAML misread in the values of a record, so that the schema does not. */
  markMisread(map: MapNode): void {
    const diagnostics: Diagnostic[] = [];
    for (const { key, value } of map.entries) {
      if (key.text !== 'file') {
        if (KIND_KEYS.has(key.text)) markMisread(this.file, value, diagnostics);
        continue;
      }
      for (const file of filesOf(value)) {
        for (const hash of file.entries) markMisread(this.file, hash.value, diagnostics);
      }
    }
    this.sink.tell(diagnostics);
  }

  /** `file`: one map or a list of them. The hashes of one file share its number. */
  readFiles(node: Node, context: number | undefined): void {
    for (const file of filesOf(node)) {
      const fileContext = context === undefined ? undefined : this.fileContext(context, file);
      for (const key of HASH_KEYS) {
        const entry = entryOf(file, key);
        if (entry) this.readHash(key, entry, fileContext);
      }
    }
  }

  fileContext(context: number, file: MapNode): number {
    const name = entryOf(file, 'name')?.value;
    const named = name?.type === 'scalar' && !isEmpty(name) ? { file_name: name.text } : {};
    const { contexts } = this.sink;
    return contexts.intern({ ...contexts.at(context), file: this.sink.newFile(), ...named });
  }

  readHash(key: (typeof HASH_KEYS)[number], entry: MapEntry, context: number | undefined): void {
    for (const value of rawValues(this.file, entry.value)) {
      const parsed = KIND_MODULES.hash.parse(value.text);
      const meant = parsed.ok
        ? HASH_KEYS.find((other) => HASH_LENGTHS[other] === parsed.value.length)
        : undefined;
      if (!meant || meant === key) readValue(this.sink, 'hash', value, context);
      else {
        this.report({
          code: 'RF216',
          span: value.span,
          message: `a hash of ${HASH_LENGTHS[meant]} digits stands under \`${key}\``,
          label: `${HASH_LENGTHS[key]} digits are expected`,
          help: `move it to \`${meant}\``,
        });
      }
    }
  }

  /** Ids that lead nowhere, and days out of order. */
  checkContext(map: MapNode): void {
    const { definitions } = this.sink;
    this.sink.tell(definitions.unknownReferences(this.file, map, 'report', 'report'));
    this.sink.tell(definitions.unknownReferences(this.file, map, 'actor', 'actor'));
    this.checkDays(map, 'first_seen', 'last_seen');
    this.checkDays(map, 'first_seen', 'expires');
  }

  checkDays(map: MapNode, earlier: string, later: string): void {
    const [from, to] = [entryOf(map, earlier)?.value, entryOf(map, later)?.value];
    if (from?.type !== 'scalar' || to?.type !== 'scalar' || from.text <= to.text || isEmpty(to)) return;
    this.warn({
      code: 'RF215',
      span: spanOf(this.file, to),
      message: `\`${later}\` is before \`${earlier}\``,
      related: [{ span: spanOf(this.file, from), message: `\`${earlier}\` is ${shown(from.text)}` }],
    });
  }

  /** A record has an indicator, and `match` only beside domains. */
  checkKinds(map: MapNode): void {
    const keys = map.entries.map((entry) => entry.key.text);
    const known = keys.every((key) => RECORD_KEYS.has(key));
    if (known && !keys.some((key) => KIND_KEYS.has(key)))
      this.report({
        code: 'RF210',
        span: firstLineOf(this.file, map),
        message: 'the record holds no indicator',
      });
    const match = entryOf(map, 'match');
    if (match && known && !keys.includes('domain')) this.tellUselessMatch(match, 'a record without a domain');
  }

  tellUselessMatch({ key }: MapEntry, where: string): void {
    this.warn({ code: 'RF214', span: spanOf(this.file, key), message: `\`match\` stands in ${where}` });
  }

  /** Tells the keys that neither the map nor the defaults give. A misspelt one has been told already. */
  checkNeeded(map: MapNode, what: string): boolean {
    const { nodes, giveNone } = this.defaults;
    const maps = [map, ...nodes];
    const missing = NEEDED_KEYS.filter((key) => !maps.some((one) => entryOf(one, key)));
    if (missing.length === 0) return true;
    const unknown = maps
      .flatMap((one) => one.entries.map(({ key }) => key.text))
      .filter((key) => !RECORD_KEYS.has(key));
    const misspelt = new Set(unknown.map((key) => nearest(key, missing)));
    const told = missing.filter((key) => !misspelt.has(key));
    if (told.length > 0) {
      const names = enumerated(told);
      this.report({
        code: 'RF211',
        span: firstLineOf(this.file, map),
        message: `${what} has no ${names}, and ${giveNone}`,
        help: `add ${names} here, or under \`defaults\` for all records`,
      });
    }
    return false;
  }

  report(diagnostic: Omit<Diagnostic, 'severity'>): void {
    this.sink.tell([{ ...diagnostic, severity: 'error' }]);
  }

  warn(diagnostic: Omit<Diagnostic, 'severity'>): void {
    this.sink.tell([{ ...diagnostic, severity: 'warning' }]);
  }
}

/** Reads one value and adds it, unless the record or the value has an error. */
export function readValue(sink: Sink, kind: Kind, value: RawValue, context: number | undefined): void {
  const { text, span } = value;
  if (context !== undefined && isCanonical(kind, text)) {
    sink.add(kind, text, context, span.file, span.start, span.end);
    return;
  }
  const parsed = KIND_MODULES[kind].parse(text);
  if (!parsed.ok) {
    const { at, ok: _, ...words } = parsed;
    sink.tell([{ ...words, severity: 'error', span: partOf(value, at) }]);
    return;
  }
  for (const note of parsed.notes) sink.tell([{ ...note, severity: 'warning', span }]);
  if (context !== undefined) sink.add(parsed.kind, parsed.value, context, span.file, span.start, span.end);
}

/** The maps under `file`: one or a list. */
function filesOf(node: Node): MapNode[] {
  const nodes = node.type === 'seq' ? node.items : [node];
  return nodes.filter((one): one is MapNode => one.type === 'map' && !one.broken);
}

/** The part of a value that is at fault, or the whole where offsets do not carry over. */
function partOf(value: RawValue, at: { start: number; end: number } | undefined): Span {
  const { file, start, end } = value.span;
  if (!at || !value.exact) return value.span;
  return { file, start: Math.min(start + at.start, end), end: Math.min(start + at.end, end) };
}
