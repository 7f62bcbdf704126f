/** From the inputs to the `Collection` that everything after works on. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { isError, sortDiagnostics } from '../diagnostics/order.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import type { Collection } from '../indicators/set.ts';
import { checkAgainst } from './check.ts';
import { Collector } from './collector.ts';
import { RecordReader, resolveScalar } from './record-reader.ts';
import { type FileSource, fileSchema } from './schema.ts';
import { parseYaml } from './yaml.ts';
import { entryOf, firstLineOf, isEmpty, type MapNode, type Node, spanOf } from './yaml-tree.ts';

/** What reading the inputs gives. */
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

/** Reads files of the format `indicators.yaml` as one. All that is wrong is told, not only the first. */
export function readCollection(files: readonly SourceFile[]): CollectionResult {
  const collector = new Collector();
  const read = files.map((file) => readHead(file, collector)).filter((one) => one !== undefined);
  for (const one of read) readRecords(one, collector);
  const failed = collector.diagnostics.some(isError);
  if (!failed && collector.indicators.size === 0) tellNothingFound(files[0], collector);
  const { reports, actors } = collector.definitions;
  const collection = failed ? undefined : { reports, actors, indicators: collector.indicators };
  return { collection, diagnostics: sortDiagnostics(collector.diagnostics) };
}

/** Reads the YAML of a file, and all of it but the records. */
function readHead(file: SourceFile, collector: Collector): ReadFile | undefined {
  const { root, diagnostics } = parseYaml(file);
  collector.tell(diagnostics);
  if (!root) {
    if (diagnostics.length === 0)
      collector.report({ code: 'RF115', span: { file, start: 0, end: 0 }, message: 'the file is empty' });
    return undefined;
  }
  const head: Node =
    root.type === 'map'
      ? { ...root, entries: root.entries.filter(({ key }) => key.text !== 'indicators') }
      : root;
  const checked = checkAgainst(fileSchema, head, file, 'the file', resolveScalar);
  collector.tell(checked.diagnostics);
  if (root.type !== 'map') return undefined;
  collector.definitions.add(file, root, checked.value);
  return { file, root, source: checked.value };
}

/** Reads the records of a file, when the definitions of all files are known. */
function readRecords({ file, root, source }: ReadFile, collector: Collector): void {
  collector.definitions.checkLinks(file, root);
  const defaults = entryOf(root, 'defaults')?.value;
  const defaultsNode = defaults?.type === 'map' ? defaults : undefined;
  const reader = new RecordReader(collector, file, defaultsNode, source?.defaults);
  reader.checkDefaults();
  const entry = entryOf(root, 'indicators');
  if (!entry || entry.value.broken) return;
  if (entry.value.type === 'seq') {
    for (const item of entry.value.items) reader.read(item);
  } else if (isEmpty(entry.value)) {
    const span = spanOf(file, entry.key);
    collector.report({ code: 'RF209', span, message: '`indicators` has no value' });
  } else {
    const span = firstLineOf(file, entry.value);
    const help = 'begin each record with a dash and a space: `- domain: …`';
    collector.report({ code: 'RF203', span, message: '`indicators` is not a list', help });
  }
}

function tellNothingFound(file: SourceFile | undefined, collector: Collector): void {
  const diagnostic: Diagnostic = { code: 'RF218', severity: 'warning', message: 'there are no indicators' };
  collector.tell([file ? { ...diagnostic, span: { file, start: 0, end: 0 } } : diagnostic]);
}
