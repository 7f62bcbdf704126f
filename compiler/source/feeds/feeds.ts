/** Reads the feeds that a file names: `feeds` of `indicators.yaml`. */

import type { Diagnostic, Span } from '../../diagnostics/diagnostic.ts';
import type { SourceFile } from '../../diagnostics/source-file.ts';
import { kindCode } from '../../indicators/kind.ts';
import { checkAgainst } from '../check.ts';
import type { Collector } from '../collector.ts';
import { ContextMemo } from '../context-memo.ts';
import { withDefaults } from '../contexts.ts';
import { type Defaults, RecordReader, resolveScalar } from '../record-reader.ts';
import { shown } from '../words.ts';
import {
  entryOf,
  firstLineOf,
  isEmpty,
  type MapEntry,
  type MapNode,
  type Node,
  spanOf,
} from '../yaml-tree.ts';
import { CsvReader } from './csv.ts';
import { FeedError } from './feed-error.ts';
import type { FeedFiles } from './feed-files.ts';
import { FeedRecords } from './feed-records.ts';
import { FeedSink } from './feed-sink.ts';
import { type Ascii, type Block, type Line, readBlocks, SURELY_FITS } from './lines.ts';
import { readAsciiLists, readHostsLine, readListLine, readPlainHosts, readPlainList } from './list.ts';
import { readJsonLine } from './ndjson.ts';
import { PlainJson } from './plain-json.ts';
import { type FeedSource, feedSchema } from './schema.ts';

/** A file that was read. */
export interface InputFile {
  /** From the project's root. */
  path: string;
  /** Of the file as it is stored. */
  sha256: string;
}

/** A feed that was read. */
export interface ReadFeed extends InputFile {
  /** How many lines are not read, because of what is wrong with them. */
  lost: number;
}

/** A feed of a file, checked. */
interface Feed {
  source: FeedSource;
  node: MapNode;
  /** The feed's own keys, with those of the file below. */
  defaults: Defaults;
  /** As messages show it. */
  path: string;
  /** Where it is written. */
  place: Span;
}

/** Takes the lines of a feed. */
interface LineReader {
  /**
   * Reads a line that is as most are, which begins at an offset of a block. Where it is any other, nothing is read
   * and nothing told, and it says so.
   */
  readPlain?(text: string, from: number): boolean;
  /**
   * Reads a few lines of bytes that are as most are, from the one that begins at an offset. Returns where the first
   * begins that it did not read.
   */
  readAscii?(ascii: Ascii, from: number): number;
  read(line: Line): void;
  /** Takes a line that cannot be read, of which the sink has been told. */
  breakOff(line: Line): void;
  end(): void;
}

/** Reads the feeds under `entry`, one after the other. */
export async function readFeeds(
  file: SourceFile,
  entry: MapEntry,
  defaults: Defaults,
  collector: Collector,
  files: FeedFiles,
): Promise<ReadFeed[]> {
  const read: ReadFeed[] = [];
  for (const node of feedNodes(file, entry, collector)) {
    const feed = checkFeed(file, node, defaults, collector);
    const found = feed && openable(feed, collector, files) && (await readFeed(feed, collector, files));
    if (found) read.push(found);
  }
  return read;
}

function feedNodes(file: SourceFile, { key, value }: MapEntry, collector: Collector): readonly Node[] {
  if (value.broken) return [];
  if (value.type === 'seq') return value.items;
  const error = isEmpty(value)
    ? ({ code: 'RF209', span: spanOf(file, key), message: '`feeds` has no value' } as const)
    : ({ code: 'RF203', span: firstLineOf(file, value), message: '`feeds` is not a list' } as const);
  collector.tell([
    { ...error, severity: 'error', help: 'begin each feed with a dash and a space: `- path: …`' },
  ]);
  return [];
}

function checkFeed(file: SourceFile, node: Node, below: Defaults, collector: Collector): Feed | undefined {
  if (node.broken) return undefined;
  const { value: source, diagnostics } = checkAgainst(feedSchema(), node, file, 'a feed', resolveScalar);
  collector.tell(diagnostics);
  if (node.type !== 'map') return undefined;
  const reader = new RecordReader(collector, file, below);
  reader.checkContext(node);
  if (!source) return undefined;
  const ofOneKind = source.format === 'list' || source.format === 'hosts';
  const match = entryOf(node, 'match');
  if (match && ofOneKind && kindOf(source) !== 'domain')
    reader.tellUselessMatch(match, 'a feed without domains');
  if (ofOneKind && !reader.checkNeeded(node, 'the feed')) return undefined;
  const at = entryOf(node, 'path')?.value ?? node;
  return {
    source,
    node,
    path: joinPath(file.path, source.path),
    place: spanOf(file, at),
    defaults: {
      source: withDefaults(source, below.source),
      nodes: [node, ...below.nodes],
      giveNone: 'neither the feed nor `defaults` gives it',
    },
  };
}

