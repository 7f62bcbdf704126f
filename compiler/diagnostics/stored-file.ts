/** A file that is too large to be held as a text: where its bytes are stored they can be read again. */

import type { Diagnostic } from './diagnostic.ts';
import { type Position, SourceFile } from './source-file.ts';

/** The bytes of a file, which are UTF-8. */
export interface StoredBytes {
  /** How many there are. */
  readonly size: number;
  /**
   * Reads bytes from an offset on into a buffer. Returns how many it read: fewer than fit only at the end. Throws UnreadableFile
   * where they are no longer those that were read first.
   */
  read(from: number, buffer: Uint8Array): number;
}

/** The bytes of a text that is held. */
export function bytesOfText(text: string): StoredBytes {
  const bytes = encoder.encode(text);
  return {
    size: bytes.length,
    read(from, buffer) {
      const read = bytes.subarray(from, from + buffer.length);
      buffer.set(read);
      return read.length;
    },
  };
}

/** Why a file that was read once cannot be read again, or not as a whole. */
export class UnreadableFile extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

/** That a file has more bytes than can be read at once, or more characters than a text can have. */
export function tooLarge(path: string): Diagnostic {
  return {
    code: 'RF123',
    severity: 'error',
    message: `\`${path}\` is too large`,
    help: 'split it into several files',
  };
}

/** The beginning of a line. */
export interface Mark {
  /** Its offset in the bytes. */
  byte: number;
  /** Its UTF-16 offset. */
  start: number;
  /** Its number, 1-based. */
  line: number;
}

/** A part of the text, which begins with a line. */
interface Part extends Mark {
  text: string;
  /** The file has changed since, so that there is no text. */
  lost?: true;
}

/** Bytes from one mark to the next, at least. */
const STEP = 4096;
/** Bytes of a part that is read for itself. */
const PART = 1 << 18;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const LINE_FEED = 0x0a;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * A file whose lines are noted, and of which no more text is made than is asked for. Its lines end with LF or CRLF; for any
 * other file, and before the first line is noted, the whole text is made and held, as that of other files is.
 */
export class StoredFile extends SourceFile {
  readonly bytes: StoredBytes;
  readonly #step: number;
  #text: string | undefined;
  readonly #marks: Mark[] = [];
  /** What is being read, and what was read last to show it. */
  #shown: Part = { byte: 0, start: 0, line: 1, text: '' };
  #last: Part | undefined;

  /** Of the lines that are noted, one is kept in so many bytes. */
  constructor(path: string, bytes: StoredBytes, step = STEP) {
    super(path, '');
    this.bytes = bytes;
    this.#step = step;
  }

  /** The whole, which is held from then on. Throws UnreadableFile. */
  override get text(): string {
    this.#text ??= this.#whole();
    return this.#text;
  }

  override get length(): number {
    return this.bytes.size;
  }

  override *parts(): Generator<string> {
    const buffer = new Uint8Array(PART);
    for (let from = this.first.byte; from < this.bytes.size; ) {
      const read = this.bytes.read(from, buffer);
      const isLast = from + read >= this.bytes.size;
      // A longer line is cut.
      const end = isLast ? read : buffer.lastIndexOf(LINE_FEED, read - 1) + 1 || read;
      yield decoder.decode(buffer.subarray(0, end));
      from += end;
    }
  }

  /** Where the text begins: behind a byte order mark. */
  get first(): Mark {
    const bytes = new Uint8Array(BYTE_ORDER_MARK.length);
    const read = this.bytes.read(0, bytes);
    const marked = read === bytes.length && BYTE_ORDER_MARK.every((byte, at) => bytes[at] === byte);
    return { byte: marked ? read : 0, start: 0, line: 1 };
  }

  /** Notes where a line begins. They are noted in their order, from the first one on. */
  mark(byte: number, start: number, line: number): void {
    const last = this.#marks.at(-1);
    if (!last || byte - last.byte >= this.#step) this.#marks.push({ byte, start, line });
  }

  /** Takes the text that is being read, which begins at an offset: it will be cut many times. */
  show(text: string, start: number): void {
    this.#shown = { byte: 0, start, line: 0, text };
  }

  /** Throws UnreadableFile. */
  override slice(start: number, end: number): string {
    if (this.#isHeld) return this.text.slice(start, end);
    const shown = this.#shown;
    if (start >= shown.start && end <= shown.start + shown.text.length)
      return shown.text.slice(start - shown.start, end - shown.start);
    const from = this.#marks[this.#markBefore('start', start)] as Mark;
    const to = this.#marks.find((mark) => mark.start >= end)?.byte ?? this.bytes.size;
    return this.#decoded(from.byte, to).slice(start - from.start, end - from.start);
  }

  /** Where the file has changed since, it is the place of a line before. */
  override position(offset: number): Position {
    if (this.#isHeld) return super.position(offset);
    const { line, start, text } = this.#partAt('start', offset);
    const before = text.slice(0, offset - start);
    const lineStart = before.lastIndexOf('\n') + 1;
    return { line: line + countOf('\n', before), column: [...before.slice(lineStart)].length + 1 };
  }

  override lineRange(number: number): { start: number; end: number } {
    if (this.#isHeld) return super.lineRange(number);
    const { line, start, text } = this.#partAt('line', number);
    let from = 0;
    for (let at = line; at < number; at++) from = text.indexOf('\n', from) + 1 || text.length;
    const found = text.indexOf('\n', from);
    const end = found < 0 ? text.length : found;
    return { start: start + from, end: start + (text[end - 1] === '\r' && end > from ? end - 1 : end) };
  }

  /** Undefined also where the file has changed since. */
  override line(number: number): string | undefined {
    const { start, end } = this.lineRange(number);
    if (this.#isHeld) return this.text.slice(start, end);
    const part = this.#partAt('line', number);
    return part.lost ? undefined : part.text.slice(start - part.start, end - part.start);
  }

  get #isHeld(): boolean {
    return this.#text !== undefined || this.#marks.length === 0;
  }

  /** The part from one mark to the next that holds an offset or a line; without text where the file has changed. */
  #partAt(by: 'start' | 'line', place: number): Part {
    const at = this.#markBefore(by, place);
    const mark = this.#marks[at] as Mark;
    if (this.#last?.byte !== mark.byte) this.#last = this.#part(mark, this.#marks[at + 1]);
    return this.#last;
  }

  #part(from: Mark, to: Mark | undefined): Part {
    try {
      return { ...from, text: this.#decoded(from.byte, to?.byte ?? this.bytes.size) };
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      return { ...from, text: '', lost: true };
    }
  }

  #markBefore(by: 'start' | 'line', place: number): number {
    let low = 0;
    let high = this.#marks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#marks[middle] as Mark)[by] <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #whole(): string {
    try {
      return this.#decoded(this.first.byte, this.bytes.size);
    } catch (error) {
      if (error instanceof UnreadableFile) throw error;
      throw new UnreadableFile(tooLarge(this.path));
    }
  }

  #decoded(from: number, to: number): string {
    const buffer = new Uint8Array(to - from);
    const read = this.bytes.read(from, buffer);
    return decoder.decode(buffer.subarray(0, read));
  }
}

function countOf(character: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) count++;
  return count;
}
