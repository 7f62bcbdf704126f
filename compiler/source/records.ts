/** From the inputs to the `Collection` that everything after works on. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { isError, sortDiagnostics } from '../diagnostics/order.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { UnreadableFile } from '../diagnostics/stored-file.ts';
import type { Collection } from '../indicators/set.ts';
import { checkAgainst } from './check.ts';
import { Collector } from './collector.ts';
import { ContextMemo } from './context-memo.ts';
import type { FeedFiles } from './feeds/feed-files.ts';
import { type ReadFeed, readFeeds } from './feeds/feeds.ts';
import type { RecordBlock } from './record-block.ts';
import { type Defaults, RecordReader, resolveScalar } from './record-reader.ts';
import { type FileSource, fileSchema } from './schema.ts';
import { splitRecords } from './split-records.ts';
import { parseYaml } from './yaml.ts';
import { entryOf, firstLineOf, isEmpty, type MapNode, type Node, spanOf } from './yaml-tree.ts';

/** Keys of a file whose items are checked one by one. */
const READ_APART: ReadonlySet<string> = new Set(['indicators', 'feeds']);

/** What reading the inputs gives. */
export interface CollectionResult {
  /** Absent where there is an error. */
  collection: Collection | undefined;
  /** All that was found, in the order of files and places. */
  diagnostics: Diagnostic[];
  /** The feeds that were read, as often as they are named. */
  feeds: ReadFeed[];
}

/** A file whose YAML could be read. */
interface ReadFile {
  file: SourceFile;
  root: MapNode;
  /** The records, where they are not in the tree. */
  records: RecordBlock | undefined;
  /** What it says beside its records. Absent where that has an error. */
  source: FileSource | undefined;
}

/**
 * Reads files of the format `indicators.yaml` as one, and the feeds that they name. All that is wrong is told, not only
 * the first. Indicators are in the order of the files; in each, those of records stand before those of feeds.
 */
export async function readCollection(
  files: readonly SourceFile[],
  feedFiles: FeedFiles,
  collector = new Collector(),
): Promise<CollectionResult> {
  const read = files
    .map((file) => unlessLost(collector, () => readHead(file, collector)))
    .filter((one) => one !== undefined);
  const feeds: ReadFeed[] = [];
  for (const one of read) {
    const defaults = defaultsOf(one);
    unlessLost(collector, () => readRecords(one, defaults, collector));
    const entry = entryOf(one.root, 'feeds');
    if (entry) feeds.push(...(await readFeeds(one.file, entry, defaults, collector, feedFiles)));
  }
  const failed = collector.diagnostics.some(isError);
  if (!failed && collector.indicators.size === 0) collector.tell([nothingFound(files[0])]);
  const { reports, actors, published } = collector.definitions;
  const collection = failed ? undefined : { reports, actors, indicators: collector.indicators, published };
  return { collection, diagnostics: sortDiagnostics(collector.diagnostics), feeds };
}

/** Reads something of a file. A file that can no longer be read is told. */
function unlessLost<T>(collector: Collector, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    collector.tell([error.diagnostic]);
    return undefined;
  }
}

/** Reads the YAML of a file, and all of it but the records. */
function readHead(file: SourceFile, collector: Collector): ReadFile | undefined {
  const split = splitRecords(file);
  const { root, diagnostics } = split ? { ...split, diagnostics: [] } : parseYaml(file);
  collector.tell(diagnostics);
  if (!root) {
    if (diagnostics.length === 0)
      tellError(collector, { code: 'RF115', span: { file, start: 0, end: 0 }, message: 'the file is empty' });
    return undefined;
  }
  const head: Node =
    root.type === 'map'
      ? { ...root, entries: root.entries.filter(({ key }) => !READ_APART.has(key.text)) }
      : root;
  const checked = checkAgainst(fileSchema, head, file, 'the file', resolveScalar);
  collector.tell(checked.diagnostics);
  if (root.type !== 'map') return undefined;
  collector.definitions.add(file, root, checked.value);
  return { file, root, records: split?.records, source: checked.value };
}

/** Reads the records of a file, when the definitions of all files are known. */
function readRecords({ file, root, records }: ReadFile, defaults: Defaults, collector: Collector): void {
  collector.definitions.checkLinks(file, root);
  const reader = new RecordReader(collector, file, defaults, new ContextMemo(collector, defaults.source));
  for (const node of defaults.nodes) reader.checkContext(node);
  const entry = entryOf(root, 'indicators');
  if (!entry || entry.value.broken) return;
  if (records) records.read(reader, collector);
  else if (entry.value.type === 'seq') {
    for (const item of entry.value.items) reader.read(item);
  } else if (isEmpty(entry.value)) {
    const span = spanOf(file, entry.key);
    tellError(collector, { code: 'RF209', span, message: '`indicators` has no value' });
  } else {
    const span = firstLineOf(file, entry.value);
    const help = 'begin each record with a dash and a space: `- domain: …`';
    tellError(collector, { code: 'RF203', span, message: '`indicators` is not a list', help });
  }
}

function defaultsOf({ root, source }: ReadFile): Defaults {
  const node = entryOf(root, 'defaults')?.value;
  return {
    source: source?.defaults ?? {},
    nodes: node?.type === 'map' ? [node] : [],
    giveNone: '`defaults` gives none',
  };
}

function tellError(collector: Collector, diagnostic: Omit<Diagnostic, 'severity'>): void {
  collector.tell([{ ...diagnostic, severity: 'error' }]);
}

/** That the inputs hold no indicator, told at the first of them. */
export function nothingFound(file: SourceFile | undefined): Diagnostic {
  const diagnostic: Diagnostic = { code: 'RF218', severity: 'warning', message: 'there are no indicators' };
  return file ? { ...diagnostic, span: { file, start: 0, end: 0 } } : diagnostic;
}
