/**
 * Keys that stand as values: how a map is meant that says `type: domain` and `value: bad.example`, or that names columns
 * before keys.
 */

import { KINDS } from '../indicators/kind.ts';
import { shown } from './words.ts';
import type { MapEntry } from './yaml-tree.ts';

/** What the kind and the value of an indicator are called elsewhere. */
const KIND_WORD = /^(?:ioc_?|indicator_?)?(?:type|kind)$/i;
const VALUE_WORD = /^(?:(?:ioc_?|indicator_?)?value|ioc|indicator|data)$/i;

const KIND_NAMES: ReadonlySet<string> = new Set(KINDS);

/** Whether a name is what others call the kind of an indicator. */
export function isWordForKind(name: string): boolean {
  return KIND_WORD.test(name);
}

/**
 * By unknown key of the map at a path, what to write in its place, where the path or the known keys that it lacks tell
 * how it is meant.
 */
export function turnedKeys(
  path: readonly PropertyKey[],
  unknown: readonly MapEntry[],
  absent: readonly string[],
): Map<string, string> {
  if (path.at(-1) === 'columns') return columnsFirst(unknown, absent);
  // A record that names a kind may say another `type` than that.
  return KINDS.every((kind) => absent.includes(kind)) ? kindAsKey(unknown) : new Map();
}

/** By unknown key of a record, what to write for the record to name its kind as it is named here. */
function kindAsKey(unknown: readonly MapEntry[]): Map<string, string> {
  const kind = unknown.find(({ key }) => isWordForKind(key.text));
  if (!kind) return new Map();
  const value = unknown.find(({ key }) => VALUE_WORD.test(key.text));
  const name = textOf(kind.value);
  const example =
    value && KIND_NAMES.has(name) ? `${name}: ${shown(textOf(value.value))}` : 'domain: bad.example';
  const help = `name the kind by the key: \`${example}\``;
  return new Map([kind, ...(value ? [value] : [])].map(({ key }) => [key.text, help]));
}

/** By unknown key of `columns`, what to write where the column stands before the key. */
function columnsFirst(unknown: readonly MapEntry[], absent: readonly string[]): Map<string, string> {
  const turned = unknown.filter(({ value }) => absent.includes(textOf(value)));
  return new Map(
    turned.map(({ key, value }) => [
      key.text,
      `write \`${textOf(value)}: ${shown(key.text)}\`: the key first, then the column that holds it`,
    ]),
  );
}

function textOf(value: MapEntry['value']): string {
  return value.type === 'scalar' ? value.text : '';
}
