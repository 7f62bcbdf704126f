/** Aligned columns for people. */

import { stripVTControlCharacters } from 'node:util';

export type Align = 'left' | 'right';

/** Rows of cells as lines: columns two blanks apart, as wide as their widest cell, colours not counted. */
export function table(rows: readonly (readonly string[])[], align: readonly Align[]): string {
  const widths = align.map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
  const lines = rows.map((row) => {
    const cells = row.map((cell, column) => {
      const blanks = ' '.repeat((widths[column] as number) - width(cell));
      return align[column] === 'right' ? blanks + cell : cell + blanks;
    });
    return cells.join('  ').trimEnd();
  });
  return `${lines.join('\n')}\n`;
}

function width(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}
