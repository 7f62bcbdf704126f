/** The indicators of a build as columns, not objects: a million must fit in a few hundred megabytes. */

import type { Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { AsciiBuffer } from './ascii.ts';
import { Column } from './column.ts';
import type { Actor, Context, Report } from './context.ts';
import { KINDS, type Kind } from './kind.ts';
import { type JoinedTexts, TextColumn } from './text-column.ts';
import { type AsciiValue, hashOf, ValueIndex } from './value-index.ts';

const CODES = new Map(KINDS.map((kind, code) => [kind, code]));

/** The number that stands for a kind in columns: its place in `KINDS`. */
export function kindCode(kind: Kind): number {
  return CODES.get(kind) as number;
}

function wideKey(code: number, value: string): string {
  return `${code} ${value}`;
}

/** Spans of so many characters and more are kept apart. */
const LONG = 0xffff;

/**
 * Distinct indicators in the order of their first definition, until they are put into another one. An index into it stands
 * for an indicator everywhere.
 */
export class IndicatorSet {
  readonly #kinds = new Column((size) => new Uint8Array(size));
  #values = new TextColumn();
  readonly #index = new ValueIndex({
    is: (index, kind, bytes, from, to) =>
      this.#values.is(index, bytes, from, to) && this.#kinds.at(index) === kind,
  });
  /** The indexes of values that are not ASCII, by kind and value. */
  readonly #wide = new Map<string, number>();
  readonly #ascii = new AsciiBuffer();
  readonly #contextTable: Context[] = [];
  readonly #given = new Map<Context, number>();
  readonly #contextOf = new Column((size) => new Uint32Array(size));
  /** By index, the place in the order of definitions, and the other way round; undefined where that is the order. */
  #defined: Uint32Array | undefined;
  #places: Uint32Array | undefined;
  /** By that place: indicators of one file follow one another: where each run begins, and its file. */
  readonly #runs: { first: number; file: SourceFile }[] = [];
  #lastFile: SourceFile | undefined;
  readonly #starts = new Column((size) => new Uint32Array(size));
  readonly #lengths = new Column((size) => new Uint16Array(size));
  readonly #longLengths = new Map<number, number>();

  get size(): number {
    return this.#kinds.size;
  }

  /** The index of an indicator, or -1. */
  find(kind: Kind, value: string): number {
    const code = kindCode(kind);
    const ascii = this.#ascii;
    if (ascii.take(value)) return this.#index.find(code, ascii.bytes, 0, ascii.length);
    return this.#wide.get(wideKey(code, value)) ?? -1;
  }

  /** The index of the longest name above a domain that is in the set as well, or -1. */
  findParent(index: number): number {
    const ascii = this.#ascii;
    if (!ascii.take(this.#values.at(index))) return -1;
    return this.#index.findParent(this.#kinds.at(index), ascii.bytes, ascii.length);
  }

  /** Adds an indicator that is not in the set yet and returns its index. Throws RangeError for one that is. */
  add(kind: Kind, value: string, context: Context, origin: Span): number {
    const number = this.#numberOf(context);
    const before = this.findOrAdd(kind, value, number, origin.file, origin.start, origin.end);
    if (before >= 0) throw new RangeError(`added twice: ${kind} ${value}`);
    return this.size - 1;
  }

  /** The index of an indicator that is in the set, or -1 after adding it with the context of a number. */
  findOrAdd(
    kind: Kind,
    value: string,
    context: number,
    file: SourceFile,
    start: number,
    end: number,
  ): number {
    const code = kindCode(kind);
    const ascii = this.#ascii;
    if (ascii.take(value)) {
      const { bytes, length: to } = ascii;
      const hash = hashOf(code, bytes, 0, to);
      return this.findOrAddAscii({ code, bytes, from: 0, to, hash }, context, file, start, end);
    }
    const key = wideKey(code, value);
    const before = this.#wide.get(key);
    if (before !== undefined) return before;
    this.#wide.set(key, this.size);
    this.#values.pushWide(value);
    this.#add(code, context, file, start, end);
    return -1;
  }

  /** The same of a value as bytes. */
  findOrAddAscii(value: AsciiValue, context: number, file: SourceFile, start: number, end: number): number {
    const before = this.#index.findOrAdd(value, this.size);
    if (before >= 0) return before;
    this.#values.push(value.bytes, value.from, value.to);
    this.#add(value.code, context, file, start, end);
    return -1;
  }

  /** Reads the places where values of so many hashes are looked for, so that they are near when they are. */
  bringNear(hashes: Uint32Array, count: number): void {
    this.#index.bringNear(hashes, count);
  }

  /** Adds all but the value. */
  #add(code: number, context: number, file: SourceFile, start: number, end: number): void {
    const index = this.size;
    this.#kinds.push(code);
    this.#contextOf.push(context);
    if (this.#lastFile !== file) {
      this.#runs.push({ first: index, file });
      this.#lastFile = file;
    }
    this.#starts.push(start);
    this.#lengths.push(Math.min(end - start, LONG));
    if (end - start >= LONG) this.#longLengths.set(index, end - start);
  }

  /** Makes room for about so many more. */
  expect(more: number): void {
    const size = this.size + more;
    this.#values.reserve(size);
    this.#index.reserve(size);
    for (const column of [this.#kinds, this.#contextOf, this.#starts, this.#lengths]) column.reserve(size);
  }

  kind(index: number): Kind {
    return KINDS[this.#kinds.at(index)] as Kind;
  }

  /** The kind's place in `KINDS`. */
  kindCode(index: number): number {
    return this.#kinds.at(index);
  }

  /** The canonical value. */
  value(index: number): string {
    return this.#values.at(index);
  }

  /** The canonical values of some indicators, one behind another. */
  joinedValues(indexes: Uint32Array): JoinedTexts {
    return this.#values.joined(indexes);
  }

  /** Writes the canonical value to bytes from an offset on. Returns the offset behind it, or -1 where it is not ASCII. There must be room. */
  copyValue(index: number, to: Uint8Array, offset: number): number {
    return this.#values.copy(index, to, offset);
  }

  /**
   * Puts the indicators into another order, once, when no more are to come: that in which they will be asked for, since memory
   * is read fastest from front to back. `order` names the index of each once.
   */
  arrange(order: Uint32Array): void {
    const places = new Uint32Array(order.length);
    for (let place = 0; place < order.length; place++) places[order[place] as number] = place;
    this.#kinds.arrange(order);
    this.#contextOf.arrange(order);
    this.#values = this.#values.arranged(order);
    this.#index.arrange(places);
    for (const [key, index] of this.#wide) this.#wide.set(key, places[index] as number);
    this.#defined = order;
    this.#places = places;
  }

  /** By the index that each had before they were put into another order, the one it has now; undefined where they were not. */
  get places(): Uint32Array | undefined {
    return this.#places;
  }

  /** All kinds, in the order of indexes; made anew like `values`. */
  get kinds(): Kind[] {
    return Array.from({ length: this.size }, (_, index) => this.kind(index));
  }

  /** All canonical values, in the order of indexes: a list made for the asking, too large for what builds. */
  get values(): string[] {
    return Array.from({ length: this.size }, (_, index) => this.value(index));
  }

  context(index: number): Context {
    return this.#contextTable[this.#contextOf.at(index)] as Context;
  }

  /** The contexts of all indicators, in the order of indexes; made anew like `values`. */
  get contexts(): Context[] {
    return Array.from({ length: this.size }, (_, index) => this.context(index));
  }

  /** The number of the indicator's context: its place in `contextTable`. */
  contextId(index: number): number {
    return this.#contextOf.at(index);
  }

  /** All contexts that were given, by number; some may have gone out of use. */
  get contextTable(): readonly Context[] {
    return this.#contextTable;
  }

  /** Gives an indicator the context of a number. */
  setContext(index: number, context: number): void {
    this.#contextOf.set(index, context);
  }

  /** Takes a context and returns its number. */
  addContext(context: Context): number {
    this.#contextTable.push(context);
    return this.#contextTable.length - 1;
  }

  /** Where the indicator was first defined. */
  origin(index: number): Span {
    const place = this.#defined ? (this.#defined[index] as number) : index;
    const start = this.#starts.at(place);
    const length = this.#longLengths.get(place) ?? this.#lengths.at(place);
    return { file: this.#fileOf(place), start, end: start + length };
  }

  #fileOf(place: number): SourceFile {
    let low = 0;
    let high = this.#runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#runs[middle]?.first as number) <= place) low = middle;
      else high = middle - 1;
    }
    return this.#runs[low]?.file as SourceFile;
  }

  /** The number of a context that `add` was given: it is told apart by identity. */
  #numberOf(context: Context): number {
    const known = this.#given.get(context);
    if (known !== undefined) return known;
    const number = this.addContext(context);
    this.#given.set(context, number);
    return number;
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
