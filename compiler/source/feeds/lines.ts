/** Bytes as lines, in bounded memory. Where the chunks of bytes end never matters. */

import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { isAscii } from '../../indicators/ascii.ts';
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

/** Bytes that are a character each. */
export interface Ascii {
  bytes: Uint8Array;
  view: DataView;
}

/** Whole lines, one behind another. */
export class Block {
  /** UTF-16 offset of the first line in the text of the feed, without a byte order mark. */
  readonly start: number;
  /** Why the only line cannot be read. Lines of a block without it are judged one by one, see `lineOf`. */
  readonly problem: LineProblem | undefined;
  /** The bytes of the text, where it is ASCII. */
  readonly ascii: Ascii | undefined;
  #text: string | undefined;

  /** A text, or the bytes of one. */
  constructor(content: string | Ascii, start: number, problem?: LineProblem) {
    if (typeof content === 'string') this.#text = content;
    else this.ascii = content;
    this.start = start;
    this.problem = problem;
  }

  /** With a line feed between lines, but none behind the last. */
  get text(): string {
    this.#text ??= lenient.decode(this.ascii?.bytes);
    return this.#text;
  }

  /** Characters of the text. */
  get length(): number {
    return this.ascii ? this.ascii.bytes.length : this.text.length;
  }

  /** Where the line that begins at an offset ends: its line feed, or the end of the block. */
  lineEnd(from: number): number {
    if (this.ascii) return lineEnd(this.ascii, from);
    const found = this.text.indexOf('\n', from);
    return found < 0 ? this.text.length : found;
  }

  /** What is written from one offset to that of a line feed, without the CR of the line break. */
  content(from: number, to: number): string {
    const { text } = this;
    return text.slice(from, to > from && text.charCodeAt(to - 1) === RETURN ? to - 1 : to);
  }

  /** The same for a few lines of many: all of the text need not be made. */
  #lineText(from: number, to: number): string {
    if (!this.ascii || this.#text !== undefined) return this.content(from, to);
    const { bytes } = this.ascii;
    return lenient.decode(bytes.subarray(from, contentEnd(bytes, from, to)));
  }

  /** The line of a 1-based number, which begins at an offset. */
  lineOf(number: number, from: number): Line {
    const start = this.start + from;
    if (this.problem) return { number, start, text: this.text, problem: this.problem };
    const text = this.#lineText(from, this.lineEnd(from));
    if (isLong(text)) return { number, start, text: text.slice(0, SHOWN), problem: TOO_LONG };
    return text.includes('\0') ? { number, start, text, problem: nul(text) } : { number, start, text };
  }
}

/** A byte in each of four. */
const [EACH, EACH_HIGH] = [0x01010101, 0x80808080];
const EACH_LINE_FEED = LINE_FEED * EACH;

/** Where the line that begins at an offset of bytes ends: its line feed, or their end. */
export function lineEnd({ bytes, view }: Ascii, from: number): number {
  let at = from;
  // Four bytes at once: of those that differ from a line feed by 0 the highest bit is left.
  for (; at + 4 <= bytes.length; at += 4) {
    const differ = view.getInt32(at, true) ^ EACH_LINE_FEED;
    const zeros = (differ - EACH) & ~differ & EACH_HIGH;
    if (zeros !== 0) return at + ((31 - Math.clz32(zeros & -zeros)) >>> 3);
  }
  while (at < bytes.length && bytes[at] !== LINE_FEED) at++;
  return at;
}

/** Where the line behind begins, if one ends at an offset: behind its LF or CRLF, or behind the end of the bytes. Else -1. */
export function nextLine(bytes: Uint8Array, end: number): number {
  const { length } = bytes;
  if (end === length || bytes[end] === LINE_FEED) return end + 1;
  return bytes[end] === RETURN && (end + 1 === length || bytes[end + 1] === LINE_FEED) ? end + 2 : -1;
}

/** Where a line that ends there ends without the CR of its line break. */
export function contentEnd(bytes: Uint8Array, from: number, to: number): number {
  return to > from && bytes[to - 1] === RETURN ? to - 1 : to;
}

/**
 * The lines of a file, many at a time. Lines end with LF or CRLF. A line that is too long, not UTF-8 or holds a NUL has a
 * `problem`. Chunks, and so blocks, hold until the next is asked for. Throws FeedError for what is no text at all.
 */
export async function* readBlocks(path: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Block> {
  const splitter = new LineSplitter();
  let start: Uint8Array | undefined = NOTHING;
  for await (const chunk of chunks) {
    if (!start) yield* splitter.push(chunk);
    else {
      start = joined(start, chunk);
      if (start.length < 3) start = start.slice();
      else {
        yield* splitter.push(withoutMark(path, start));
        start = undefined;
      }
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
      // The line that was begun before is a block of its own, so that the others need no copy.
      const first = this.#rest.length > 0 ? bytes.indexOf(LINE_FEED) : -1;
      if (first >= 0) this.#split(joined(this.#rest, bytes.subarray(0, first)), blocks);
      if (first < last) this.#split(bytes.subarray(first + 1, last), blocks);
      this.#rest = NOTHING;
    }
    this.#rest = joined(this.#rest, bytes.slice(last + 1));
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
    const ascii = asAscii(bytes);
    const text = ascii ? '' : decoded(bytes);
    if (ascii) blocks.push(new Block(ascii, this.#next(bytes.length)));
    else if (text === undefined) this.#splitBytes(bytes, blocks);
    else blocks.push(new Block(text, this.#next(text.length)));
  }

  /** Line by line: one of them is not UTF-8. */
  #splitBytes(bytes: Uint8Array, blocks: Block[]): void {
    for (let from = 0; from <= bytes.length; ) {
      const found = bytes.indexOf(LINE_FEED, from);
      const end = found < 0 ? bytes.length : found;
      const line = bytes.subarray(from, end);
      const text = decoded(line);
      if (text === undefined) this.#addBroken(line, blocks);
      else blocks.push(new Block(asAscii(line) ?? text, this.#next(text.length)));
      from = end + 1;
    }
  }

  #addBroken(bytes: Uint8Array, blocks: Block[]): void {
    const line = lenient.decode(bytes);
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    const start = this.#next(line.length);
    const long = bytes.length - (line.length - text.length) > MOST_BYTES;
    blocks.push(
      long ? new Block(text.slice(0, SHOWN), start, TOO_LONG) : new Block(text, start, notUtf8(text)),
    );
  }

  #endLong(long: LongLine, blocks: Block[]): void {
    long.end();
    blocks.push(new Block(long.head, this.#next(long.length), TOO_LONG));
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

/** The same bytes, if they are ASCII. */
export function asAscii(bytes: Uint8Array): Ascii | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return isAscii(view) ? { bytes, view } : undefined;
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
