/** A line of source with its stretch marked below, as `print-pretty.ts` shows it. */

import type { Span } from './diagnostic.ts';
import { visible, widthOf } from './visible.ts';

/** What is shown of a span: its line, and where its mark stands. */
export interface Snippet {
  /** 1-based. */
  line: number;
  column: number;
  /** The line, safe to print; cut around the stretch where it is long. Undefined where the file does not keep it. */
  text: string | undefined;
  /** Blank columns before the mark. */
  indent: number;
  /** Columns of the mark, at least 1. */
  width: number;
}

/** A character as it is shown. */
interface Cell {
  text: string;
  width: number;
  /** Whether the span covers it. */
  marked: boolean;
}

/** Characters looked at on either side: a line can be a megabyte long. */
const NEAR = 1000;
/** Lines wider than this are cut. */
const MOST_COLUMNS = 120;
/** Columns kept before the stretch where a line is cut. */
const LEAD = 30;
const TAB = '    ';
const CUT = '…';
/** Characters that are shown as they are, a column each. */
const PLAIN = /^[ -~]*$/;

/** The first line of a span. A span over several lines is marked to the end of its first. */
export function snippetOf({ file, start, end }: Span): Snippet {
  const { line, column } = file.position(start);
  const whole = file.line(line);
  if (whole === undefined) return { line, column, text: undefined, indent: 0, width: 1 };
  const lineStart = file.lineRange(line).start;
  const from = Math.max(lineStart, start - NEAR);
  const to = Math.min(lineStart + whole.length, start + NEAR);
  const near = whole.slice(from - lineStart, to - lineStart);
  if (near.length <= MOST_COLUMNS && PLAIN.test(near)) {
    const indent = Math.min(start, to) - from;
    return { line, column, text: near, indent, width: Math.max(1, Math.min(end, to) - from - indent) };
  }
  const cells: Cell[] = [];
  let offset = from;
  for (const character of near) {
    const text = character === '\t' ? TAB : visible(character);
    cells.push({ text, width: widthOf(text), marked: offset >= start && offset < end });
    offset += character.length;
  }
  const first = cells.findIndex((cell) => cell.marked);
  // Nothing is marked where the span is empty or at the end of the line: the mark stands behind the text before it.
  const at = first >= 0 ? first : [...near.slice(0, Math.max(0, Math.min(start, to) - from))].length;
  const shown = columns(cells) > MOST_COLUMNS ? cutAround(cells, at) : { cells, skipped: 0 };
  const before = shown.cells.slice(0, at - shown.skipped);
  return {
    line,
    column,
    text: shown.cells.map((cell) => cell.text).join(''),
    indent: columns(before),
    width: Math.max(1, columns(shown.cells.filter((cell) => cell.marked))),
  };
}

function columns(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}

/** The part of a long line around the cell `at`, with `…` where something is left out. */
function cutAround(cells: readonly Cell[], at: number): { cells: Cell[]; skipped: number } {
  let from = at;
  let lead = 0;
  while (from > 0 && lead < LEAD) lead += (cells[--from] as Cell).width;
  let to = from;
  let width = 0;
  while (to < cells.length && width + (cells[to] as Cell).width < MOST_COLUMNS)
    width += (cells[to++] as Cell).width;
  const ellipsis: Cell = { text: CUT, width: 1, marked: false };
  return {
    cells: [
      ...(from > 0 ? [ellipsis] : []),
      ...cells.slice(from, to),
      ...(to < cells.length ? [ellipsis] : []),
    ],
    skipped: from > 0 ? from - 1 : 0,
  };
}
