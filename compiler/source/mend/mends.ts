/** What of the files of indicators can be mended without changing what they say. Feeds are never touched. */

import type { Diagnostic, Fix, Span } from '../../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../../diagnostics/order.ts';
import type { SourceFile } from '../../diagnostics/source-file.ts';
import { KINDS, type Kind } from '../../indicators/kind.ts';
import { quote } from '../../indicators/result.ts';
import type { ValueBatch } from '../../indicators/value-batch.ts';
import { Collector } from '../collector.ts';
import type { FeedFiles } from '../feeds/feed-files.ts';
import { readCollection } from '../records.ts';
import { removalsOf } from './removal.ts';
import { mendedSpelling } from './spelling.ts';

const decoder = new TextDecoder();

/** An indicator as often as a record lists it. */
interface Occurrence {
  kind: Kind;
  value: string;
  /** Its number. */
  context: number;
  span: Span;
}

/** Remembers every definition, where the set remembers the first. */
class RecordingCollector extends Collector {
  readonly occurrences: Occurrence[] = [];

  override add(
    kind: Kind,
    value: string,
    context: number,
    file: SourceFile,
    start: number,
    end: number,
  ): void {
    this.occurrences.push({ kind, value, context, span: { file, start, end } });
    super.add(kind, value, context, file, start, end);
  }

  override addAll(
    { bytes, count, codes, contexts, starts, ends }: ValueBatch,
    file: SourceFile,
    base: number,
  ): void {
    for (let at = 0; at < count; at++) {
      const [from, to] = [starts[at] as number, ends[at] as number];
      const value = decoder.decode(bytes.subarray(from, to));
      const kind = KINDS[codes[at] as number] as Kind;
      this.add(kind, value, contexts[at] as number, file, base + from, base + to);
    }
  }
}

/** Feeds are not read again: nothing in them is mended. */
export const NO_FEEDS: FeedFiles = {
  open: () => ({ chunks: (async function* () {})(), sha256: () => '' }),
  fromRoot: (path) => path,
};

/** What can be mended, as diagnostics with a `fix`: warnings of reading, and a hint for each odd spelling. */
export async function findMends(files: readonly SourceFile[]): Promise<Diagnostic[]> {
  const collector = new RecordingCollector();
  await readCollection(files, NO_FEEDS, collector);
  const removals = removalsOfAll(repeated(collector.occurrences));
  const withHostBits = new Set(
    collector.diagnostics.flatMap(({ code, span }) => (code === 'RF314' && span ? [placeOf(span)] : [])),
  );
  const masked = new Map<string, Fix>();
  const hints: Diagnostic[] = [];
  for (const occurrence of collector.occurrences) {
    if (removals.has(placeOf(occurrence.span))) continue;
    const found = respelt(occurrence);
    if (!found) continue;
    const place = placeOf(occurrence.span);
    if (withHostBits.has(place)) masked.set(place, found.fix as Fix);
    else hints.push(found);
  }
  const told = collector.diagnostics.flatMap((diagnostic): Diagnostic[] => {
    const fixes = { RF314: masked, RF350: removals }[diagnostic.code as string];
    const fix = diagnostic.span && fixes?.get(placeOf(diagnostic.span));
    return fix ? [{ ...diagnostic, fix }] : [];
  });
  return sortDiagnostics([...told, ...hints]);
}

/** The diagnostics of a session, with the mends that there are: their own, and those of what is told only now. */
export function withMends(diagnostics: readonly Diagnostic[], mends: readonly Diagnostic[]): Diagnostic[] {
  const key = ({ code, span }: Diagnostic) => `${code} ${span && placeOf(span)}`;
  const byKey = new Map(mends.map((mend) => [key(mend), mend]));
  const known = new Set(diagnostics.map(key));
  const told = diagnostics.map((diagnostic) => {
    const fix = byKey.get(key(diagnostic))?.fix;
    return fix ? { ...diagnostic, fix } : diagnostic;
  });
  return [...told, ...mends.filter((mend) => !known.has(key(mend)))];
}

/** A file's text after the mends in it. */
export function mendedText(file: SourceFile, mends: readonly Diagnostic[]): string {
  const edits = mends
    .flatMap(({ fix }) => fix?.edits ?? [])
    .filter(({ span }) => span.file === file)
    .sort((a, b) => a.span.start - b.span.start);
  const pieces: string[] = [];
  let done = 0;
  for (const { span, text } of edits) {
    pieces.push(file.text.slice(done, span.start), text);
    // Two lines cut out at the end of a file share the line break between them.
    done = Math.max(done, span.end);
  }
  return pieces.join('') + file.text.slice(done);
}

/** Whether files say the very same indicators after a mend as before. */
export async function sayTheSame(
  before: readonly SourceFile[],
  after: readonly SourceFile[],
): Promise<boolean> {
  return (await saidBy(before)) === (await saidBy(after));
}

async function saidBy(files: readonly SourceFile[]): Promise<string> {
  const collector = new Collector();
  await readCollection(files, NO_FEEDS, collector);
  const { indicators: set } = collector;
  return JSON.stringify(set.values.map((value, index) => [set.kind(index), value, set.context(index)]));
}

/** Definitions that add nothing: all before them have the same kind, value and context. */
function repeated(occurrences: readonly Occurrence[]): Span[] {
  const first = new Map<string, number | 'several'>();
  const spans: Span[] = [];
  for (const { kind, value, context, span } of occurrences) {
    const key = `${kind} ${value}`;
    const before = first.get(key);
    if (before === context) spans.push(span);
    else first.set(key, before === undefined ? context : 'several');
  }
  return spans;
}

function removalsOfAll(spans: readonly Span[]): Map<string, Fix> {
  const fixes = new Map<string, Fix>();
  const byFile = new Map<SourceFile, Set<number>>();
  for (const { file, start } of spans) byFile.set(file, (byFile.get(file) ?? new Set()).add(start));
  for (const [file, starts] of byFile) {
    for (const [start, span] of removalsOf(file, starts))
      fixes.set(`${file.path}:${start}`, { description: 'removed', edits: [{ span, text: '' }] });
  }
  return fixes;
}

/** A value in canonical spelling, where it is written otherwise. */
function respelt({ kind, value, span }: Occurrence): Diagnostic | undefined {
  const written = span.file.text.slice(span.start, span.end);
  const better = mendedSpelling(kind, written, value);
  if (better === undefined) return undefined;
  return {
    code: 'RF336',
    severity: 'hint',
    span,
    message: `${quote(written)} is not in canonical spelling`,
    help: `write ${quote(better)}`,
    fix: { description: `now ${quote(better)}`, edits: [{ span, text: better }] },
  };
}

/** Spans of two readings are of different `SourceFile`s. */
function placeOf({ file, start }: Span): string {
  return `${file.path}:${start}`;
}
