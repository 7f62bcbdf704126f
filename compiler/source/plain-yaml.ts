/**
 * Records as most are written in YAML: a flat map, a key and its value a line, without escapes and comments behind
 * values. They are read by line; the tree is the one that the parser would give. Where a record is any other, it is
 * left to the parser.
 */

import { asciiTable } from '../indicators/ascii.ts';
import type { MapEntry, MapNode, Node, ScalarNode, SeqNode } from './yaml-tree.ts';

const [LINE_FEED, RETURN, SPACE] = [0x0a, 0x0d, 0x20];
const [QUOTE, APOSTROPHE, BACKSLASH] = [0x22, 0x27, 0x5c];
const [HASH, COLON, COMMA, DASH] = [0x23, 0x3a, 0x2c, 0x2d];
const [OPEN, CLOSE] = [0x5b, 0x5d];
const FIRST_BEYOND_ASCII = 0x80;
const DELETE = 0x7f;
/** A record has no more keys: each is compared with those before. */
const MOST_KEYS = 64;

/** With these a plain scalar can begin anywhere, and in a list in brackets it can go on with them. */
export const SURELY_PLAIN = asciiTable(/[\w./\\+()$^~;<=]/);
/** So a key of ours is written. */
const KEY = asciiTable(/[a-z0-9_]/);
const KEY_FIRST = asciiTable(/[a-z]/);

/** A key, and the value behind it, of one line. */
export interface PlainLine {
  entry: MapEntry;
  /** Behind the line break. */
  next: number;
}

/** The record that is written from one offset to another, its dash in a column. Undefined where it is not a plain one. */
export function plainRecord(text: string, from: number, to: number, column: number): MapNode | undefined {
  const dash = from + column;
  if (text.charCodeAt(dash) !== DASH) return undefined;
  let start = dash + 1;
  while (text.charCodeAt(start) === SPACE) start++;
  if (start === dash + 1) return undefined;
  const indent = start - from;
  const entries: MapEntry[] = [];
  for (let at = start; at < to; ) {
    const line = plainLine(text, at, to);
    if (!line || entries.some(({ key }) => key.text === line.entry.key.text)) return undefined;
    if (entries.push(line.entry) > MOST_KEYS) return undefined;
    const next = nextKey(text, line.next, to, indent);
    if (next < 0) return undefined;
    at = next;
  }
  const last = entries.at(-1)?.value;
  return last && { type: 'map', start, end: endOf(last), entries, flow: false };
}

/** The key that begins at an offset, with a value of one line behind it. */
export function plainLine(text: string, start: number, to: number): PlainLine | undefined {
  const keyEnd = endOfKey(text, start);
  if (keyEnd === start || text.charCodeAt(keyEnd) !== COLON || text.charCodeAt(keyEnd + 1) !== SPACE)
    return undefined;
  const found = text.indexOf('\n', keyEnd);
  const next = found < 0 || found >= to ? to : found + 1;
  let end = found < 0 || found >= to ? to : found;
  if (end > start && text.charCodeAt(end - 1) === RETURN) end--;
  let valueStart = keyEnd + 2;
  while (text.charCodeAt(valueStart) === SPACE) valueStart++;
  while (end > valueStart && text.charCodeAt(end - 1) === SPACE) end--;
  const value = valueStart < end ? plainValueAt(text, valueStart, end) : undefined;
  return value && { entry: { key: scalar(text, start, keyEnd, 'plain'), value }, next };
}

function endOfKey(text: string, start: number): number {
  if (!KEY_FIRST[text.charCodeAt(start)]) return start;
  let at = start + 1;
  while (KEY[text.charCodeAt(at)]) at++;
  return at;
}

/** Where the next key begins, behind blank lines and comments; `to` where there is none, -1 where something else stands. */
function nextKey(text: string, from: number, to: number, indent: number): number {
  for (let at = from; at < to; ) {
    let start = at;
    while (text.charCodeAt(start) === SPACE) start++;
    const unit = text.charCodeAt(start);
    const blank = unit === LINE_FEED || unit === RETURN || unit === HASH;
    if (start < to && !blank) return start - at === indent ? start : -1;
    const found = text.indexOf('\n', start);
    if (found < 0) return to;
    at = found + 1;
  }
  return to;
}

function plainValueAt(text: string, start: number, end: number): Node | undefined {
  const first = text.charCodeAt(start);
  if (first === QUOTE || first === APOSTROPHE) return quotedAt(text, start, end);
  if (first === OPEN) return listAt(text, start, end);
  return isPlainStart(first) && isPlainRest(text, start, end) ? scalar(text, start, end, 'plain') : undefined;
}

/** A quoted scalar that ends where the value does, with neither escapes nor quotes in it. */
function quotedAt(text: string, start: number, end: number): ScalarNode | undefined {
  const quote = text.charCodeAt(start);
  if (end - start < 2 || text.charCodeAt(end - 1) !== quote) return undefined;
  for (let at = start + 1; at < end - 1; at++) {
    const unit = text.charCodeAt(at);
    if (unit === quote || unit < SPACE || unit === DELETE) return undefined;
    if (unit === BACKSLASH && quote === QUOTE) return undefined;
  }
  return scalar(text, start + 1, end - 1, quote === QUOTE ? 'double-quoted' : 'single-quoted');
}

/** A list in brackets of words and quoted texts. */
function listAt(text: string, start: number, end: number): SeqNode | undefined {
  if (text.charCodeAt(end - 1) !== CLOSE) return undefined;
  const items: Node[] = [];
  let at = start + 1;
  for (;;) {
    while (text.charCodeAt(at) === SPACE) at++;
    if (at === end - 1 && items.length === 0) break;
    const item = itemAt(text, at, end - 1);
    if (!item) return undefined;
    items.push(item);
    at = endOf(item);
    while (text.charCodeAt(at) === SPACE) at++;
    if (at === end - 1) break;
    if (text.charCodeAt(at++) !== COMMA) return undefined;
  }
  return { type: 'seq', start, end, items, flow: true };
}

function itemAt(text: string, start: number, end: number): ScalarNode | undefined {
  const first = text.charCodeAt(start);
  if (first === QUOTE || first === APOSTROPHE) {
    const close = text.indexOf(String.fromCharCode(first), start + 1);
    return close < 0 || close >= end ? undefined : quotedAt(text, start, close + 1);
  }
  let at = start;
  while (at < end && isPlainInList(text.charCodeAt(at), at > start)) at++;
  return at > start ? scalar(text, start, at, 'plain') : undefined;
}

function isPlainStart(unit: number): boolean {
  return unit >= FIRST_BEYOND_ASCII || SURELY_PLAIN[unit] === 1;
}

function isPlainInList(unit: number, inside: boolean): boolean {
  return isPlainStart(unit) || (inside && unit === DASH);
}

/** Whether nothing in a plain scalar is a comment, the end of a key, or a control character. */
function isPlainRest(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit < SPACE || unit === DELETE) return false;
    if (unit === COLON && (at + 1 === end || text.charCodeAt(at + 1) === SPACE)) return false;
    if (unit === HASH && text.charCodeAt(at - 1) === SPACE) return false;
  }
  return true;
}

function scalar(text: string, start: number, end: number, style: ScalarNode['style']): ScalarNode {
  return { type: 'scalar', start, end, text: text.slice(start, end), style };
}

/** Where what is written of a node ends: that of a quoted scalar is behind its quote. */
function endOf(node: Node): number {
  const quoted = node.type === 'scalar' && node.style !== 'plain';
  return quoted ? node.end + 1 : node.end;
}
