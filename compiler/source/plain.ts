/** Nodes as plain JavaScript values, for the schemas. Maps have no prototype, so that no key of an input can reach it. */

import { isEmpty, type Node, type ScalarNode } from './yaml-tree.ts';

/** What a scalar stands for, given the keys that lead to it. */
export type ResolveScalar = (node: ScalarNode, key: string) => unknown;

const INTEGER = /^[-+]?[0-9]+$/;
const OCTAL = /^0o[0-7]+$/;
const HEXADECIMAL = /^0x[0-9a-fA-F]+$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** The value of a node. An empty scalar is `null`; `key` is the key it stands under. */
export function plainValue(node: Node, resolve: ResolveScalar, key = ''): unknown {
  if (node.type === 'seq') return node.items.map((item) => plainValue(item, resolve, key));
  if (node.type === 'scalar') return isEmpty(node) ? null : resolve(node, key);
  const map: Record<string, unknown> = Object.create(null);
  for (const entry of node.entries) map[entry.key.text] = plainValue(entry.value, resolve, entry.key.text);
  return map;
}

/** The value of a node by the core schema of YAML 1.2 (10.3.2): for settings, never for indicators. */
export function coreValue(node: Node): unknown {
  return plainValue(node, coreScalar);
}

/** A scalar by the core schema of YAML 1.2. Only plain ones are anything but text. */
export function coreScalar(node: ScalarNode): unknown {
  if (node.style !== 'plain') return node.text;
  switch (node.text) {
    case 'null':
    case 'Null':
    case 'NULL':
    case '~':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
    case '.inf':
    case '.Inf':
    case '.INF':
    case '+.inf':
    case '+.Inf':
    case '+.INF':
      return Number.POSITIVE_INFINITY;
    case '-.inf':
    case '-.Inf':
    case '-.INF':
      return Number.NEGATIVE_INFINITY;
    case '.nan':
    case '.NaN':
    case '.NAN':
      return Number.NaN;
  }
  if (INTEGER.test(node.text) || FLOAT.test(node.text)) return Number(node.text);
  if (OCTAL.test(node.text) || HEXADECIMAL.test(node.text)) return Number(node.text);
  return node.text;
}

/** Indicators are raw text; only the keys named are whole numbers. */
export function rawText(numberKeys: ReadonlySet<string>): ResolveScalar {
  return (node, key) =>
    numberKeys.has(key) && node.style === 'plain' && INTEGER.test(node.text) ? Number(node.text) : node.text;
}
