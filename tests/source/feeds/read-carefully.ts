/** Reads a feed line by line with the schema alone: nothing is remembered, and no line is taken for a plain one. */

import { sortDiagnostics } from '../../../compiler/diagnostics/order.ts';
import { SourceFile } from '../../../compiler/diagnostics/source-file.ts';
import { Collector } from '../../../compiler/source/collector.ts';
import { CsvReader } from '../../../compiler/source/feeds/csv.ts';
import { FeedRecords } from '../../../compiler/source/feeds/feed-records.ts';
import { FeedSink } from '../../../compiler/source/feeds/feed-sink.ts';
import { Block } from '../../../compiler/source/feeds/lines.ts';
import { readJsonLine } from '../../../compiler/source/feeds/ndjson.ts';
import type { Defaults } from '../../../compiler/source/record-reader.ts';
import { readCollection } from '../../../compiler/source/records.ts';
import { parseYaml } from '../../../compiler/source/yaml.ts';
import { entryOf, type MapNode } from '../../../compiler/source/yaml-tree.ts';
import { HEAD, listed, told } from './help.ts';

/** The defaults of `HEAD`. */
export const DEFAULTS: Defaults['source'] = {
  status: 'active',
  confidence: 80,
  severity: 'high',
  tlp: 'clear',
  tags: ['all'],
};

/** A collector that knows what `HEAD` defines, and its defaults. */
export async function begun(): Promise<{ collector: Collector; defaults: Defaults }> {
  const collector = new Collector();
  const file = new SourceFile('test.yaml', HEAD);
  const noFeeds = { open: () => ({ chunks: (async function* () {})(), sha256: () => '' }), fromRoot: String };
  await readCollection([file], noFeeds, collector);
  collector.diagnostics.length = 0;
  const node = entryOf(parseYaml(file).root as MapNode, 'defaults')?.value as MapNode;
  return { collector, defaults: { source: DEFAULTS, nodes: [node], giveNone: 'nothing gives it' } };
}

/** Reads the text of a feed `f` of lines that are neither too long nor hold a NUL. */
export async function readCarefully(format: 'ndjson' | 'csv', text: string) {
  const { collector, defaults } = await begun();
  const sink = new FeedSink(collector, 'f');
  const records = new FeedRecords(sink, defaults, undefined);
  const csv = new CsvReader({ delimiter: ',', columns: undefined, place: undefined }, records, sink);
  const block = new Block(text.replace(/\n$/, ''), 0);
  sink.beginBlock(block);
  for (let from = 0; from <= block.text.length && text !== ''; ) {
    const to = block.lineEnd(from);
    sink.begin(from);
    if (format === 'csv') csv.read(sink.line());
    else readJsonLine(sink.line(), records, sink);
    from = to + 1;
  }
  csv.end();
  sink.finish({ file: new SourceFile('test.yaml', ''), start: 0, end: 0 });
  const ofFeed = collector.diagnostics.filter(({ span }) => span?.file.path === 'f');
  return {
    listed: listed(collector.indicators),
    contexts: collector.indicators.contexts,
    told: told(sortDiagnostics(ofFeed)),
  };
}
