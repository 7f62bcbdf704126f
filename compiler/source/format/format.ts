/** The canonical layout of `indicators.yaml` and `refang.yaml`. What a file says, and its comments, stay the same. */

import { SourceFile } from '../../diagnostics/source-file.ts';
import { coreScalar } from '../plain.ts';
import { keysAt, type Schema } from '../schema-walk.ts';
import { parseYaml } from '../yaml.ts';
import { isEmpty, type Node } from '../yaml-tree.ts';
import { type KeyOrder, printDocument } from './print.ts';
import { triviaOf } from './trivia.ts';

/**
 * The text of a file in canonical layout: keys in the order of the schema, two blanks a level, quotes only where they are
 * needed, one blank line at most. A file that is no YAML map is returned as it is. Line breaks stay `\r\n` where the
 * first one is.
 */
export function formatted(file: SourceFile, schema: Schema): string {
  const [firstBreak] = /\r\n?|\n/.exec(file.text) ?? [];
  const before = new SourceFile(file.path, file.text.replace(/\r\n?/g, '\n'));
  const { root, diagnostics } = parseYaml(before);
  if (root?.type !== 'map' || diagnostics.length > 0) return file.text;
  const text = printDocument(before, root, keyOrderOf(schema));
  if (!keepsAll(before, root, new SourceFile(file.path, text)))
    throw new Error(`the layout of ${file.path} would change what it says`);
  return firstBreak === '\r\n' ? text.replaceAll('\n', '\r\n') : text;
}

/** Keys in the order in which the schema lists them. Items of a list are alike. */
function keyOrderOf(schema: Schema): KeyOrder {
  const known = new Map<string, readonly string[]>();
  return (path) => {
    const alike = path.map((step) => (typeof step === 'number' ? 0 : step));
    const key = JSON.stringify(alike);
    const keys = known.get(key) ?? keysAt(schema, alike);
    known.set(key, keys);
    return keys;
  };
}

/** Whether all keys, values and comments are those of before: no layout is worth one of them. */
function keepsAll(before: SourceFile, root: Node, after: SourceFile): boolean {
  const { root: again, diagnostics } = parseYaml(after);
  if (!again || diagnostics.length > 0 || !sameNode(root, again)) return false;
  const comments = (file: SourceFile, node: Node) =>
    triviaOf(file, node)
      .comments.map(({ text }) => text)
      .sort();
  const [old, now] = [comments(before, root), comments(after, again)];
  return old.length === now.length && old.every((text, at) => text === now[at]);
}

function sameNode(a: Node, b: Node): boolean {
  if (a.type === 'scalar')
    return (
      b.type === 'scalar' &&
      a.text === b.text &&
      isEmpty(a) === isEmpty(b) &&
      Object.is(coreScalar(a), coreScalar(b))
    );
  if (a.type === 'seq')
    return (
      b.type === 'seq' &&
      a.items.length === b.items.length &&
      a.items.every((item, at) => sameNode(item, b.items[at] as Node))
    );
  if (b.type !== 'map' || a.entries.length !== b.entries.length) return false;
  const values = new Map(b.entries.map(({ key, value }) => [key.text, value]));
  return a.entries.every(({ key, value }) => {
    const other = values.get(key.text);
    return other !== undefined && sameNode(value, other);
  });
}
