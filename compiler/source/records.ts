/** From the inputs to the `Collection` that everything after works on. */

import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../diagnostics/order.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import type { Context } from '../indicators/context.ts';
import type { Kind, Parsed } from '../indicators/kind.ts';
import { KIND_MODULES } from '../indicators/kinds.ts';
import { type Collection, IndicatorSet } from '../indicators/set.ts';
import { checkAgainst } from './check.ts';
import { ContextPool, mergeContexts, NEEDED_KEYS, resolveContext } from './contexts.ts';
import { Definitions } from './definitions.ts';
import { rawText } from './plain.ts';
import {
  type ContextSource,
  type FileSource,
  fileSchema,
  HASH_KEYS,
  KIND_KEYS,
  NUMBER_KEYS,
  recordSchema,
} from './schema.ts';
import { type RawValue, readValues } from './values.ts';
import { choices, nearest, shown } from './words.ts';
import { parseYaml } from './yaml.ts';
import {
  entryOf,
  firstLineOf,
  isEmpty,
  type MapEntry,
  type MapNode,
  type Node,
  spanOf,
} from './yaml-tree.ts';

export interface CollectionResult {
  /** Absent where there is an error. */
  collection: Collection | undefined;
  /** All that was found, in the order of files and places. */
  diagnostics: Diagnostic[];
}

/** A file whose YAML could be read. */
interface ReadFile {
  file: SourceFile;
  root: MapNode;
  /** What it says beside its records. Absent where that has an error. */
  source: FileSource | undefined;
}

const resolve = rawText(NUMBER_KEYS);
const ALL_RECORD_KEYS: ReadonlySet<string> = new Set(Object.keys(recordSchema.def.shape));
const HASH_LENGTHS: Record<(typeof HASH_KEYS)[number], number> = {
  md5: 32,
  sha1: 40,
  sha256: 64,
  sha512: 128,
};

/** Reads files of the format `indicators.yaml` as one. All that is wrong is told, not only the first. */
export function readCollection(files: readonly SourceFile[]): CollectionResult {
  const reader = new CollectionReader();
  const read = files.map((file) => reader.readHead(file)).filter((one) => one !== undefined);
  for (const one of read) reader.readRecords(one);
  return reader.result(files[0]);
}

class CollectionReader {
  readonly diagnostics: Diagnostic[] = [];
  readonly definitions = new Definitions(this.diagnostics);
  readonly indicators = new IndicatorSet();
  readonly contexts = new ContextPool();
  /** The number of the next file whose hashes belong together. */
  nextFile = 0;

  /** Reads the YAML of a file, and all of it but the records. */
  readHead(file: SourceFile): ReadFile | undefined {
    const { root, diagnostics } = parseYaml(file);
    this.diagnostics.push(...diagnostics);
    if (!root) {
      if (diagnostics.length === 0)
        this.report({ code: 'RF115', span: { file, start: 0, end: 0 }, message: 'the file is empty' });
      return undefined;
    }
    const head: Node =
      root.type === 'map'
        ? { ...root, entries: root.entries.filter(({ key }) => key.text !== 'indicators') }
        : root;
    const checked = checkAgainst(fileSchema, head, file, 'the file', resolve);
    this.diagnostics.push(...checked.diagnostics);
    if (root.type !== 'map') return undefined;
    this.definitions.add(file, root, checked.value);
    return { file, root, source: checked.value };
  }

  readRecords({ file, root, source }: ReadFile): void {
    this.definitions.checkLinks(file, root);
    const defaults = entryOf(root, 'defaults')?.value;
    const records = new RecordReader(
      this,
      file,
      defaults?.type === 'map' ? defaults : undefined,
      source?.defaults,
    );
    records.checkDefaults();
    const entry = entryOf(root, 'indicators');
    if (!entry || entry.value.broken) return;
    if (entry.value.type === 'seq') for (const item of entry.value.items) records.read(item);
    else if (isEmpty(entry.value))
      this.report({ code: 'RF209', span: spanOf(file, entry.key), message: '`indicators` has no value' });
    else {
      const span = firstLineOf(file, entry.value);
      this.report({
        code: 'RF203',
        span,
        message: '`indicators` is not a list',
        help: 'begin each record with `- `',
      });
    }
  }

