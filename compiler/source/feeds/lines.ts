/** Bytes as lines, in bounded memory. Where the chunks of bytes end never matters. */

import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { FeedError } from './feed-error.ts';

/** A line of a feed. */
export interface Line {
  /** 1-based. */
  number: number;
  /** UTF-16 offset in the text of the feed, without a byte order mark. */
  start: number;
  /** Without the line break. Of a line that cannot be read, what of it can be shown. */
  text: string;
  /** Why the line cannot be read, if so. */
  problem?: LineProblem;
}

/** What is wrong with a line, and at which character of its text. */
export type LineProblem = Omit<Diagnostic, 'severity' | 'span'> & { at?: number };

/** The most bytes of a line: no indicator is that long. */
export const MOST_BYTES = 64 * 1024;
/** The most characters of a line that surely has no more bytes than that: one has three at most, or two units four. */
export const SURELY_FITS = Math.floor(MOST_BYTES / 3);
/** So much of a line that is too long is shown. */
const SHOWN = 200;
const TOO_LONG: LineProblem = { code: 'RF704', message: 'the line has more than 64 KiB' };

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const NOTHING = new Uint8Array(0);

/** Byte order marks are taken off the start of the file; elsewhere they are characters. */
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** Whole lines, one behind another. */
export class Block {
  /** With a line feed between lines, but none behind the last. */
  readonly text: string;
  /** UTF-16 offset of the first line in the text of the feed, without a byte order mark. */
  readonly start: number;
  /** Why the only line cannot be read. Lines of a block without it are judged one by one, see `lineOf`. */
  readonly problem: LineProblem | undefined;
  /** The bytes of the text, where each is a character: it is ASCII. */
  readonly ascii: DataView | undefined;

