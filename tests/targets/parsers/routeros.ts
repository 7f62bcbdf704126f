/**
 * A strict reader of RouterOS scripts that fill address lists, from the manual: its pages on scripting, on `/import`, and on
 * `/ip firewall address-list` and `/ipv6 firewall address-list`. A device stops at the first line that it refuses.
 */

import { isIP } from 'node:net';
import { address, network, range } from './list-grammar.ts';

export interface RouterOsEntry {
  list: string;
  address: string;
  comment: string;
}

export interface RouterOsScript {
  /** The menu that the commands are for. */
  menu: string;
  /** The lists that are emptied. */
  removed: string[];
  entries: RouterOsEntry[];
  /** `line: what is wrong`. */
  problems: string[];
}

const MENUS: Readonly<Record<string, 4 | 6>> = {
  '/ip firewall address-list': 4,
  '/ipv6 firewall address-list': 6,
};

const STRING = String.raw`"((?:[^"\\]|\\.)*)"`;
const REMOVE = new RegExp(`^remove \\[find list=${STRING}\\]$`);
const ADD = new RegExp(`^add list=${STRING} address=([^ "]+) comment=${STRING}$`);

/** What may stand behind a backslash in a string: a sign, or a byte as two digits, capitals among them. */
const ESCAPE = /\\(?:([0-9A-F]{2})|(.))/gs;
const SIGNS: Readonly<Record<string, number>> = {
  '"': 0x22,
  '\\': 0x5c,
  $: 0x24,
  '?': 0x3f,
  _: 0x20,
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
};

/** Reads a script for one family. */
export function parseRouterOs(text: string): RouterOsScript {
  const read: RouterOsScript = { menu: '', removed: [], entries: [], problems: [] };
  if (!text.endsWith('\n')) read.problems.push('the last line has no end');
  const seen = new Set<string>();
  for (const [at, line] of text.split('\n').slice(0, -1).entries()) {
    const wrong = readLine(read, seen, line);
    if (wrong) read.problems.push(`${at + 1}: ${wrong}`);
  }
  if (read.menu === '') read.problems.push('no menu');
  return read;
}

function readLine(read: RouterOsScript, seen: Set<string>, line: string): string | undefined {
  if (/[\0-\x1f\x7f]/.test(line)) return 'a control character';
  if (line.endsWith('\\')) return 'the next line is part of this one';
  if (line === '' || line.startsWith('#')) return undefined;
  if (/[^ -~]/.test(line)) return 'not ASCII';
  if (line.startsWith('/')) {
    if (read.menu !== '') return 'a second menu';
    read.menu = line;
    return line in MENUS ? undefined : 'no such menu';
  }
  if (read.menu === '') return 'a command without a menu';
  const removed = REMOVE.exec(line);
  if (removed) {
    const list = decoded(removed[1] as string);
    read.removed.push(list ?? '');
    return wrongList(list);
  }
  const added = ADD.exec(line);
  return added ? readEntry(read, seen, added) : 'no such command';
}

function readEntry(
  read: RouterOsScript,
  seen: Set<string>,
  [, ...parts]: RegExpExecArray,
): string | undefined {
  const [list, comment] = [decoded(parts[0] as string), decoded(parts[2] as string)];
  const entry = { list: list ?? '', address: parts[1] as string, comment: comment ?? '' };
  read.entries.push(entry);
  const key = `${entry.list} ${entry.address.replace(/\/(32|128)$/, '')}`;
  const wrong =
    wrongList(list) ??
    wrongAddress(entry.address, MENUS[read.menu]) ??
    (comment === undefined ? 'not a string' : undefined) ??
    (read.removed.includes(entry.list) ? undefined : 'a list that may hold the entry already') ??
    (seen.has(key) ? 'such an entry is there already' : undefined);
  seen.add(key);
  return wrong;
}

function wrongList(list: string | undefined): string | undefined {
  return list !== undefined && /^[\w-]{1,63}$/.test(list) ? undefined : 'not a name of a list';
}

function wrongAddress(text: string, family: 4 | 6 | undefined): string | undefined {
  const first = text.split(/[-/]/, 1)[0] as string;
  if (isIP(first) === 0 || first.includes('%')) return 'not an address: it would be looked up';
  if (isIP(first) !== family) return 'an address of the other family';
  if (text.includes('-')) return family === 6 ? 'a range of IPv6' : range(text);
  return text.includes('/') ? network(text) : address(text);
}

/** The text that a string stands for; undefined where it is none. */
function decoded(string: string): string | undefined {
  if (/(?<!\\)(?:\\\\)*[$?]/.test(string)) return undefined;
  const bytes: number[] = [];
  let end = 0;
  for (const found of string.matchAll(ESCAPE)) {
    bytes.push(...Buffer.from(string.slice(end, found.index)));
    const byte = found[1] === undefined ? SIGNS[found[2] as string] : Number.parseInt(found[1], 16);
    if (byte === undefined) return undefined;
    bytes.push(byte);
    end = found.index + found[0].length;
  }
  return Buffer.from([...bytes, ...Buffer.from(string.slice(end))]).toString('utf8');
}
