/** NDJSON: a record a line, as a JSON object with the keys of an indicator record. */

import { SourceFile } from '../../diagnostics/source-file.ts';
import { saysNothing } from '../context-memo.ts';
import { shown } from '../words.ts';
import type { MapNode } from '../yaml-tree.ts';
import type { FeedRecords } from './feed-records.ts';
import type { FeedSink } from './feed-sink.ts';
import { JsonError, parseJson } from './json.ts';
import type { Line } from './lines.ts';

/**
 * Reads a line. Its values are raw text as in YAML, so that a number keeps its digits. `null` says nothing, nor does an
 * empty list where context is said: programs write them for what is not known.
 */
export function readJsonLine(line: Line, records: FeedRecords, sink: FeedSink): void {
  if (line.text.trim() === '') return;
  const source = new SourceFile(sink.file.path, line.text);
  const node = objectOf(line, sink);
  if (node) records.read({ ...node, entries: node.entries.filter((entry) => !saysNothing(entry)) }, source);
  sink.end([line], source);
}

function objectOf(line: Line, sink: FeedSink): MapNode | undefined {
  try {
    const node = parseJson(line.text);
    if (node.type === 'map') return node;
    const span = sink.spanOf(line, node.start, node.end);
    sink.refuse({ code: 'RF707', span, message: 'the line is JSON, but not an object' });
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const span = sink.spanOf(line, error.start, error.end);
    sink.refuse({ code: 'RF707', span, message: `the line is not a JSON object: ${shown(error.message)}` });
  }
  return undefined;
}
