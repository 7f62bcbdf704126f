/** The indicators of a build as columns, not objects: a million must fit in a few hundred megabytes. */

import type { Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { AsciiBuffer } from './ascii.ts';
import type { Canonical } from './canonical.ts';
import type { Actor, Context, Report } from './context.ts';
import { IndicatorRows } from './indicator-rows.ts';
import type { JoinedTexts } from './joined-texts.ts';
import { KINDS, type Kind, kindCode } from './kind.ts';
import { network4End } from './network4.ts';
import { Origins } from './origins.ts';
import { ValueBatch } from './value-batch.ts';
import { ValueIndex } from './value-index.ts';

const [IP, CIDR] = [kindCode('ip'), kindCode('cidr')];

function isAddress(code: number): boolean {
  return code === IP || code === CIDR;
}

function wideKey(code: number, value: string): string {
  return `${code} ${value}`;
}

/**
 * Distinct indicators in the order of their first definition, until they are put into another one. An index into it stands
 * for an indicator everywhere.
 */
export class IndicatorSet {
  #rows = new IndicatorRows();
  /** Finds values; undefined while nobody looks for one. */
  #index: ValueIndex | undefined;
  /** The one value that is looked for. */
  readonly #sought = new ValueBatch();
  readonly #canonical: Canonical = { code: 0, prefix: 0, address: 0 };
  /** What `#bringNear` read: kept, since nothing is read whose value nobody takes. */
  read = 0;
  /** The indexes of values that are not ASCII, by kind and value. */
  readonly #wide = new Map<string, number>();
  readonly #ascii = new AsciiBuffer();
  readonly #contextTable: Context[] = [];
  readonly #given = new Map<Context, number>();
  #isArranged = false;
  #places: Uint32Array | undefined;
  readonly #origins = new Origins();

  get size(): number {
    return this.#rows.size;
  }

  /** The index of an indicator, or -1. */
  find(kind: Kind, value: string): number {
    const code = kindCode(kind);
    if (this.#seek(code, value)) return this.#finder().find(this.#sought, 0);
    return this.#wide.get(wideKey(code, value)) ?? -1;
  }

  /** Makes a text the value that is looked for. Tells whether it is ASCII. */
  #seek(code: number, text: string): boolean {
    const ascii = this.#ascii;
    if (!ascii.take(text)) return false;
    const value = this.#canonical;
    value.code = code;
    const { bytes, length } = ascii;
    if (!isAddress(code) || network4End(bytes, 0, length, value) !== length) value.prefix = 0;
    const sought = this.#sought;
    sought.bytes = ascii.bytes;
    sought.count = 0;
    sought.push(value, 0, ascii.length, 0);
    return true;
  }

  /** The index of the longest name above a domain that is in the set as well, or -1. */
  findParent(index: number): number {
    const ascii = this.#ascii;
    if (!ascii.take(this.#rows.at(index))) return -1;
    this.#sought.holdText(this.#rows.code(index), ascii.bytes, ascii.length);
    return this.#finder().findParent(this.#sought);
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
    if (this.#seek(code, value)) {
      const before = this.#finder().findOrAdd(this.#sought, 0, this.size);
      if (before < 0) {
        this.#add(this.#sought, 0, context, undefined);
        this.#origins.push(file, start, end);
      }
      return before;
    }
    const key = wideKey(code, value);
    const before = this.#wide.get(key);
    if (before !== undefined) return before;
    this.#wide.set(key, this.size);
    this.#rows.pushWide(code, value, context);
    this.#origins.push(file, start, end);
    return -1;
  }

  /**
   * The same of all values of a batch, whose bytes stand in the file so many characters farther behind. What would be
   * answered of each is in its `before`.
   */
  findOrAddAll(batch: ValueBatch, file: SourceFile, base: number): void {
    const { count, starts, ends, contexts, before } = batch;
    if (count === 0) return;
    const index = this.#finder();
    this.#bringNear(index, batch);
    const copied = this.#rows.copyStretch(batch);
    for (let at = 0; at < count; at++) {
      const likely = before[at] as number;
      if (likely >= 0 && this.#rows.is(likely, batch, at)) continue;
      const found = index.findOrAdd(batch, at, this.size);
      before[at] = found;
      if (found >= 0) continue;
      this.#add(batch, at, contexts[at] as number, copied);
      this.#origins.push(file, base + (starts[at] as number), base + (ends[at] as number));
    }
  }

  /** Reads what the values of a batch will be compared with. What is likely found of each is in its `before` then. */
  #bringNear(index: ValueIndex, batch: ValueBatch): void {
    const { count, before } = batch;
    index.bringNear(batch);
    if (this.size === 0) return;
    this.read = this.#rows.bringNear(before, count);
  }

  /** Adds a value of a batch. `copied` is what `copyStretch` said of it. */
  #add(batch: ValueBatch, at: number, context: number, copied: number | undefined): void {
    const code = batch.codes[at] as number;
    const prefix = batch.prefixes[at] as number;
    const [from, to] = [batch.starts[at] as number, batch.ends[at] as number];
    if (prefix > 0) this.#rows.pushNetwork4(code, batch.addresses[at] as number, prefix, context);
    else if (copied !== undefined) this.#rows.pushCopied(code, copied + from, to - from, context);
    else this.#rows.push(code, batch.bytes, from, to, context);
  }

  /** Makes room for about so many more. */
  expect(more: number): void {
    const size = this.size + more;
    this.#rows.reserve(size);
    this.#finder().reserve(size);
    this.#origins.reserve(size);
  }

  kind(index: number): Kind {
    return KINDS[this.kindCode(index)] as Kind;
  }

  /** The kind's place in `KINDS`. */
  kindCode(index: number): number {
    return this.#rows.code(index);
  }

  /** The canonical value. */
  value(index: number): string {
    return this.#rows.at(index);
  }

  /** The canonical values of some indicators, one behind another. */
  joinedValues(indexes: Uint32Array): JoinedTexts {
    return this.#rows.joined(indexes);
  }

  /**
   * Writes the canonical value to bytes from an offset on. Returns the offset behind it, or -1 where it is not ASCII.
   * There must be room.
   */
  copyValue(index: number, to: Uint8Array, offset: number): number {
    return this.#rows.copy(index, to, offset);
  }

  /** Of an IPv4 address or network the length of the prefix, 32 of a lone address; 0 of any other value, as of other ranges. */
  prefix4(index: number): number {
    return this.#rows.prefix4(index);
  }

  /** The first address of what has a `prefix4`. */
  address4(index: number): number {
    return this.#rows.address4(index);
  }

  /**
   * Puts the indicators into another order, once, when no more are to come: that in which they will be asked for, since memory
   * is read fastest from front to back. `order` names the index of each once.
   */
  arrange(order: Uint32Array): void {
    const places = new Uint32Array(order.length);
    for (let place = 0; place < order.length; place++) places[order[place] as number] = place;
    this.#rows = this.#rows.arranged(order);
    this.#index?.arrange(places);
    for (const [key, index] of this.#wide) this.#wide.set(key, places[index] as number);
    this.#origins.arrange(order, places);
    this.#isArranged = true;
    this.#places = places;
  }

  /** Whether they were put into another order. */
  get isArranged(): boolean {
    return this.#isArranged;
  }

  /**
   * By the index that each had before they were put into another order, the one it has now; undefined where they were
   * not, and after `rest`.
   */
  get places(): Uint32Array | undefined {
    return this.#places;
  }

  /**
   * Gives up what nobody is expected to ask for any more: places, and what finds values, which is made anew where
   * somebody looks for one.
   */
  rest(): void {
    this.#places = undefined;
    this.#index = undefined;
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
    return this.#contextTable[this.#rows.context(index)] as Context;
  }

  /** The contexts of all indicators, in the order of indexes; made anew like `values`. */
  get contexts(): Context[] {
    return Array.from({ length: this.size }, (_, index) => this.context(index));
  }

  /** The number of the indicator's context: its place in `contextTable`. */
  contextId(index: number): number {
    return this.#rows.context(index);
  }

  /** All contexts that were given, by number; some may have gone out of use. */
  get contextTable(): readonly Context[] {
    return this.#contextTable;
  }

  /** Gives an indicator the context of a number. */
  setContext(index: number, context: number): void {
    this.#rows.setContext(index, context);
  }

  /** Takes a context and returns its number. */
  addContext(context: Context): number {
    this.#contextTable.push(context);
    return this.#contextTable.length - 1;
  }

  /** Where the indicator was first defined. */
  origin(index: number): Span {
    return this.#origins.at(index);
  }

  #finder(): ValueIndex {
    if (this.#index) return this.#index;
    const index = new ValueIndex({
      is: (one, batch, at) => this.#rows.is(one, batch, at),
      hash: (one) => this.#rows.hash(one),
    });
    index.reserve(this.size);
    for (let one = 0; one < this.size; one++) if (this.#rows.isAscii(one)) index.add(one);
    this.#index = index;
    return index;
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
