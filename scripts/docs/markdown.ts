/** Small pieces of Markdown. */

/** Said at the top of every page that is made by a program. */
export const GENERATED = '<!-- Made by `npm run docs`. Do not edit. -->\n\n';

/** A table; cells may hold Markdown but no line break. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}