  result(file: SourceFile | undefined): CollectionResult {
    const failed = () => this.diagnostics.some((one) => one.severity === 'error');
    if (this.indicators.size === 0 && file && !failed()) {
      const diagnostic: Diagnostic = {
        code: 'RF218',
        severity: 'warning',
        message: 'there are no indicators',
      };
      this.diagnostics.push({ ...diagnostic, span: { file, start: 0, end: 0 } });
    }
    const { reports, actors } = this.definitions;
    const collection = failed() ? undefined : { reports, actors, indicators: this.indicators };
    return { collection, diagnostics: sortDiagnostics(this.diagnostics) };
  }

  /** Adds an indicator, or joins it with the same one found before. */
  add({ kind, value }: Parsed, context: Context, span: Span): void {
    const index = this.indicators.find(kind, value);
    if (index < 0) {
      this.indicators.add(kind, value, this.contexts.intern(context), span);
      return;
    }
    const merged = mergeContexts(this.indicators.context(index), context);
    this.indicators.contexts[index] = this.contexts.intern(merged);
    this.diagnostics.push({
      code: 'RF350',
      severity: 'warning',
      span,
      message: `\`${shown(value)}\` is listed twice`,
      label: 'again here',
      related: [{ span: this.indicators.origin(index), message: 'first defined here' }],
    });
  }

  report(diagnostic: Omit<Diagnostic, 'severity'>): void {
    this.diagnostics.push({ ...diagnostic, severity: 'error' });
  }
}

/** Reads the records of one file. */
class RecordReader {
  readonly collection: CollectionReader;
  readonly file: SourceFile;
  readonly defaultsNode: MapNode | undefined;
  readonly defaults: ContextSource;

  constructor(
    collection: CollectionReader,
    file: SourceFile,
    defaultsNode: MapNode | undefined,
    defaults: ContextSource = {},
  ) {
    this.collection = collection;
    this.file = file;
    this.defaultsNode = defaultsNode;
    this.defaults = defaults;
  }

  checkDefaults(): void {
    if (this.defaultsNode) this.checkContext(this.defaultsNode);
  }

  read(node: Node): void {
    if (node.broken) return;
    const values = node.type === 'map' ? this.kindEntries(node) : [];
    const checked = checkAgainst(recordSchema, node, this.file, 'a record', resolve);
    this.collection.diagnostics.push(...checked.diagnostics);
    if (node.type !== 'map') return;
    this.checkContext(node);
    this.checkKinds(node);
    const complete = this.checkNeeded(node);
    const context = complete && checked.value ? resolveContext(checked.value, this.defaults) : undefined;
    for (const { kind, value } of values) this.readValue(kind, value, context);
    const file = entryOf(node, 'file');
    if (file) this.readFiles(file.value, context);
  }

  /** The raw values of all kinds of a record but `file`. */
  kindEntries(map: MapNode): { kind: Kind; value: RawValue }[] {
    return map.entries.flatMap((entry) => {
      const kind = entry.key.text;
      if (kind === 'file' || !KIND_KEYS.includes(kind as Kind)) return [];
      return readValues(this.file, entry, this.collection.diagnostics).map((value) => ({
        kind: kind as Kind,
        value,
      }));
    });
  }

  /** Reads one value and adds it, unless the record or the value has an error. */
  readValue(kind: Kind, value: RawValue, context: Context | undefined): Parsed | undefined {
    const parsed = KIND_MODULES[kind].parse(value.text);
    if (!parsed.ok) {
      const { at, ok: _, ...words } = parsed;
      this.collection.report({ ...words, span: partOf(value, at) });
      return undefined;
    }
    for (const note of parsed.notes)
      this.collection.diagnostics.push({ ...note, severity: 'warning', span: value.span });
    if (context) this.collection.add(parsed, context, value.span);
    return parsed;
  }

