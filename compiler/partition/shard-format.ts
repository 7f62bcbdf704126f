/** What a shard folder holds: `shard/collection.json` and `shard/indicators.ndjson`, a block of many indicators a line. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { GuardHit } from '../guard/guard.ts';
import type { Actor, Context, Report } from '../indicators/context.ts';

/** The paths in the folder. */
export const COLLECTION_PATH = 'shard/collection.json';
export const INDICATORS_PATH = 'shard/indicators.ndjson';

/** So many indicators stand on one line. */
export const BLOCK = 4096;

/** A line of a streamed file: its number from 1, where it begins, and its text where messages show it. */
export type StoredLine = readonly [number: number, start: number, text: string | null];

/** A place: the number of its file, and offsets; of a streamed file also the lines it is in. */
export interface StoredSpan {
  file: number;
  start: number;
  end: number;
  lines: readonly StoredLine[];
}

/** A diagnostic of reading. Mends are not kept: a build shows none. */
export interface StoredDiagnostic extends Omit<Diagnostic, 'span' | 'related' | 'fix'> {
  span?: StoredSpan;
  related?: readonly { span: StoredSpan; message: string }[];
}

/** A file that places are in, relative to the project's root. Those that are not streamed are inputs of the project. */
export interface StoredFile {
  path: string;
  streamed: boolean;
}

/** All of a part but its indicators. */
export interface StoredCollection {
  files: readonly StoredFile[];
  reports: readonly Report[];
  actors: readonly Actor[];
  published: readonly (readonly [report: string, span: StoredSpan])[];
  diagnostics: readonly StoredDiagnostic[];
  /** By the number of a file: how many of its values are listed before. */
  doubles: readonly number[];
}

/** Indicators as columns, in the order in which they were first listed. */
export interface StoredBlock {
  /** Those that no block before has: numbers of contexts go on from block to block. */
  contexts: readonly Context[];
  /** Places in `KINDS`. */
  kinds: readonly number[];
  values: readonly string[];
  context: readonly number[];
  /** The places in the order of all parts. */
  ordinals: readonly number[];
  /** Where each is first listed: the number of the file, offsets; the line and its begin, 0 where the file is not streamed. */
  file: readonly number[];
  starts: readonly number[];
  ends: readonly number[];
  line: readonly number[];
  lineStarts: readonly number[];
  /** What guards say; `index` is the place in this block. */
  hits: readonly GuardHit[];
}

/** Whether a value has the lists that all of a part but its indicators has. */
export function isCollection(value: unknown): value is StoredCollection {
  const { files, reports, actors, published, diagnostics, doubles } = (value ??
    {}) as Partial<StoredCollection>;
  return [files, reports, actors, published, diagnostics, doubles].every(Array.isArray);
}

/** Whether a value has the columns of a block, all of one length. */
export function isBlock(value: unknown): value is StoredBlock {
  const { contexts, hits, ...columns } = (value ?? {}) as StoredBlock;
  const { kinds, values, context, ordinals, file, starts, ends, line, lineStarts } = columns;
  return (
    [contexts, hits].every(Array.isArray) &&
    [kinds, values, context, ordinals, file, starts, ends, line, lineStarts].every(
      (column) => Array.isArray(column) && column.length === values.length,
    )
  );
}
