/** Aligned columns for people. */

import { stripVTControlCharacters } from 'node:util';

/** How the cells of a column stand. */
export type Align = 'left' | 'right';

/** The least that the last column is wrapped to. */
const NARROWEST = 20;

/**
 * Rows of cells as lines: columns two blanks apart, as wide as their widest cell, colours not counted. Where the
 * terminal's width is given, a last column of words is wrapped to it.
 */
export function table(
  rows: readonly (readonly string[])[],
  align: readonly Align[],
  terminal = Number.POSITIVE_INFINITY,
): string {
  const widths = align.map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
  const last = align.length - 1;
  const indent = widths.slice(0, last).reduce((sum, cells) => sum + cells + 2, 0);
  const lines = rows.flatMap((row) => {
    const cells = row
      .slice(0, last)
      .map((cell, column) => padded(cell, widths[column] as number, align[column]));
    const [first = '', ...more] = wrapped(row[last] ?? '', Math.max(NARROWEST, terminal - indent));
    const whole = [...cells, padded(first, widths[last] as number, align[last])].join('  ').trimEnd();
    return [whole, ...more.map((line) => ' '.repeat(indent) + line)];
  });
  return `${lines.join('\n')}\n`;
}

function padded(cell: string, cells: number, align: Align | undefined): string {
  const blanks = ' '.repeat(Math.max(0, cells - width(cell)));
  return align === 'right' ? blanks + cell : cell + blanks;
}

/** A paragraph, wrapped to the terminal's width where that is given. */
export function paragraph(text: string, terminal = Number.POSITIVE_INFINITY): string {
  return `${wrapped(text, Math.max(NARROWEST, terminal)).join('\n')}\n`;
}

/** The width that text for a stream is wrapped to; undefined where it goes to a file or a program, or a terminal tells none. */
export function widthOf({ columns }: NodeJS.WriteStream): number | undefined {
  return columns || undefined;
}

/** Words in lines of at most that width; a longer word has a line of its own. */
function wrapped(text: string, most: number): string[] {
  if (width(text) <= most) return [text];
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && width(line) + 1 + width(word) <= most)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Characters, colours not counted. */
export function width(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}
