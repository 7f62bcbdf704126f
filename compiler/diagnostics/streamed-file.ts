/** A file that is read as a stream and never held as a whole. */

import { lineAt, type Position, SourceFile } from './source-file.ts';

/** So many findings of one sort are shown of such a file; the others are counted. */
export const MOST_SHOWN = 20;

/** Knows where its lines start, and the text of those few that messages show. Its `text` is empty. */
export class StreamedFile extends SourceFile {
  /** Offsets, in an array that grows by half. */
  #starts = new Uint32Array(1024);
  #lines = 0;
  readonly #kept = new Map<number, string>();

  constructor(path: string) {
    super(path, '');
  }

  /** Notes where the next line starts. */
  beginLine(start: number): void {
    if (this.#lines === this.#starts.length) this.#resize(this.#lines * 1.5);
    this.#starts[this.#lines++] = start;
  }

  /** Makes room for about so many lines more. */
  expectLines(more: number): void {
    if (this.#lines + more > this.#starts.length) this.#resize(this.#lines + more);
  }

  #resize(size: number): void {
    const larger = new Uint32Array(size);
    larger.set(this.#starts);
    this.#starts = larger;
  }

  /** Keeps the text of a 1-based line, to be shown. */
  keep(number: number, text: string): void {
    this.#kept.set(number, text);
  }

  /** The column is exact in lines that are kept; elsewhere a character beyond U+FFFF before it counts as two. */
  override position(offset: number): Position {
    if (this.#lines === 0) return { line: 1, column: 1 };
    const { line, start } = lineAt(this.#starts, offset, this.#lines);
    const before = this.#kept.get(line)?.slice(0, offset - start);
    return { line, column: (before === undefined ? offset - start : [...before].length) + 1 };
  }

  override lineRange(number: number): { start: number; end: number } {
    const start = this.#starts[number - 1] ?? 0;
    return { start, end: start + (this.#kept.get(number)?.length ?? 0) };
  }

  override line(number: number): string | undefined {
    return this.#kept.get(number);
  }
}
