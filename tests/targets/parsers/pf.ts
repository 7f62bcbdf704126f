/**
 * A strict reader of pf's tables and rules, from pf.conf(5) of OpenBSD and FreeBSD and the source of pfctl. It knows the part of
 * the grammar that rules for lists need, and refuses all else.
 */

import { address, anyOf, type Check, network, type ParsedList, parseList } from './list-grammar.ts';

/** pfctl would look a name up, and add a zone's interface. */
const entry: Check = (text) => (text.includes('%') ? 'a zone' : anyOf(address, network)(text));

/** A table's file: an address or network a line. */
export function parsePfTable(text: string): ParsedList {
  return parseList(text, { check: entry, comments: true, caseless: true });
}

/** An end of a rule: `any`, `<name>` of a table, or an address or network; with a port where one is given. */
export interface PfEnd {
  host: string;
  port?: number;
}

export interface PfRule {
  action: 'block' | 'match';
  quick: boolean;
  log: boolean;
  protocols: string[];
  from: PfEnd;
  to: PfEnd;
  label: string;
}

export interface PfRules {
  /** The path of each table's file. */
  tables: Map<string, string>;
  rules: PfRule[];
  /** `line: what is wrong`. */
  problems: string[];
}

const TABLE = /^table <([^>]*)> persist file "([^"]*)"$/;
/** `hosts` of the grammar in pf.conf(5) is `all` or both ends. */
const RULE =
  /^(block drop|block return|block|match)( log)?( quick)?(?: proto (\{[^}]*\}|\S+))? from (\S+)(?: port (\S+))? to (\S+)(?: port (\S+))? label "([^"]*)"$/;

/** The longest names that the kernel's structures hold: PF_TABLE_NAME_SIZE and PF_RULE_LABEL_SIZE, less the final zero. */
const NAME_LENGTH = 31;
const LABEL_LENGTH = 63;

/** Reads an anchor's rules. */
export function parsePfRules(text: string): PfRules {
  const read: PfRules = { tables: new Map(), rules: [], problems: [] };
  if (!text.endsWith('\n')) read.problems.push('the last line has no end');
  for (const [at, line] of text.split('\n').entries()) {
    const wrong = readLine(read, line);
    if (wrong) read.problems.push(`${at + 1}: ${wrong}`);
  }
  return read;
}

function readLine(read: PfRules, line: string): string | undefined {
  // In comments too.
  if (line.endsWith('\\')) return 'the next line is part of this one';
  if (line === '' || line.startsWith('#')) return undefined;
  const table = TABLE.exec(line);
  if (table) return readTable(read, table[1] as string, table[2] as string);
  const rule = RULE.exec(line);
  return rule ? readRule(read, rule) : 'neither a table nor a rule';
}

function readTable({ tables, rules }: PfRules, name: string, path: string): string | undefined {
  if (!/^[A-Za-z]\w*$/.test(name)) return 'not a name of a table';
  if (name.length > NAME_LENGTH) return `a name longer than ${NAME_LENGTH} characters`;
  if (!path.startsWith('/')) return 'not a path from the root';
  if (tables.has(name)) return 'a table twice';
  if (rules.length > 0) return 'a table behind rules';
  tables.set(name, path);
  return undefined;
}

function readRule({ tables, rules }: PfRules, [, ...parts]: RegExpExecArray): string | undefined {
  const [verb = '', log, quick, protocol, from = '', fromPort, to = '', toPort, label = ''] = parts;
  const rule: PfRule = {
    action: verb === 'match' ? 'match' : 'block',
    quick: quick !== undefined,
    log: log !== undefined,
    protocols: protocol?.match(/\w+/g) ?? [],
    from: endOf(from, fromPort),
    to: endOf(to, toPort),
    label,
  };
  rules.push(rule);
  if (rule.action === 'match' && rule.quick) return 'match is never quick';
  if (label === '' || label.length > LABEL_LENGTH || label.includes('$')) return 'not a label';
  if (protocol && !/^\{ tcp, udp \}$|^(tcp|udp)$/.test(protocol)) return 'not a list of protocols';
  if (rule.from.host === 'any' && rule.to.host === 'any') return 'every packet';
  for (const end of [rule.from, rule.to]) {
    const wrong = wrongEnd(end, rule, tables);
    if (wrong) return wrong;
  }
  return rules.slice(0, -1).some((other) => JSON.stringify(other) === JSON.stringify(rule))
    ? 'a rule twice'
    : undefined;
}

function endOf(host: string, port: string | undefined): PfEnd {
  return { host, ...(port !== undefined && { port: /^\d{1,5}$/.test(port) ? Number(port) : Number.NaN }) };
}

function wrongEnd(
  { host, port }: PfEnd,
  { protocols }: PfRule,
  tables: PfRules['tables'],
): string | undefined {
  const table = /^<(.*)>$/.exec(host)?.[1];
  if (table !== undefined) {
    if (!tables.has(table)) return 'a table that is not there';
  } else if (host !== 'any') {
    const wrong = entry(host);
    if (wrong) return wrong;
  }
  if (port === undefined) return undefined;
  if (!(port >= 1 && port <= 65535)) return 'not a port';
  return protocols.length === 0 ? 'a port without a protocol' : undefined;
}
