/** One record of CSV (RFC 4180), read line by line, with the place of every cell: what messages point at. */

/** A cell. */
export interface Cell {
  /** Without quotes, and without blanks around it. */
  text: string;
  /** Offsets into the record's text as written, without quotes and blanks. */
  start: number;
  end: number;
}

const QUOTE = '"';

/** Takes lines until the record is whole: a cell in quotes can hold line breaks. */
export class CsvRecord {
  readonly cells: Cell[] = [];
  /** What stands behind a closing quote: the record is not well-formed there. */
  stray: { start: number; end: number } | undefined;
  /** The record as written. */
  text = '';
  readonly #delimiter: string;
  /** Where the open cell begins, behind its quote, and its text so far. */
  #open: { start: number; text: string } | undefined;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** Adds a line, or after `lineBreak` a further one. Tells whether the record is whole. */
  add(line: string, lineBreak = ''): boolean {
    let at = this.text.length;
    this.text += lineBreak + line;
    if (this.#open) at = this.#quoted(this.#open, at);
    else at = this.#cell(at);
    while (at >= 0 && at < this.text.length) at = this.#cell(at + 1);
    return this.#open === undefined;
  }

  /** Reads the cell that begins at an offset. Returns that of the delimiter behind it, or -1 where the line has ended. */
  #cell(start: number): number {
    const quote = skipBlanks(this.text, start, this.#delimiter);
    if (this.text[quote] === QUOTE) {
      this.#open = { start: quote + 1, text: '' };
      return this.#quoted(this.#open, quote + 1);
    }
    const found = this.text.indexOf(this.#delimiter, start);
    const end = found < 0 ? this.text.length : found;
    this.cells.push(trimmed(this.text.slice(start, end), start));
    return found;
  }

  /** Reads on in a cell in quotes, from an offset. */
  #quoted(open: { start: number; text: string }, from: number): number {
    for (let at = from; ; ) {
      const quote = this.text.indexOf(QUOTE, at);
      if (quote < 0) {
        open.text += this.text.slice(at);
        return -1;
      }
      open.text += this.text.slice(at, quote);
      if (this.text[quote + 1] !== QUOTE) return this.#close(open, quote);
      open.text += QUOTE;
      at = quote + 2;
    }
  }

  #close(open: { start: number; text: string }, quote: number): number {
    this.#open = undefined;
    this.cells.push({ ...trimmed(this.text.slice(open.start, quote), open.start), text: open.text.trim() });
    const found = this.text.indexOf(this.#delimiter, quote + 1);
    const end = found < 0 ? this.text.length : found;
    if (this.text.slice(quote + 1, end).trim() !== '') this.stray ??= { start: quote + 1, end };
    return found;
  }
}

function skipBlanks(text: string, start: number, delimiter: string): number {
  let at = start;
  while ((text[at] === ' ' || text[at] === '\t') && text[at] !== delimiter) at += 1;
  return at;
}

function trimmed(raw: string, offset: number): Cell {
  const text = raw.trim();
  const start = offset + raw.length - raw.trimStart().length;
  return { text, start, end: start + text.length };
}
