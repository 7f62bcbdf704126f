/**
 * Lines of a lock as columns: a million of them take less than a hundred megabytes, as objects ten times that. What many
 * lines share, such as the target and the pass that a key begins with, is kept once.
 */

import { AsciiBuffer } from '../indicators/ascii.ts';
import type { Canonical } from '../indicators/canonical.ts';
import { IndicatorRows } from '../indicators/indicator-rows.ts';
import type { JoinedTexts } from '../indicators/joined-texts.ts';
import { ValueBatch } from '../indicators/value-batch.ts';
import { hashOf } from '../indicators/value-hash.ts';
import { ValueIndex } from '../indicators/value-index.ts';
import { HexColumn } from './hex-column.ts';
import { type LockLine, NO_ID } from './lock.ts';
import { HYPHENS, uuidOf } from './uuid.ts';

/** Every end of a key is a text of one kind. */
const TEXT: Canonical = { code: 0, prefix: 0, address: 0 };

/** What an id is. */
const NONE = 0;
const SID = 1;
const UUID = 2;

/** Hexadecimal digits. */
const ID_DIGITS = 32;
const DIGEST_DIGITS = 16;

/** What many lines share. */
interface Common extends Pick<LockLine, 'revision' | 'created' | 'changed'> {
  /** What the key begins with, by number. */
  beginning: number;
  form: typeof NONE | typeof SID | typeof UUID;
}

/** What few lines have. */
type Rest = Pick<LockLine, 'former' | 'others' | 'contested'>;

