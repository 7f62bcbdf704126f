/** A text that was read, and the way from its offsets to lines and columns. */

export interface Position {
  /** 1-based. */
  line: number;
  /** 1-based, in characters (Unicode code points). */
  column: number;
}

const BYTE_ORDER_MARK = '\uFEFF';
/** Line breaks of YAML 1.2. */
const LINE_BREAK = /\r\n|\n|\r/g;

/** A file of text. Its offsets are UTF-16 code units. */
export class SourceFile {
  /** As shown to people and written to manifests: relative to the project, with `/`. */
  readonly path: string;
  readonly #text: string;
  #lineStarts: number[] | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.#text = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  }

  /** Without a byte order mark. */
  get text(): string {
    return this.#text;
  }

  /** How much there is of it: characters, or bytes where they are not held as a text. */
  get length(): number {
    return this.text.length;
  }

  /** What is written from one offset to another. */
  slice(start: number, end: number): string {
    return this.text.slice(start, end);
  }

  /** Its text in parts of whole lines. */
  *parts(): Generator<string> {
    yield this.text;
  }

  /** The position of a UTF-16 offset. Computed on demand: only diagnostics ask. */
  position(offset: number): Position {
    const { line, start } = lineAt(this.lineStarts(), offset);
    return { line, column: [...this.text.slice(start, offset)].length + 1 };
  }

  /** The offsets of a 1-based line, without its line break. */
  lineRange(number: number): { start: number; end: number } {
    const starts = this.lineStarts();
    const start = starts[number - 1] ?? this.text.length;
    let end = starts[number] ?? this.text.length;
    if (number < starts.length) end -= this.text.endsWith('\r\n', end) ? 2 : 1;
    return { start, end };
  }

  /** The text of a 1-based line, without its line break; undefined where it is not kept. */
  line(number: number): string | undefined {
    const { start, end } = this.lineRange(number);
    return this.text.slice(start, end);
  }

  private lineStarts(): number[] {
    if (this.#lineStarts) return this.#lineStarts;
    const starts = [0];
    for (const found of this.text.matchAll(LINE_BREAK)) starts.push(found.index + found[0].length);
    this.#lineStarts = starts;
    return starts;
  }
}

/** The 1-based line that holds an offset, and where it starts; `starts` are those of so many lines. */
export function lineAt(
  starts: ArrayLike<number>,
  offset: number,
  lines = starts.length,
): { line: number; start: number } {
  let low = 0;
  let high = lines - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, start: starts[low] as number };
}
