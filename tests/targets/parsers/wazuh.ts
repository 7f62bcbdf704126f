/**
 * Wazuh's CDB lists and rules, from “Using CDB lists” and “Rules syntax” of its documentation, and from the search of
 * `lists_list.c`: a whole key, or for addresses a beginning that ends with a dot.
 */

import { isIPv4, isIPv6 } from 'node:net';
import type { Parsed } from './parsed.ts';

export interface CdbEntry {
  key: string;
  value: string;
}

const LINE = /^(?:"([^":]*:[^"]*)"|([^":]+)):([^:"]*)$/;

/** Reads one list; `check` says what is wrong with a key. */
export function parseCdbList(text: string, check: (key: string) => string | undefined): Parsed<CdbEntry> {
  const problems: string[] = [];
  const entries: CdbEntry[] = [];
  if (text !== '' && !text.endsWith('\n')) problems.push('the last line has no end');
  const seen = new Set<string>();
  for (const [at, line] of text.split('\n').slice(0, -1).entries()) {
    const [whole, quoted, plain, value = ''] = LINE.exec(line) ?? [];
    const key = quoted ?? plain ?? '';
    const wrong =
      whole === undefined ? 'not key:value' : (check(key) ?? (seen.has(key) ? 'a duplicate' : undefined));
    if (wrong) problems.push(`${at + 1}: ${wrong}`);
    seen.add(key);
    entries.push({ key, value });
  }
  return { entries, problems };
}

/** What is wrong with a key of a list of addresses. */
export function wrongAddressKey(key: string): string | undefined {
  if (isIPv4(key) || (isIPv6(key) && key === key.toLowerCase() && !/[%.]/.test(key))) return undefined;
  const octets = key.split('.');
  const isBeginning =
    key.endsWith('.') && octets.length <= 4 && isIPv4(`${key}${'0.'.repeat(4 - octets.length)}0`);
  return isBeginning ? undefined : 'neither an address nor a beginning of one';
}

/** What is wrong with a key of a list of hashes. */
export function wrongHashKey(key: string): string | undefined {
  return /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(key) ? undefined : 'not a hash';
}

/** Whether `address_match_key` finds an address: itself, or what stands before one of its dots. */
export function findsAddress(keys: ReadonlySet<string>, address: string): boolean {
  if (keys.has(address)) return true;
  for (let at = address.length; at > 0; at--) {
    if (address[at - 1] === '.' && keys.has(address.slice(0, at))) return true;
  }
  return false;
}

export interface WazuhRule {
  id: number;
  level: number;
  description: string;
  /** Path of a list and the field that is looked up. */
  list?: { field: string; lookup: string; path: string };
  /** A field and its pattern. */
  field?: { name: string; pattern: string };
  techniques: string[];
}

const TEXT = String.raw`[^<>&\\]*`;
const COMMENT = /^\s*<!-- (?:(?!--)[^<>&])* -->$/;
const OPEN = /^ {2}<rule id="(\d{6})" level="(\d{1,2})">$/;
const PARTS: readonly [string, RegExp][] = [
  ['parent', /^ {4}<(?:if_sid>[\d,]+<\/if_sid|if_group>[\w|]+<\/if_group)>$/],
  ['list', /^ {4}<list field="([\w.]+)" lookup="((?:address_)?match_key)">(etc\/lists\/[\w-]+)<\/list>$/],
  ['field', /^ {4}<field name="([\w.]+)" type="pcre2">([^<>&"]+)<\/field>$/],
  ['description', new RegExp(`^ {4}<description>(${TEXT})</description>$`)],
  ['mitre', /^ {4}<mitre>$/],
  ['technique', /^ {6}<id>(T\d{4}(?:\.\d{3})?)<\/id>$/],
  ['mitre', /^ {4}<\/mitre>$/],
];

/** Reads a file of rules, of which each element stands on a line of its own. */
export function parseWazuhRules(text: string): Parsed<WazuhRule> {
  const problems: string[] = [];
  const entries: WazuhRule[] = [];
  let rule: (WazuhRule & { parent?: boolean }) | undefined;
  let depth = 0;
  for (const [at, line] of text.split('\n').slice(0, -1).entries()) {
    const report = (what: string) => problems.push(`${at + 1}: ${what}`);
    if (line === '' || (!rule && COMMENT.test(line))) continue;
    const open = OPEN.exec(line);
    if (!rule && depth === 0 && /^<group name="(?:[a-z_]+,)+">$/.test(line)) depth = 1;
    else if (!rule && depth === 1 && line === '</group>') depth = 2;
    else if (!rule && depth === 1 && open)
      rule = { id: Number(open[1]), level: Number(open[2]), description: '', techniques: [] };
    else if (rule && line === '  </rule>') {
      for (const wrong of wrongRule(rule, entries)) report(wrong);
      const { parent: _, ...whole } = rule;
      entries.push(whole);
      rule = undefined;
    } else if (!rule || !readPart(rule, line)) report('not a line of a rule');
  }
  if (rule || depth !== 2 || !text.endsWith('\n')) problems.push('the file is cut');
  return { entries, problems };
}

function readPart(rule: WazuhRule & { parent?: boolean }, line: string): boolean {
  for (const [name, pattern] of PARTS) {
    const [whole, first = '', second = '', third = ''] = pattern.exec(line) ?? [];
    if (whole === undefined) continue;
    if (name === 'parent') rule.parent = true;
    if (name === 'list') rule.list = { field: first, lookup: second, path: third };
    if (name === 'field') rule.field = { name: first, pattern: second };
    if (name === 'description') rule.description = first;
    if (name === 'technique') rule.techniques.push(first);
    return true;
  }
  return false;
}

function wrongRule(rule: WazuhRule & { parent?: boolean }, others: readonly WazuhRule[]): string[] {
  const problems: string[] = [];
  if (rule.id < 100_000 || rule.id > 120_000) problems.push(`the id ${rule.id} is not for own rules`);
  if (rule.level > 16) problems.push('no such level');
  if (others.some(({ id }) => id === rule.id)) problems.push(`two rules ${rule.id}`);
  if (!rule.parent) problems.push('no rule or group before it');
  if (!rule.list === !rule.field) problems.push('neither a list nor a field, or both');
  if (rule.description === '' || /\$\(|--/.test(rule.description)) problems.push('no plain description');
  if (rule.field) {
    try {
      new RegExp(rule.field.pattern.replace(/^\(\?i\)/, ''), 'i');
    } catch {
      problems.push('not a pattern');
    }
  }
  return problems;
}