/** Lines by their keys, in the order in which keys were first set: rows, from 0. A line is made when it is asked for. */
export class LockColumns {
  /** `target/pass/`. */
  readonly #beginnings: string[] = [];
  readonly #beginningNumbers = new Map<string, number>();
  /** That of the key that was asked for last: most have the same as the one before. */
  #lastBeginning = -1;
  readonly #common: Common[] = [];
  readonly #commonNumbers = new Map<string, number>();
  #lastCommon = -1;
  /** What stands in keys behind their beginnings; as the context of a row the number of what it shares. */
  readonly #ends = new IndicatorRows();
  readonly #rows = new ValueIndex({
    is: (row, batch, at) => this.beginningAt(row) === this.#soughtBeginning && this.#ends.is(row, batch, at),
    hash: (row) => this.#hash(row),
  });
  /** The one key that is looked for: the number of its beginning, and what stands behind that. */
  #soughtBeginning = 0;
  readonly #sought = new ValueBatch();
  readonly #ascii = new AsciiBuffer();
  /** The key of which a hash is made, while another is looked for. */
  readonly #hashed = new AsciiBuffer();
  readonly #ids = new HexColumn(ID_DIGITS);
  readonly #digests = new HexColumn(DIGEST_DIGITS);
  readonly #rests = new Map<number, Rest>();

  static of(lines: Iterable<LockLine>): LockColumns {
    const columns = new LockColumns();
    for (const line of lines) columns.set(line);
    return columns;
  }

  get size(): number {
    return this.#ends.size;
  }

  /** Makes room for so many lines in all. */
  reserve(size: number): void {
    this.#ends.reserve(size);
    this.#rows.reserve(size);
  }

  /** Adds a line, or puts it in the place of that of the same key. Throws RangeError for a key that is not ASCII: none is. */
  set(line: LockLine): void {
    const { key, id, digest } = line;
    const beginning = this.#beginningNumber(key);
    if (!this.#seek(key, beginning)) throw new RangeError(`the key \`${key}\` is not ASCII`);
    const { bytes, starts, ends } = this.#sought;
    const known = this.#rows.findOrAdd(this.#sought, 0, this.size);
    const row = known < 0 ? this.size : known;
    const form = id === NO_ID ? NONE : id.includes('-') ? UUID : SID;
    const common = this.#commonNumber(beginning, form, line);
    if (known < 0) this.#ends.push(TEXT.code, bytes, starts[0] as number, ends[0] as number, common);
    else this.#ends.setContext(row, common);
    if (form === UUID) this.#ids.put(row, id);
    else this.#ids.putNumber(row, form === SID ? Number(id) : 0);
    this.#digests.put(row, digest);
    const rest = restOf(line);
    if (rest) this.#rests.set(row, rest);
    else this.#rests.delete(row);
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
    for (let row = 0; row < this.size; row++) yield this.at(row);
  }

  /** The line of a row. */
  at(row: number): LockLine {
    return this.#line(row, this.#key(row));
  }

  /** What keys begin with, their target and pass, by number. */
  get beginnings(): readonly string[] {
    return this.#beginnings;
  }

  /** The number of what a row's key begins with. */
  beginningAt(row: number): number {
    return this.#commonAt(row).beginning;
  }

  /** How long a row's key is behind its beginning. */
  endLength(row: number): number {
    return this.#ends.room(row);
  }

  /** Writes what stands in a row's key behind its beginning to bytes. Returns the offset behind it. There must be room. */
  copyEnd(row: number, to: Uint8Array, offset: number): number {
    return this.#ends.copy(row, to, offset);
  }

  /** The same of some rows, one behind another. */
  endsOf(rows: Uint32Array): JoinedTexts {
    return this.#ends.joined(rows);
  }

  /** Whether a line is more than its key, one id, revision, digest and days. */
  isPlain(row: number): boolean {
    return !this.#rests.has(row);
  }

  /** Writes the id of a row to bytes. Returns the offset behind it. There must be room. */
  copyId(row: number, to: Uint8Array, offset: number): number {
    if (this.#commonAt(row).form !== UUID) return copyAscii(this.#id(row), to, offset);
    let at = offset;
    let from = 0;
    for (const hyphen of HYPHENS) {
      at = copyAscii('-', to, this.#ids.copy(row, from, hyphen, to, at));
      from = hyphen;
    }
    return this.#ids.copy(row, from, ID_DIGITS, to, at);
  }

  /** The same of its digest. */
  copyDigest(row: number, to: Uint8Array, offset: number): number {
    return this.#digests.copy(row, 0, DIGEST_DIGITS, to, offset);
  }

  /** What a row shares with many others: the same object for all of them. */
  sharedAt(row: number): Readonly<Pick<LockLine, 'revision' | 'created' | 'changed'>> {
    return this.#commonAt(row);
  }

  #find(key: string): number {
    const beginning = this.#beginningNumbers.get(beginningOf(key));
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
    this.#sought.push(TEXT, (this.#beginnings[beginning] as string).length, length, 0);
    // Of the whole key: many have the same end.
    this.#sought.hashes[0] = hashOf(TEXT.code, bytes, 0, length);
    return true;
  }

  #hash(row: number): number {
    const ascii = this.#hashed;
    ascii.take(this.#key(row));
    return hashOf(TEXT.code, ascii.bytes, 0, ascii.length);
  }

  /** The number of what a key begins with, which is given one. */
  #beginningNumber(key: string): number {
    const last = this.#beginnings[this.#lastBeginning];
    // What ends with the second slash is all that comes before it.
    if (last?.endsWith('/') && key.startsWith(last)) return this.#lastBeginning;
    const text = beginningOf(key);
    const known = this.#beginningNumbers.get(text);
    this.#lastBeginning = known ?? this.#beginnings.push(text) - 1;
    this.#beginningNumbers.set(text, this.#lastBeginning);
    return this.#lastBeginning;
  }

  #commonNumber(beginning: number, form: Common['form'], { revision, created, changed }: LockLine): number {
    const last = this.#common[this.#lastCommon];
    // Most lines share all of it with the one before.
    const isSame = last?.beginning === beginning && last.form === form && last.revision === revision;
    if (isSame && last.created === created && last.changed === changed) return this.#lastCommon;
    this.#lastCommon = this.#numberOf({ beginning, form, revision, created, changed });
    return this.#lastCommon;
  }

  #numberOf(common: Common): number {
    const { beginning, form, revision, created, changed } = common;
    const key = `${beginning} ${form} ${revision} ${created} ${changed}`;
    const known = this.#commonNumbers.get(key);
    if (known !== undefined) return known;
    this.#commonNumbers.set(key, this.#common.length);
    return this.#common.push(common) - 1;
  }

  #commonAt(row: number): Common {
    return this.#common[this.#ends.context(row)] as Common;
  }

  #key(row: number): string {
    return this.#beginnings[this.beginningAt(row)] + this.#ends.at(row);
  }

  #line(row: number, key: string): LockLine {
    const { revision, created, changed } = this.#commonAt(row);
    const rest = this.#rests.get(row);
    return { key, id: this.#id(row), revision, digest: this.#digests.at(row), created, changed, ...rest };
  }

  #id(row: number): string {
    const { form } = this.#commonAt(row);
    if (form === NONE) return NO_ID;
    return form === UUID ? uuidOf(this.#ids.at(row)) : String(this.#ids.numberAt(row));
  }
}

/** Writes a text of ASCII to bytes. Returns the offset behind it. There must be room. */
export function copyAscii(text: string, to: Uint8Array, offset: number): number {
  for (let at = 0; at < text.length; at++) to[offset + at] = text.charCodeAt(at);
  return offset + text.length;
}

function restOf({ former, others, contested }: LockLine): Rest | undefined {
  if (!former && !others && !contested) return undefined;
  return { ...(former && { former }), ...(others && { others }), ...(contested && { contested }) };
}

/** The target and the pass of a key, with the slash behind them; all of a key that has no more. */
function beginningOf(key: string): string {
  const behind = key.indexOf('/', key.indexOf('/') + 1) + 1;
  return behind > 0 ? key.slice(0, behind) : key;
}
