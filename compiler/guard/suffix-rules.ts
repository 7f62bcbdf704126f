/** The rules of the Public Suffix List one by one. The library that finds a name's suffix has them as a tree of labels. */

import {
  edgeChild,
  edgeLength,
  edgeStart,
  exceptionsRoot,
  labelText,
  nodeFlags,
  rulesRoot,
} from 'tldts/dist/cjs/src/data/trie.js';

/** A rule. */
export interface SuffixRule {
  /** Without `*`, and without what stands in front of it. */
  name: string;
  /** It is about names below `name`: `*.name`. */
  wildcard: boolean;
  /** It is in the section of providers, not of registries. */
  isPrivate: boolean;
}

const PRIVATE = 2;

/** All rules, and the exceptions of them. */
export function* suffixRules(): Generator<SuffixRule> {
  const starts = new Uint32Array(edgeLength.length + 1);
  for (let edge = 0; edge < edgeLength.length; edge++)
    starts[edge + 1] = (starts[edge] as number) + (edgeLength[edge] as number);
  for (const root of [rulesRoot, exceptionsRoot]) yield* rulesBelow(root, '', false, starts);
}

/** `starts`: where the label of each edge begins. */
function* rulesBelow(
  node: number,
  above: string,
  belowWildcard: boolean,
  starts: Uint32Array,
): Generator<SuffixRule> {
  for (let edge = edgeStart[node] as number; edge < (edgeStart[node + 1] as number); edge++) {
    const label = labelText.slice(starts[edge], starts[edge + 1]);
    const child = edgeChild[edge] as number;
    const flags = nodeFlags[child] as number;
    const wildcard = belowWildcard || label === '*';
    const name = wildcard ? above : above === '' ? label : `${label}.${above}`;
    if (flags !== 0) yield { name, wildcard, isPrivate: (flags & PRIVATE) !== 0 };
    yield* rulesBelow(child, name, wildcard, starts);
  }
}
