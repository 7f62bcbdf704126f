/** The indicators of a build as columns, not objects: a million must fit in a few hundred megabytes. */

import type { Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import type { Actor, Context, Report } from './context.ts';
import type { Kind } from './kind.ts';

/** Distinct indicators in the order of their first definition. An index into it stands for an indicator everywhere. */
export class IndicatorSet {
  readonly kinds: Kind[] = [];
  /** Canonical values. */
  readonly values: string[] = [];
  readonly contexts: Context[] = [];
  readonly files: SourceFile[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  /** A map for each kind: keys made of both would cost a second copy of every value. */
  readonly #index = new Map<Kind, Map<string, number>>();

  get size(): number {
    return this.values.length;
  }

  /** The index of an indicator, or -1. */
  find(kind: Kind, value: string): number {
    return this.#index.get(kind)?.get(value) ?? -1;
  }

  /** Adds an indicator that is not in the set yet and returns its index. */
  add(kind: Kind, value: string, context: Context, origin: Span): number {
    const index = this.values.length;
    const ofKind = this.#index.get(kind);
    if (ofKind) ofKind.set(value, index);
    else this.#index.set(kind, new Map([[value, index]]));
    this.kinds.push(kind);
    this.values.push(value);
    this.contexts.push(context);
    this.files.push(origin.file);
    this.starts.push(origin.start);
    this.ends.push(origin.end);
    return index;
  }

  kind(index: number): Kind {
    return this.kinds[index] as Kind;
  }

  value(index: number): string {
    return this.values[index] as string;
  }

  context(index: number): Context {
    return this.contexts[index] as Context;
  }

  /** Where the indicator was first defined. */
  origin(index: number): Span {
    return {
      file: this.files[index] as SourceFile,
      start: this.starts[index] as number,
      end: this.ends[index] as number,
    };
  }
}

/** All that the inputs say. */
export interface Collection {
  reports: ReadonlyMap<string, Report>;
  actors: ReadonlyMap<string, Actor>;
  indicators: IndicatorSet;
  /** Where files say when a report was published, by its id; of what no file says it is not known. */
  published?: ReadonlyMap<string, Span>;
}
