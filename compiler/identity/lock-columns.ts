/**
 * Lines of a lock as columns: a million of them take a hundred megabytes, as objects ten times that. The target and the pass
 * that a key begins with are kept once for all that share them.
 */

import { AsciiBuffer } from '../indicators/ascii.ts';
import type { Canonical } from '../indicators/canonical.ts';
import { Column } from '../indicators/column.ts';
import { ValueBatch } from '../indicators/value-batch.ts';
import { ValueColumn } from '../indicators/value-column.ts';
import { hashOf } from '../indicators/value-hash.ts';
import { ValueIndex } from '../indicators/value-index.ts';
import { sortedByText } from '../plan/sort-texts.ts';
import { HexColumn } from './hex-column.ts';
import { type LockLine, NO_ID } from './lock.ts';
import { beginningOf, type Lines, notAscii } from './lock-lines.ts';
import { digitsOf, uuidOf } from './uuid.ts';

/** Every end of a key is a text of one kind. */
const TEXT: Canonical = { code: 0, prefix: 0, address: 0 };

/** What an id is. */
const NONE = 0;
const SID = 1;
const UUID = 2;

/** Hexadecimal digits. */
const ID_DIGITS = 32;
const DIGEST_DIGITS = 16;

/** Lines that came in order are a sequence of their own from so many on, as long as there are few of those. */
const LONG = 1000;
const MOST_SEQUENCES = 16;

/** What few lines have. */
type Rest = Pick<LockLine, 'former' | 'others' | 'contested'>;