  /** `bytes` are those of the text. */
  constructor(text: string, start: number, bytes?: Uint8Array, problem?: LineProblem) {
    this.text = text;
    this.start = start;
    this.problem = problem;
    if (bytes?.length === text.length)
      this.ascii = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Where the line that begins at an offset ends: its line feed, or the end of the block. */
  lineEnd(from: number): number {
    const found = this.text.indexOf('\n', from);
    return found < 0 ? this.text.length : found;
  }

  /** Where a line that is written from one offset to the other ends without the CR of its line break. */
  contentEnd(from: number, to: number): number {
    return to > from && this.text.charCodeAt(to - 1) === RETURN ? to - 1 : to;
  }

  /** The line of a 1-based number, which is written from one offset to the other, without its line feed. */
  lineOf(number: number, from: number, to: number): Line {
    const start = this.start + from;
    if (this.problem) return { number, start, text: this.text, problem: this.problem };
    const text = this.text.slice(from, this.contentEnd(from, to));
    if (isLong(text)) return { number, start, text: text.slice(0, SHOWN), problem: TOO_LONG };
    return text.includes('\0') ? { number, start, text, problem: nul(text) } : { number, start, text };
  }
}

/**
 * The lines of a file, many at a time. Lines end with LF or CRLF. A line that is too long, not UTF-8 or holds a NUL has a
 * `problem`. Throws FeedError for what is no text at all.
 */
export async function* readBlocks(path: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Block> {
  const splitter = new LineSplitter();
  let start: Uint8Array | undefined = NOTHING;
  for await (const chunk of chunks) {
    if (!start) yield* splitter.push(chunk);
    else {
      start = joined(start, chunk);
      if (start.length < 3) continue;
      yield* splitter.push(withoutMark(path, start));
      start = undefined;
    }
  }
  if (start) yield* splitter.push(withoutMark(path, start));
  yield* splitter.end();
}

/** The first bytes of a file without the byte order mark of UTF-8. Throws FeedError for those of other formats. */
function withoutMark(path: string, bytes: Uint8Array): Uint8Array {
  const [first, second, third] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new FeedError({ code: 'RF120', message: `\`${path}\` is UTF-16`, help: 'save it as UTF-8' });
  if (first === 0x1f && second === 0x8b) {
    const help = 'give it a name that ends with `.gz`';
    throw new FeedError({ code: 'RF703', message: `\`${path}\` is gzip data`, help });
  }
  return first === 0xef && second === 0xbb && third === 0xbf ? bytes.subarray(3) : bytes;
}

/** Cuts bytes into lines. */
class LineSplitter {
  /** What stands behind the last line break. */
  #rest: Uint8Array = NOTHING;
  /** The line that has become too long, while its end is not there yet. */
  #long: LongLine | undefined;
  #offset = 0;

  /** The lines that end in these bytes. */
  push(chunk: Uint8Array): Block[] {
    const blocks: Block[] = [];
    let bytes = chunk;
    if (this.#long) {
      const end = bytes.indexOf(LINE_FEED);
      this.#long.add(end < 0 ? bytes : bytes.subarray(0, end));
      if (end < 0) return blocks;
      this.#endLong(this.#long, blocks);
      bytes = bytes.subarray(end + 1);
    }
    const last = bytes.lastIndexOf(LINE_FEED);
    if (last >= 0) {
      this.#split(joined(this.#rest, bytes.subarray(0, last)), blocks);
      this.#rest = NOTHING;
    }
    this.#rest = joined(this.#rest, bytes.subarray(last + 1));
    // One more than the most: it may be the CR of a line break.
    if (this.#rest.length > MOST_BYTES + 1) {
      this.#long = new LongLine(this.#rest);
      this.#rest = NOTHING;
    }
    return blocks;
  }

  /** The last line, where no line break ends it. */
  end(): Block[] {
    const blocks: Block[] = [];
    if (this.#long) this.#endLong(this.#long, blocks);
    else if (this.#rest.length > 0) this.#split(this.#rest, blocks);
    return blocks;
  }

  /** Whole lines, without the last line feed. */
  #split(bytes: Uint8Array, blocks: Block[]): void {
    const text = decoded(bytes);
    if (text === undefined) this.#splitBytes(bytes, blocks);
    else blocks.push(new Block(text, this.#next(text.length), bytes));
  }

  /** Line by line: one of them is not UTF-8. */
  #splitBytes(bytes: Uint8Array, blocks: Block[]): void {
    for (let from = 0; from <= bytes.length; ) {
      const found = bytes.indexOf(LINE_FEED, from);
      const end = found < 0 ? bytes.length : found;
      const line = bytes.subarray(from, end);
      const text = decoded(line);
      if (text === undefined) this.#addBroken(line, blocks);
      else blocks.push(new Block(text, this.#next(text.length), line));
      from = end + 1;
    }
  }

  #addBroken(bytes: Uint8Array, blocks: Block[]): void {
    const line = lenient.decode(bytes);
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    const start = this.#next(line.length);
    const long = bytes.length - (line.length - text.length) > MOST_BYTES;
    blocks.push(
      long
        ? new Block(text.slice(0, SHOWN), start, undefined, TOO_LONG)
        : new Block(text, start, undefined, notUtf8(text)),
    );
  }

  #endLong(long: LongLine, blocks: Block[]): void {
    long.end();
    blocks.push(new Block(long.head, this.#next(long.length), undefined, TOO_LONG));
    this.#long = undefined;
  }

  /** The start of a block of so many characters, the line feed behind it not counted. */
  #next(length: number): number {
    const start = this.#offset;
    this.#offset += length + 1;
    return start;
  }
}

/** A line of which no more than the head is kept. */
class LongLine {
  head = '';
  length = 0;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  constructor(bytes: Uint8Array) {
    this.add(bytes);
  }

  add(bytes: Uint8Array): void {
    this.#take(this.#decoder.decode(bytes, { stream: true }));
  }

  end(): void {
    this.#take(this.#decoder.decode());
  }

  #take(text: string): void {
    if (this.head.length < SHOWN) this.head = (this.head + text).slice(0, SHOWN);
    this.length += text.length;
  }
}

function notUtf8(text: string): LineProblem {
  return { code: 'RF120', message: 'the line is not UTF-8', at: text.indexOf('\uFFFD') };
}

function nul(text: string): LineProblem {
  const message = 'the line holds the control character U+0000';
  return {
    code: 'RF121',
    message,
    why: 'no indicator holds it: the file may not be text',
    at: text.indexOf('\0'),
  };
}

function isLong(text: string): boolean {
  return text.length > SURELY_FITS && encoder.encode(text).length > MOST_BYTES;
}

/** The text of bytes, or undefined where they are not UTF-8. */
function decoded(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  if (second.length === 0) return first;
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
