/** A text that was read, and the way from its offsets to lines and columns. */

export interface Position {
  /** 1-based. */
  line: number;
  /** 1-based, in characters (Unicode code points). */
  column: number;
}

export class SourceFile {
  /** As shown to people and written to manifests: relative to the project, with `/`. */
  readonly path: string;
  readonly text: string;
  #lineStarts: number[] | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  /** The position of a UTF-16 offset. Computed on demand: only diagnostics ask. */
  position(offset: number): Position {
    const starts = this.lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    const column = [...this.text.slice(starts[low], offset)].length + 1;
    return { line: low + 1, column };
  }

  /** The text of a 1-based line, without its line break. */
  line(number: number): string {
    const starts = this.lineStarts();
    const start = starts[number - 1] ?? this.text.length;
    const end = starts[number] ?? this.text.length;
    return this.text.slice(start, end).replace(/\r?\n$/, '');
  }

  private lineStarts(): number[] {
    if (this.#lineStarts) return this.#lineStarts;
    const starts = [0];
    for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#lineStarts = starts;
    return starts;
  }
}