/** A line is made when it is asked for. */
export class LockColumns implements Lines {
  /** `target/pass/`. */
  readonly #beginnings = new TextPool();
  readonly #beginningOf = new Column((size) => new Uint32Array(size));
  /** What stands behind it. */
  readonly #ends = new ValueColumn();
  readonly #rows = new ValueIndex({
    is: (row, batch, at) =>
      this.#beginningOf.at(row) === this.#soughtBeginning && this.#ends.is(row, batch, at),
    hash: (row) => this.#hash(row),
  });
  /** The one key that is looked for: the number of its beginning, and what stands behind it. */
  #soughtBeginning = 0;
  readonly #sought = new ValueBatch();
  readonly #ascii = new AsciiBuffer();
  readonly #forms = new Column((size) => new Uint8Array(size));
  readonly #ids = new HexColumn(ID_DIGITS);
  readonly #revisions = new Column((size) => new Uint32Array(size));
  readonly #digests = new HexColumn(DIGEST_DIGITS);
  readonly #days = new TextPool();
  readonly #created = new Column((size) => new Uint32Array(size));
  readonly #changed = new Column((size) => new Uint32Array(size));
  readonly #rests = new Map<number, Rest>();

  static of(lines: Iterable<LockLine>): LockColumns {
    const columns = new LockColumns();
    for (const line of lines) columns.set(line);
    return columns;
  }

  get size(): number {
    return this.#forms.size;
  }

  set(line: LockLine): void {
    const { key } = line;
    const beginning = this.#beginnings.add(beginningOf(key));
    if (!this.#seek(key, beginning)) throw notAscii(key);
    const { bytes, starts, ends } = this.#sought;
    const known = this.#rows.findOrAdd(this.#sought, 0, this.size);
    if (known < 0) {
      this.#beginningOf.push(beginning);
      this.#ends.push(TEXT.code, bytes, starts[0] as number, ends[0] as number);
    }
    this.#put(known < 0 ? this.size : known, line);
  }

  get(key: string): LockLine | undefined {
    const row = this.#find(key);
    return row < 0 ? undefined : this.#line(row, key);
  }

  has(key: string): boolean {
    return this.#find(key) >= 0;
  }

  *keys(): Generator<string> {
    for (let row = 0; row < this.size; row++) yield this.#key(row);
  }

  *values(): Generator<LockLine> {
    for (let row = 0; row < this.size; row++) yield this.#line(row, this.#key(row));
  }

  byBeginning(): Map<string, Iterable<LockLine>[]> {
    const { texts } = this.#beginnings;
    const counts = texts.map(() => 0);
    for (let row = 0; row < this.size; row++) (counts[this.#beginningOf.at(row)] as number) += 1;
    const rows = counts.map((count) => new Uint32Array(count));
    const filled = counts.map(() => 0);
    for (let row = 0; row < this.size; row++) {
      const code = this.#beginningOf.at(row);
      (rows[code] as Uint32Array)[(filled[code] as number)++] = row;
    }
    return new Map(
      texts.map((text, code) => {
        const sequences = this.#sequences(rows[code] as Uint32Array);
        return [text, sequences.map((some) => this.#lines(some))];
      }),
    );
  }

  /** Most rows came in order: what did is not sorted, which takes time and memory. */
  #sequences(rows: Uint32Array): Uint32Array[] {
    const long: Uint32Array[] = [];
    const others = new Uint32Array(rows.length);
    let count = 0;
    for (let from = 0; from < rows.length; ) {
      let to = from + 1;
      while (to < rows.length && this.#isBefore(rows[to - 1] as number, rows[to] as number)) to++;
      if (to - from >= LONG) long.push(rows.subarray(from, to));
      else for (let at = from; at < to; at++) others[count++] = rows[at] as number;
      from = to;
    }
    if (long.length > MOST_SEQUENCES) return [this.#sorted(rows)];
    return [...long, this.#sorted(others.subarray(0, count))];
  }

  #isBefore(row: number, other: number): boolean {
    return this.#ends.at(row) < this.#ends.at(other);
  }

  #sorted(rows: Uint32Array): Uint32Array {
    return sortedByText(this.#ends.joined(rows)).map((number) => rows[number] as number);
  }

  *#lines(rows: Uint32Array): Generator<LockLine> {
    for (const row of rows) yield this.#line(row, this.#key(row));
  }

  #find(key: string): number {
    const beginning = this.#beginnings.find(beginningOf(key));
    if (beginning === undefined || !this.#seek(key, beginning)) return -1;
    return this.#rows.find(this.#sought, 0);
  }

  /** Makes a key the one that is looked for. Tells whether it is ASCII. */
  #seek(key: string, beginning: number): boolean {
    if (!this.#ascii.take(key)) return false;
    const { bytes, length } = this.#ascii;
    this.#soughtBeginning = beginning;
    this.#sought.bytes = bytes;
    this.#sought.count = 0;
    this.#sought.push(TEXT, beginningOf(key).length, length, 0);
    // Of the whole key: many have the same end.
    this.#sought.hashes[0] = hashOf(TEXT.code, bytes, 0, length);
    return true;
  }

  #hash(row: number): number {
    const ascii = new AsciiBuffer();
    ascii.take(this.#key(row));
    return hashOf(TEXT.code, ascii.bytes, 0, ascii.length);
  }

  #key(row: number): string {
    return this.#beginnings.texts[this.#beginningOf.at(row)] + this.#ends.at(row);
  }

  /** Puts all but the key. */
  #put(row: number, { id, revision, digest, created, changed, former, others, contested }: LockLine): void {
    const form = id === NO_ID ? NONE : id.includes('-') ? UUID : SID;
    this.#forms.put(row, form);
    this.#ids.put(row, form === UUID ? digitsOf(id) : digitsOfSid(id));
    this.#revisions.put(row, revision);
    this.#digests.put(row, digest);
    this.#created.put(row, this.#days.add(created));
    this.#changed.put(row, this.#days.add(changed));
    const rest: Rest = {
      ...(former && { former }),
      ...(others && { others }),
      ...(contested && { contested }),
    };
    if (Object.keys(rest).length > 0) this.#rests.set(row, rest);
    else this.#rests.delete(row);
  }

  #line(row: number, key: string): LockLine {
    return {
      key,
      id: this.#id(row),
      revision: this.#revisions.at(row),
      digest: this.#digests.at(row),
      created: this.#days.texts[this.#created.at(row)] as string,
      changed: this.#days.texts[this.#changed.at(row)] as string,
      ...this.#rests.get(row),
    };
  }

  #id(row: number): string {
    const form = this.#forms.at(row);
    if (form === NONE) return NO_ID;
    const digits = this.#ids.at(row);
    return form === UUID ? uuidOf(digits) : String(Number.parseInt(digits, 16));
  }
}

/** Texts that are the same in many lines, by number. */
class TextPool {
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();

  find(text: string): number | undefined {
    return this.#numbers.get(text);
  }

  add(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }
}

/** Sids have 32 bits; the number of what has none is 0. */
function digitsOfSid(id: string): string {
  return (id === NO_ID ? 0 : Number(id)).toString(16).padStart(ID_DIGITS, '0');
}
