/**
 * The Public Suffix List as text. `npm run prepare` works it out ahead: `tldts`, which brings the list, has it as a
 * tree of labels, and to walk that takes longer than a small build has.
 */

import * as trie from 'tldts/dist/cjs/src/data/trie.js';

// Each look into a module of that form is a call of a function.
const { edgeChild, edgeLength, edgeStart, exceptionsRoot, labelText, nodeFlags, rulesRoot } = trie;

const PRIVATE = 2;

/**
 * A line for each top-level domain, with line breaks at both ends: `uk: uk co.uk *.sch.uk`. In front of a rule of the
 * section of providers stands `~`, and in front of an exception, behind that, `!`. Names are in ASCII: the tree has
 * each rule in Punycode as well.
 */
export const SUFFIX_LIST: string = written(
  [...rulesBelow(rulesRoot, ''), ...rulesBelow(exceptionsRoot, '!')].filter(isAscii),
);

/** Names in other letters are never asked for: those of indicators are in Punycode. */
function isAscii(rule: string): boolean {
  return /^[!-~]+$/.test(rule);
}

function written(rules: readonly string[]): string {
  const lines = new Map<string, string>();
  for (const rule of rules) {
    const top = rule.slice(rule.lastIndexOf('.') + 1).replace(/^~?!?/, '');
    lines.set(top, `${lines.get(top) ?? `${top}:`} ${rule}`);
  }
  return `\n${[...lines.values()].join('\n')}\n`;
}

/** All rules below a root of the tree. */
function* rulesBelow(root: number, mark: string): Generator<string> {
  const starts = new Uint32Array(edgeLength.length + 1);
  for (let edge = 0; edge < edgeLength.length; edge++)
    starts[edge + 1] = (starts[edge] as number) + (edgeLength[edge] as number);
  function* below(node: number, above: string): Generator<string> {
    for (let edge = edgeStart[node] as number; edge < (edgeStart[node + 1] as number); edge++) {
      const rule = labelText.slice(starts[edge], starts[edge + 1]) + above;
      const child = edgeChild[edge] as number;
      const flags = nodeFlags[child] as number;
      if (flags !== 0) yield `${(flags & PRIVATE) === 0 ? '' : '~'}${mark}${rule}`;
      yield* below(child, `.${rule}`);
    }
  }
  yield* below(root, '');
}
