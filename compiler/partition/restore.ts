/** The parts of a collection as the one that they are parts of, its indicators in the order in which they were first listed. */

import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../diagnostics/order.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import type { GuardHit } from '../guard/guard.ts';
import { KINDS, type Kind } from '../indicators/kind.ts';
import { type Collection, IndicatorSet } from '../indicators/set.ts';
import { ContextPool } from '../source/context-pool.ts';
import { listedBefore } from '../source/feeds/feed-sink.ts';
import { RestoredFiles } from './restored-files.ts';
import type { StoredBlock, StoredCollection, StoredDiagnostic } from './shard-format.ts';

/** A part, as it is stored. */
export interface StoredPart {
  collection: StoredCollection;
  /** About how many indicators it holds. */
  size: number;
  /** Drawn once, block by block. */
  blocks: Iterable<StoredBlock>;
}

/** What the parts are together. */
export interface Restored {
  collection: Collection;
  hits: GuardHit[];
  /** Those of reading, in the order of files and places. */
  diagnostics: Diagnostic[];
}

/** The file of a stored path: one of the project's inputs, or what a feed's places are in. */
export type OpenFile = (path: string, streamed: boolean) => SourceFile;

/**
 * Joins all parts; `heard` is told of so many more indicators. Throws RangeError where they do not fit together: an
 * indicator that two have, or numbers that lead nowhere.
 */
export function restore(
  parts: readonly StoredPart[],
  open: OpenFile,
  heard: (indicators: number) => void = () => {},
): Restored {
  const [first] = parts as [StoredPart, ...StoredPart[]];
  // Every part reads all inputs, so all know the same files; of those that held no value only the first is asked.
  const files = new RestoredFiles(first.collection.files.map(({ path, streamed }) => open(path, streamed)));
  const { indicators, hits } = restoreIndicators(parts, files, heard);
  const diagnostics = readingDiagnostics(
    parts.map(({ collection }) => collection),
    files,
  );
  const { reports, actors, published } = first.collection;
  const collection: Collection = {
    reports: new Map(reports.map((report) => [report.id, report])),
    actors: new Map(actors.map((actor) => [actor.id, actor])),
    indicators,
    published: new Map(published.map(([id, span]) => [id, files.span(span)])),
  };
  files.finish();
  return { collection, hits, diagnostics: sortDiagnostics(diagnostics) };
}

/** A part while its indicators are taken, the next of them first. */
class Cursor {
  readonly #blocks: Iterator<StoredBlock>;
  readonly #pool: ContextPool;
  readonly #heard: (indicators: number) => void;
  /** Numbers in the whole, by those in the part. */
  readonly #contexts: number[] = [];
  #block: StoredBlock | undefined;
  #at = 0;
  #nextHit = 0;
  /** The place in the order of all parts; infinite behind the last. */
  ordinal = Number.POSITIVE_INFINITY;

  constructor({ blocks }: StoredPart, pool: ContextPool, heard: (indicators: number) => void) {
    this.#blocks = blocks[Symbol.iterator]();
    this.#pool = pool;
    this.#heard = heard;
    this.#open();
  }

  /** Takes the next indicator into the set, and what guards say of it. */
  take(set: IndicatorSet, files: RestoredFiles, hits: GuardHit[]): void {
    const block = this.#block as StoredBlock;
    const at = this.#at;
    const kind = KINDS[block.kinds[at] as number];
    const value = block.values[at];
    const context = this.#contexts[block.context[at] as number];
    if (kind === undefined || typeof value !== 'string' || context === undefined)
      throw new RangeError('a row is not whole');
    const [start, end] = [block.starts[at] as number, block.ends[at] as number];
    const file = files.at(block.file[at] as number);
    addNew(set, kind, value, context, { file, start, end });
    files.note(file, block.line[at] as number, block.lineStarts[at] as number);
    for (let hit = block.hits[this.#nextHit]; hit?.index === at; hit = block.hits[++this.#nextHit])
      hits.push({ ...hit, index: set.size - 1 });
    this.#at += 1;
    if (this.#at < block.values.length) this.ordinal = block.ordinals[this.#at] as number;
    else this.#open();
  }

  #open(): void {
    this.#heard(this.#at);
    const next = this.#blocks.next();
    this.#block = next.done ? undefined : next.value;
    this.#at = 0;
    this.#nextHit = 0;
    for (const context of this.#block?.contexts ?? []) this.#contexts.push(this.#pool.intern(context));
    this.ordinal = this.#block?.ordinals[0] ?? Number.POSITIVE_INFINITY;
  }
}

function addNew(set: IndicatorSet, kind: Kind, value: string, context: number, origin: Span): void {
  const { file, start, end } = origin;
  if (set.findOrAdd(kind, value, context, file, start, end) >= 0)
    throw new RangeError(`two parts have the same ${kind}`);
}

function restoreIndicators(
  parts: readonly StoredPart[],
  files: RestoredFiles,
  heard: (indicators: number) => void,
) {
  const indicators = new IndicatorSet();
  indicators.expect(parts.reduce((sum, { size }) => sum + size, 0));
  const hits: GuardHit[] = [];
  const pool = new ContextPool(indicators);
  const cursors = parts.map((part) => new Cursor(part, pool, heard));
  for (let next = firstOf(cursors); next; next = firstOf(cursors)) next.take(indicators, files, hits);
  return { indicators, hits };
}

/** The one whose indicator was listed first; undefined when all are done. */
function firstOf(cursors: readonly Cursor[]): Cursor | undefined {
  let first: Cursor | undefined;
  for (const cursor of cursors)
    if (cursor.ordinal < (first?.ordinal ?? Number.POSITIVE_INFINITY)) first = cursor;
  return first;
}

/** What is found of indicators that are listed again: each part tells it of its own. */
const OF_DOUBLES: ReadonlySet<string> = new Set(['RF350', 'RF712']);

/** What reading one after another would have told. Lines are read by every part, which tells the same of them. */
function readingDiagnostics(parts: readonly StoredCollection[], files: RestoredFiles): Diagnostic[] {
  const [first] = parts;
  const ofLines = first?.diagnostics.filter(({ code }) => !OF_DOUBLES.has(code)) ?? [];
  const doubles = parts.flatMap(({ diagnostics }) => diagnostics.filter(({ code }) => code === 'RF350'));
  return [...[...ofLines, ...doubles].map((one) => files.diagnostic(one)), ...doublesOfFeeds(parts, files)];
}

/** One finding a feed: the first of its doubles in any part, and how many there are in all. */
function doublesOfFeeds(parts: readonly StoredCollection[], files: RestoredFiles): Diagnostic[] {
  const firsts = new Map<number, StoredDiagnostic>();
  for (const one of parts.flatMap(({ diagnostics }) => diagnostics)) {
    const place = one.related?.[0]?.span;
    if (one.code !== 'RF712' || !place) continue;
    const known = firsts.get(place.file)?.related?.[0]?.span;
    if (!known || place.start < known.start) firsts.set(place.file, one);
  }
  return Array.from(firsts, ([file, one]) => {
    const count = parts.reduce((sum, { doubles }) => sum + (doubles[file] ?? 0), 0);
    return files.diagnostic({ ...one, message: listedBefore(files.at(file).path, count) });
  });
}