/** Whether the path of a feed is one that the project holds. */
function openable({ source, path, place }: Feed, collector: Collector, files: FeedFiles): boolean {
  const message = pathProblem(source.path, files.fromRoot(path));
  if (message === undefined) return true;
  collector.tell([{ code: 'RF701', severity: 'error', span: place, message }]);
  return false;
}

function pathProblem(path: string, fromRoot: string): string | undefined {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return `\`${shown(path)}\` is not a relative path`;
  if (path.includes('\\')) return `\`${shown(path)}\` has a backslash`;
  // A file named on the command line can lie outside of the project's root: what is below it does as well.
  const leaves = climbs(joinPath('', path)) && climbs(fromRoot);
  return leaves ? `\`${shown(path)}\` leaves the project` : undefined;
}

function climbs(path: string): boolean {
  return path.split('/')[0] === '..';
}

async function readFeed(feed: Feed, collector: Collector, files: FeedFiles): Promise<ReadFeed | undefined> {
  const sink = new FeedSink(collector, feed.path);
  const bytes = files.open(feed.path);
  try {
    const reader = readerFor(feed, feed.place.file, sink);
    let expected = bytes.size === undefined;
    for await (const block of readBlocks(feed.path, bytes.chunks)) {
      readBlock(block, reader, sink);
      if (!expected && bytes.size !== undefined) sink.expect(bytes.size / Math.max(1, block.length));
      expected = true;
    }
    reader.end();
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    collector.tell([{ span: feed.place, ...error.diagnostic, severity: 'error' } satisfies Diagnostic]);
    return undefined;
  }
  sink.finish(feed.place);
  return { path: files.fromRoot(feed.path), sha256: bytes.sha256(), lost: sink.lost };
}

function readBlock(block: Block, reader: LineReader, sink: FeedSink): void {
  const ascii = reader.readAscii && !block.problem ? block.ascii : undefined;
  sink.beginBlock(block);
  for (let from = 0; from <= block.length; ) {
    const next = ascii && reader.readAscii ? reader.readAscii(ascii, from) : from;
    if (next > from) {
      from = next;
      continue;
    }
    const to = block.lineEnd(from);
    sink.begin(from);
    if (ascii || !readPlain(block, from, to, reader)) readLine(sink.line(), reader, sink);
    from = to + 1;
  }
  sink.endBlock();
}

/** Reads a line that is as most are, if it is one. Tells whether it did. */
function readPlain(block: Block, from: number, to: number, reader: LineReader): boolean {
  if (block.problem || to - from > SURELY_FITS) return false;
  return reader.readPlain?.(block.content(from, to), from) ?? false;
}

function readLine(line: Line, reader: LineReader, sink: FeedSink): void {
  if (!line.problem) {
    reader.read(line);
    return;
  }
  const { at, ...problem } = line.problem;
  const span = at === undefined ? sink.spanOf(line, 0, line.text.length) : sink.spanOf(line, at, at + 1);
  sink.refuse({ ...problem, span });
  reader.breakOff(line);
}

function readerFor({ source, node, defaults, path }: Feed, file: SourceFile, sink: FeedSink): LineReader {
  const memo = new ContextMemo(sink, defaults.source);
  const records = new FeedRecords(sink, defaults, memo);
  if (source.format === 'csv') {
    const delimiter = /\.tsv(?:\.gz)?$/i.test(path) ? '\t' : ',';
    const written = entryOf(node, 'columns');
    const place = written && spanOf(file, written.key);
    return new CsvReader({ delimiter, columns: source.columns, place }, records, sink);
  }
  const alone = { breakOff: (line: Line) => sink.end([line]), end: () => {} };
  if (source.format === 'ndjson') {
    const plain = new PlainJson(memo, sink);
    return {
      ...alone,
      readAscii: (ascii, from) => plain.readLines(ascii, from),
      read: (line) => readJsonLine(line, records, sink),
    };
  }
  const kind = kindOf(source);
  const list = { kind, code: kindCode(kind), context: sink.contexts.resolve(defaults.source, {}) };
  if (source.format === 'hosts')
    return {
      ...alone,
      readPlain: (text, from) => readPlainHosts(text, from, list, sink),
      read: (line) => readHostsLine(line, list, sink),
    };
  return {
    ...alone,
    readPlain: (text, from) => readPlainList(text, from, list, sink),
    readAscii: (ascii, from) => readAsciiLists(ascii, from, list, sink),
    read: (line) => readListLine(line, list, sink),
  };
}

function kindOf({ kind }: FeedSource) {
  return kind ?? 'domain';
}

/** A path from the folder of a file, without `.` and with `..` at its front only. */
function joinPath(file: string, path: string): string {
  const parts: string[] = [];
  for (const part of [...file.split('/').slice(0, -1), ...path.split('/')]) {
    if (part === '.' || (part === '' && parts.length > 0)) continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
