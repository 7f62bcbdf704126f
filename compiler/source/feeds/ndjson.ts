/** NDJSON: a record a line, as a JSON object with the keys of an indicator record. */

import { SourceFile } from '../../diagnostics/source-file.ts';
import { type Defaults, RecordReader } from '../record-reader.ts';
import { parseYaml } from '../yaml.ts';
import type { Node } from '../yaml-tree.ts';
import type { FeedSink } from './feed-sink.ts';
import type { Line } from './lines.ts';

/** Reads a line. Its values are raw text as in YAML, so that a number keeps its digits; `null` says nothing. */
export function readJsonLine(line: Line, defaults: Defaults, sink: FeedSink): void {
  if (line.text.trim() === '') return;
  const source = new SourceFile(sink.file.path, line.text);
  const message = problemOf(line.text);
  if (message !== undefined)
    sink.refuse({ code: 'RF707', span: sink.spanOf(line, 0, line.text.length), message });
  else {
    // JSON is YAML: its reader knows the place of every key and value, and finds doubled keys.
    const { root, diagnostics } = parseYaml(source);
    sink.tell(diagnostics);
    if (root) new RecordReader(sink, source, defaults).read(withoutNull(root));
  }
  sink.end([line], source);
}

/** Why a line is not a record, if so. */
function problemOf(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? undefined
      : 'the line is JSON, but not an object';
  } catch {
    return 'the line is not JSON';
  }
}

function withoutNull(node: Node): Node {
  if (node.type === 'seq') return { ...node, items: node.items.filter(isSaid).map(withoutNull) };
  if (node.type === 'scalar') return node;
  const entries = node.entries.filter(({ value }) => isSaid(value));
  return { ...node, entries: entries.map(({ key, value }) => ({ key, value: withoutNull(value) })) };
}

function isSaid(node: Node): boolean {
  return node.type !== 'scalar' || node.style !== 'plain' || node.text !== 'null';
}