  /** `file`: one map or a list of them. The hashes of one file share its number. */
  readFiles(node: Node, context: Context | undefined): void {
    for (const file of node.type === 'seq' ? node.items : [node]) {
      if (file.type !== 'map' || file.broken) continue;
      const number = this.collection.nextFile++;
      const name = entryOf(file, 'name')?.value;
      const fileContext: Context | undefined = context && {
        ...context,
        file: number,
        ...(name?.type === 'scalar' && !isEmpty(name) ? { file_name: name.text } : {}),
      };
      for (const key of HASH_KEYS) {
        const entry = entryOf(file, key);
        if (entry) this.readHash(key, entry, fileContext);
      }
    }
  }

  readHash(key: (typeof HASH_KEYS)[number], entry: MapEntry, context: Context | undefined): void {
    for (const value of readValues(this.file, entry, this.collection.diagnostics)) {
      const parsed = KIND_MODULES.hash.parse(value.text);
      const meant = parsed.ok
        ? HASH_KEYS.find((other) => HASH_LENGTHS[other] === parsed.value.length)
        : undefined;
      if (!meant || meant === key) this.readValue('hash', value, context);
      else {
        this.collection.report({
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
    this.collection.definitions.checkReferences(this.file, map, 'report', 'report');
    this.collection.definitions.checkReferences(this.file, map, 'actor', 'actor');
    this.checkDays(map, 'first_seen', 'last_seen');
    this.checkDays(map, 'first_seen', 'expires');
  }

  checkDays(map: MapNode, earlier: string, later: string): void {
    const [from, to] = [entryOf(map, earlier)?.value, entryOf(map, later)?.value];
    if (from?.type !== 'scalar' || to?.type !== 'scalar' || from.text <= to.text || isEmpty(to)) return;
    this.collection.diagnostics.push({
      code: 'RF215',
      severity: 'warning',
      span: spanOf(this.file, to),
      message: `\`${later}\` is before \`${earlier}\``,
      related: [{ span: spanOf(this.file, from), message: `\`${earlier}\` is ${shown(from.text)}` }],
    });
  }

  /** A record has an indicator, and `match` only beside domains. */
  checkKinds(map: MapNode): void {
    const keys = map.entries.map((entry) => entry.key.text);
    const known = keys.every((key) => ALL_RECORD_KEYS.has(key));
    if (known && !keys.some((key) => KIND_KEYS.includes(key as Kind)))
      this.collection.report({
        code: 'RF210',
        span: firstLineOf(this.file, map),
        message: 'the record holds no indicator',
      });
    const match = entryOf(map, 'match');
    if (match && known && !keys.includes('domain')) {
      const message = '`match` stands in a record without a domain';
      this.collection.diagnostics.push({
        code: 'RF214',
        severity: 'warning',
        span: spanOf(this.file, match.key),
        message,
      });
    }
  }

  /** Tells the keys that neither the record nor the defaults give. A misspelt one has been told already. */
  checkNeeded(map: MapNode): boolean {
    const maps = this.defaultsNode ? [map, this.defaultsNode] : [map];
    const missing = NEEDED_KEYS.filter((key) => !maps.some((one) => entryOf(one, key)));
    if (missing.length === 0) return true;
    const unknown = maps
      .flatMap((one) => one.entries.map(({ key }) => key.text))
      .filter((key) => !ALL_RECORD_KEYS.has(key));
    const misspelt = new Set(unknown.map((key) => nearest(key, missing)));
    const told = missing.filter((key) => !misspelt.has(key));
    if (told.length > 0) {
      const names = choices(told).replace(' or ', ' and ');
      this.collection.report({
        code: 'RF211',
        span: firstLineOf(this.file, map),
        message: `the record has no ${names}, and \`defaults\` gives none`,
        help: `add ${names} here, or under \`defaults\` for all records`,
      });
    }
    return false;
  }
}

/** The part of a value that is at fault, or the whole where offsets do not carry over. */
function partOf(value: RawValue, at: { start: number; end: number } | undefined): Span {
  const { file, start, end } = value.span;
  if (!at || !value.exact) return value.span;
  return { file, start: Math.min(start + at.start, end), end: Math.min(start + at.end, end) };
}
