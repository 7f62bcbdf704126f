/** Runs a query over made-up rows, as the reference of the operators says. */

import { BlockList, isIP } from 'node:net';
import type { Expression, Query, Step } from './kql.ts';

export type Row = Readonly<Record<string, string | number>>;

type Value = string | number | boolean | readonly string[];

/** The rows of a table that the query finds, through any of its legs. */
export function rowsFound(query: Query, table: string, rows: readonly Row[]): Row[] {
  return rows.filter((row) =>
    query.legs.some((leg) => leg.table === table && passes(query, [...leg.steps, ...query.steps], row)),
  );
}

function passes(query: Query, steps: readonly Step[], row: Row): boolean {
  const known: Record<string, Value> = { ...row };
  for (const step of steps) {
    if (step.type === 'where') {
      if (evaluate(query, step.condition, known) !== true) return false;
    } else known[step.column] = evaluate(query, step.value, known);
  }
  return true;
}

/** A column that a row does not have is empty. */
function evaluate(query: Query, expression: Expression, row: Readonly<Record<string, Value>>): Value {
  switch (expression.type) {
    case 'string':
      return expression.text;
    case 'number':
      return expression.value;
    case 'name':
      return query.lists.get(expression.text) ?? row[expression.text] ?? '';
    case 'call':
      return call(
        expression.name,
        expression.args.map((argument) => evaluate(query, argument, row)),
      );
    case 'operator': {
      const { operator, left, right } = expression;
      const first = evaluate(query, left, row);
      if (operator === 'or') return first === true || evaluate(query, right, row);
      if (operator === 'and') return first === true && evaluate(query, right, row);
      return compare(operator, String(first), evaluate(query, right, row));
    }
  }
}

/** `in`, `==` mind the case of letters; `in~`, `endswith` and `contains` do not. */
function compare(operator: string, left: string, right: Value): boolean {
  const folded = left.toLowerCase();
  if (operator === 'in') return (right as readonly string[]).includes(left);
  if (operator === 'in~') return (right as readonly string[]).some((one) => one.toLowerCase() === folded);
  if (operator === '==') return left === right;
  const text = String(right).toLowerCase();
  return operator === 'endswith' ? folded.endsWith(text) : folded.includes(text);
}

function call(name: string, args: readonly Value[]): Value {
  const [first = '', second = '', third = ''] = args;
  switch (name) {
    case 'tolower':
      return String(first).toLowerCase();
    case 'tostring':
      return String(first);
    case 'strcat':
      return args.map(String).join('');
    case 'trim_start':
      return String(second).replace(new RegExp(`^(?:${first})+`), '');
    case 'trim_end':
      return String(second).replace(new RegExp(`(?:${first})+$`), '');
    case 'extract':
      return new RegExp(String(first)).exec(String(third))?.[Number(second)] ?? '';
    case 'ipv4_is_in_any_range':
      return isInRanges(4, String(first), second as readonly string[]);
    default:
      return isInRanges(6, String(first), second as readonly string[]);
  }
}

function isInRanges(family: 4 | 6, address: string, ranges: readonly string[]): boolean {
  if (isIP(address) !== family) return false;
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', length = family === 4 ? '32' : '128'] = range.split('/');
    if (isIP(network) !== family) throw new Error(`${range} is no network of IPv${family}`);
    list.addSubnet(network, Number(length), `ipv${family}`);
  }
  return list.check(address, `ipv${family}`);
}
