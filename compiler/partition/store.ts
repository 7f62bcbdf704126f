/** A part of a collection as the texts of its folder's files. */

import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { StreamedFile } from '../diagnostics/streamed-file.ts';
import type { GuardHit } from '../guard/guard.ts';
import type { Context } from '../indicators/context.ts';
import type { Collection } from '../indicators/set.ts';
import type { ShardCollector } from './shard-collector.ts';
import {
  BLOCK,
  type StoredBlock,
  type StoredCollection,
  type StoredDiagnostic,
  type StoredFile,
  type StoredLine,
  type StoredSpan,
} from './shard-format.ts';

/** A part that was read. */
export interface Part {
  collection: Collection;
  collector: ShardCollector;
  /** By index, ascending. */
  hits: readonly GuardHit[];
  /** Makes the path of a file, which messages show, one from the project's root. */
  fromRoot(path: string): string;
}

/** Numbers for files: those that held values first, so that all parts number them alike. */
class FileNumbers {
  readonly files: SourceFile[];
  readonly #numbers: Map<SourceFile, number>;

  constructor(files: readonly SourceFile[]) {
    this.files = [...files];
    this.#numbers = new Map(files.map((file, number) => [file, number]));
  }

  of(file: SourceFile): number {
    const known = this.#numbers.get(file);
    if (known !== undefined) return known;
    this.#numbers.set(file, this.files.length);
    return this.files.push(file) - 1;
  }

  span({ file, start, end }: Span): StoredSpan {
    return { file: this.of(file), start, end, lines: linesOf(file, start) };
  }
}

/** The line that messages show of a place. */
function linesOf(file: SourceFile, start: number): StoredLine[] {
  if (!(file instanceof StreamedFile)) return [];
  const { line } = file.position(start);
  return [[line, file.lineRange(line).start, file.line(line) ?? null]];
}

/** `shard/collection.json`. */
export function collectionText({ collection, collector, fromRoot }: Part): string {
  const numbers = new FileNumbers(collector.files);
  const { reports, actors, published } = collection;
  const diagnostics = collector.told.map((one) => storedDiagnostic(one, numbers));
  const places = Array.from(published ?? [], ([id, span]) => [id, numbers.span(span)] as const);
  // Last: what comes before may have given numbers to more files.
  const files = numbers.files.map(
    (file): StoredFile => ({ path: fromRoot(file.path), streamed: file instanceof StreamedFile }),
  );
  const stored: StoredCollection = {
    files,
    reports: [...reports.values()],
    actors: [...actors.values()],
    published: places,
    diagnostics,
    doubles: collector.doubles,
  };
  return `${JSON.stringify(stored)}\n`;
}

function storedDiagnostic(
  { span, related, fix: _, ...rest }: Diagnostic,
  numbers: FileNumbers,
): StoredDiagnostic {
  return {
    ...rest,
    ...(span && { span: numbers.span(span) }),
    ...(related && { related: related.map((one) => ({ ...one, span: numbers.span(one.span) })) }),
  };
}

/** `shard/indicators.ndjson`, line by line. */
export function* indicatorLines({ collection, collector, hits }: Part): Generator<string> {
  const { indicators: set } = collection;
  const numbers = new FileNumbers(collector.files);
  const contextNumbers = new Map<Context, number>();
  let nextHit = 0;
  for (let first = 0; first < set.size; first += BLOCK) {
    const last = Math.min(first + BLOCK, set.size);
    const block = { ...emptyBlock(), hits: [] as GuardHit[] };
    for (let index = first; index < last; index++) {
      const context = set.context(index);
      if (!contextNumbers.has(context)) {
        contextNumbers.set(context, contextNumbers.size);
        block.contexts.push(context);
      }
      const { file, start, end } = set.origin(index);
      const [line, lineStart] = linesOf(file, start)[0] ?? [0, 0];
      block.kinds.push(set.kindCode(index));
      block.values.push(set.value(index));
      block.context.push(contextNumbers.get(context) as number);
      block.ordinals.push(collector.ordinals.at(index));
      block.file.push(numbers.of(file));
      block.starts.push(start);
      block.ends.push(end);
      block.line.push(line);
      block.lineStarts.push(lineStart);
    }
    for (let hit = hits[nextHit]; hit && hit.index < last; hit = hits[++nextHit])
      block.hits.push({ ...hit, index: hit.index - first });
    yield `${JSON.stringify(block satisfies StoredBlock)}\n`;
  }
}

function emptyBlock() {
  const numbers = (): number[] => [];
  return {
    contexts: [] as Context[],
    kinds: numbers(),
    values: [] as string[],
    context: numbers(),
    ordinals: numbers(),
    file: numbers(),
    starts: numbers(),
    ends: numbers(),
    line: numbers(),
    lineStarts: numbers(),
  };
}
