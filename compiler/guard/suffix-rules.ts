/**
 * The rules of the Public Suffix List, and the one that decides about a name. The list comes with `tldts`, as a tree of labels; what
 * `tldts` makes of it when it is loaded pays off only for a million names.
 */

import * as trie from 'tldts/dist/cjs/src/data/trie.js';

/** A rule. */
export interface SuffixRule {
  /** Without `*`, and without what stands in front of it. */
  name: string;
  /** It is about names below `name`: `*.name`. */
  wildcard: boolean;
  /** It is in the section of providers, not of registries. */
  isPrivate: boolean;
}

/** The suffix of a name by the list. */
export interface ListedSuffix {
  suffix: string;
  /** The rule that decides is in the section of providers, not of registries. */
  isPrivate: boolean;
}

const PRIVATE = 2;

// Each look into a module of that form is a call of a function.
const { edgeChild, edgeLength, edgeStart, exceptionsRoot, labelText, nodeFlags, rulesRoot } = trie;

/** Where the label of each edge begins. */
let starts: Uint32Array | undefined;
/** By node, its edges by their labels: of those nodes that a name led to. */
const edges = new Map<number, ReadonlyMap<string, number>>();

/** The suffix of a canonical name; undefined where no rule of the list is about it. */
export function suffixOf(name: string): ListedSuffix | undefined {
  const labels = name.split('.');
  const from = (count: number) => labels.slice(-count).join('.');
  // An exception is about the name itself: its suffix has a label less.
  const exception = deepestRule(exceptionsRoot, labels);
  if (exception) return { suffix: from(exception.labels - 1), isPrivate: exception.isPrivate };
  const rule = deepestRule(rulesRoot, labels);
  return rule && { suffix: from(rule.labels), isPrivate: rule.isPrivate };
}

/** The rule with the most labels that a name ends with. */
function deepestRule(
  root: number,
  labels: readonly string[],
): { labels: number; isPrivate: boolean } | undefined {
  let node = root;
  let deepest: { labels: number; isPrivate: boolean } | undefined;
  for (let count = 1; count <= labels.length; count++) {
    const below = edgesOf(node);
    const edge = below.get(labels.at(-count) as string) ?? below.get('*');
    if (edge === undefined) break;
    node = edgeChild[edge] as number;
    const flags = nodeFlags[node] as number;
    if (flags !== 0) deepest = { labels: count, isPrivate: (flags & PRIVATE) !== 0 };
  }
  return deepest;
}

function edgesOf(node: number): ReadonlyMap<string, number> {
  let found = edges.get(node);
  if (!found) {
    found = new Map(edgesBelow(node));
    edges.set(node, found);
  }
  return found;
}

/** The edges of a node, each with its label. */
function* edgesBelow(node: number): Generator<[label: string, edge: number]> {
  starts ??= startsOfLabels();
  for (let edge = edgeStart[node] as number; edge < (edgeStart[node + 1] as number); edge++)
    yield [labelText.slice(starts[edge], starts[edge + 1]), edge];
}

function startsOfLabels(): Uint32Array {
  const all = new Uint32Array(edgeLength.length + 1);
  let start = 0;
  for (let edge = 0; edge < edgeLength.length; edge++) {
    start += edgeLength[edge] as number;
    all[edge + 1] = start;
  }
  return all;
}

/** All rules, and the exceptions of them. */
export function* suffixRules(): Generator<SuffixRule> {
  for (const root of [rulesRoot, exceptionsRoot]) yield* rulesBelow(root, '', false);
}

function* rulesBelow(node: number, above: string, belowWildcard: boolean): Generator<SuffixRule> {
  for (const [label, edge] of edgesBelow(node)) {
    const child = edgeChild[edge] as number;
    const flags = nodeFlags[child] as number;
    const wildcard = belowWildcard || label === '*';
    const name = wildcard ? above : above === '' ? label : `${label}.${above}`;
    if (flags !== 0) yield { name, wildcard, isPrivate: (flags & PRIVATE) !== 0 };
    yield* rulesBelow(child, name, wildcard);
  }
}
