/** Formats of one value a line: plain lists, and the hosts files of resolvers. */

import { type Canonical, canonicalEnd, isCanonical } from '../../indicators/canonical.ts';
import type { Kind } from '../../indicators/kind.ts';
import { AT_ONCE } from '../../indicators/value-batch.ts';
import { readValue } from '../record-reader.ts';
import { shown } from '../words.ts';
import type { FeedSink } from './feed-sink.ts';
import { type Ascii, type Line, nextLine, SURELY_FITS } from './lines.ts';

/** What each line of a list is. */
export interface ListFormat {
  kind: Kind;
  /** That of the kind. */
  code: number;
  context: number | undefined;
}

/** Addresses that lead nowhere: a name that has one is blocked. */
const NOWHERE: ReadonlySet<string> = new Set(['0.0.0.0', '127.0.0.1', '::', '::1']);

/** Names of the machine itself and of its networks, with which hosts files begin. */
const OWN_NAMES: ReadonlySet<string> = new Set([
  'localhost',
  'localhost.localdomain',
  'local',
  'broadcasthost',
  'ip6-localhost',
  'ip6-loopback',
  'ip6-localnet',
  'ip6-mcastprefix',
  'ip6-allnodes',
  'ip6-allrouters',
  'ip6-allhosts',
  '0.0.0.0',
]);

/** The one of the line. */
const value: Canonical = { code: 0, prefix: 0, address: 0 };

const NOT_BLANK = /[^ \t]/;
const WORD = /[^ \t]+/g;

/** Reads a line of a list that is nothing but a canonical value; it begins at an offset of its block. Tells whether it did. */
export function readPlainList(
  text: string,
  from: number,
  { kind, context }: ListFormat,
  sink: FeedSink,
): boolean {
  if (context === undefined || !isCanonical(kind, text)) return false;
  sink.addPlain(kind, text, context, from, from + text.length);
  return true;
}

/**
 * The same of bytes, of at most so many lines as are added at once. Returns where the first begins that was not read:
 * behind them, where all were.
 */
export function readAsciiLists(
  { bytes }: Ascii,
  from: number,
  { code, context }: ListFormat,
  sink: FeedSink,
): number {
  let at = from;
  if (context === undefined) return at;
  for (let lines = 0; lines < AT_ONCE && at <= bytes.length; lines++) {
    const end = canonicalEnd(code, bytes, at, bytes.length, value);
    const next = end < 0 ? -1 : nextLine(bytes, end);
    if (next < 0 || end - at > SURELY_FITS) return at;
    sink.begin(at);
    sink.addAscii(value, context, at, end);
    at = next;
  }
  return at;
}

/** Reads a line `0.0.0.0 name` of a hosts file; it begins at an offset of its block. Tells whether it did. */
export function readPlainHosts(
  text: string,
  from: number,
  { kind, context }: ListFormat,
  sink: FeedSink,
): boolean {
  const blank = text.indexOf(' ');
  if (context === undefined || blank < 0 || !NOWHERE.has(text.slice(0, blank))) return false;
  const name = text.slice(blank + 1);
  if (!isCanonical(kind, name) || !isBlocked(name)) return false;
  sink.addPlain(kind, name, context, from + blank + 1, from + text.length);
  return true;
}

/** A line `value`, `value # comment` or `value<TAB>anything`. A tab ends the value: no value of any kind holds one. */
export function readListLine(line: Line, { kind, context }: ListFormat, sink: FeedSink): void {
  const content = line.text.slice(0, endOfContent(line.text)).trimEnd();
  const start = content.search(NOT_BLANK);
  if (start < 0) return;
  const tab = content.indexOf('\t', start);
  readPart(line, start, tab < 0 ? content.length : tab, kind, context, sink);
  if (tab >= 0) sink.countCut(line, tab, content.length);
  sink.end([line]);
}

/** A line `0.0.0.0 name name… # comment`. */
export function readHostsLine(line: Line, { kind, context }: ListFormat, sink: FeedSink): void {
  const [address, ...names] = line.text.slice(0, endOfContent(line.text)).matchAll(WORD);
  if (!address) return;
  const blocked = names.filter(([name]) => isBlocked(name));
  if (blocked.length === 0 && names.length > 0) return;
  if (names.length === 0 || !NOWHERE.has(address[0])) {
    const span = sink.spanOf(line, address.index, address.index + address[0].length);
    const word = `\`${shown(address[0])}\``;
    const message = names.length === 0 ? `${word} stands alone` : `the names lead to ${word}`;
    sink.refuse({ code: 'RF708', span, message });
  } else {
    for (const { 0: name, index } of blocked) readPart(line, index, index + name.length, kind, context, sink);
  }
  sink.end([line]);
}

function isBlocked(name: string): boolean {
  return !OWN_NAMES.has(name);
}

function readPart(
  line: Line,
  start: number,
  end: number,
  kind: Kind,
  context: number | undefined,
  sink: FeedSink,
): void {
  const text = line.text.slice(start, end).trimEnd();
  const span = sink.spanOf(line, start, start + text.length);
  readValue(sink, kind, { text, span, exact: true }, context);
}

/** Where the comment of a line begins, or its end: `#` counts at the start and behind a blank. */
function endOfContent(text: string): number {
  for (let at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at + 1))
    if (at === 0 || text[at - 1] === ' ' || text[at - 1] === '\t') return at;
  return text.length;
}
