/** How a scalar is written: quotes only where they are needed. */

import type { SourceFile } from '../../diagnostics/source-file.ts';
import { coreScalar } from '../plain.ts';
import type { ScalarNode } from '../yaml-tree.ts';
import { outer } from './trivia.ts';

/** What may begin a plain scalar. Less than YAML allows, and never what means something to it. */
const PLAIN_START = /^[\p{L}\p{N}_/(]/u;
/** A colon before a blank or at the end, a `#` behind a blank, and what is not on one line. */
const NOT_PLAIN = /:(?: |$)| #|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|[^\S ]|^ | $/u;
const NOT_IN_FLOW = /[,[\]{}:]/;
/** Words and numbers that YAML 1.1 reads as something else: some editors and linters still do. */
const OLD_TYPES =
  /^(?:y|n|yes|no|on|off|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[-+]?[0-9][0-9_.]*)$/i;
/** What single quotes cannot hold on one line, or a reader cannot see. */
const NEEDS_ESCAPE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|[^\S ]/u;

/** A plain or quoted scalar on one line. `flow`: between brackets, or a key. */
export function scalarText(file: SourceFile, node: ScalarNode, flow: boolean): string {
  const { start, end } = outer(node);
  const source = file.text.slice(start, end);
  if (node.style === 'plain') return source;
  if (isPlain(node.text, flow)) return node.text;
  if (NEEDS_ESCAPE.test(node.text)) return source.includes('\n') ? JSON.stringify(node.text) : source;
  return /["\\]/.test(node.text) ? `'${node.text.replaceAll("'", "''")}'` : `"${node.text}"`;
}

/** Whether a text needs no quotes, and stays a text for whoever reads types. */
function isPlain(text: string, flow: boolean): boolean {
  return (
    PLAIN_START.test(text) &&
    !NOT_PLAIN.test(text) &&
    !(flow && NOT_IN_FLOW.test(text)) &&
    !OLD_TYPES.test(text) &&
    typeof coreScalar({ type: 'scalar', style: 'plain', text, start: 0, end: 0 }) === 'string'
  );
}

/** The lines of a scalar over several lines, from its second on indented by `pad`. */
export function foldedLines(file: SourceFile, node: ScalarNode, pad: string): string[] {
  const { start, end } = outer(node);
  const [first = '', ...others] = file.text.slice(start, end).split('\n');
  return [
    node.style === 'plain' ? first.trimEnd() : first,
    ...others.map((line) => {
      const text = node.style === 'plain' ? line.trim() : line.replace(/^[ \t]+/, '');
      return text === '' ? '' : pad + text;
    }),
  ];
}

/** The header and the lines of a block after `|` or `>`; undefined where it is better quoted, being blank. */
export function blockLines(
  file: SourceFile,
  node: ScalarNode,
  pad: string,
): { header: string; lines: string[] } | undefined {
  if (node.text.trim() === '') return undefined;
  const content =
    node.style === 'literal' ? node.text.replace(/\n+$/, '').split('\n') : foldedSource(file, node);
  const breaks = /\n*$/.exec(node.text)?.[0].length ?? 0;
  const chomping = breaks === 0 ? '-' : breaks === 1 ? '' : '+';
  const indentation = /^\n*[ \t]/.test(content.join('\n')) ? '2' : '';
  const kept = Array.from({ length: Math.max(0, breaks - 1) }, () => '');
  return {
    header: `${node.style === 'literal' ? '|' : '>'}${indentation}${chomping}`,
    lines: [...content.map((line) => (line === '' ? '' : pad + line)), ...kept],
  };
}

/** The lines of a folded block, without the indentation that they share. */
function foldedSource(file: SourceFile, node: ScalarNode): string[] {
  const lines = file.text.slice(node.start, node.end).split('\n');
  const width = contentIndentation(file, node, lines);
  const content = lines.map((line) => line.slice(Math.min(width, /^ */.exec(line)?.[0].length ?? 0)));
  while (content.at(-1)?.trim() === '') content.pop();
  return content;
}

/** That of the first line with text, or what the header says: then it is found by what is left over as text. */
function contentIndentation(file: SourceFile, node: ScalarNode, lines: readonly string[]): number {
  const first = lines.find((line) => line.trim() !== '') ?? '';
  const own = /^ */.exec(first)?.[0].length ?? 0;
  const explicit = /[>][-+]?[1-9][-+]?[ \t]*(?:#[^\n]*)?\n$/.test(
    file.text.slice(Math.max(0, node.start - 500), node.start),
  );
  if (!explicit) return own;
  const said = /^ */.exec(node.text.replace(/^\n+/, ''))?.[0].length ?? 0;
  return own - said;
}
