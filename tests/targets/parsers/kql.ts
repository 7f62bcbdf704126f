/**
 * The part of the Kusto Query Language that our queries are written in: `let` with a list, `union isfuzzy=true` of
 * tables, `extend` and `where`. Operators as in the reference at learn.microsoft.com/kusto/query.
 */

import { type Token, tokensOf } from './kql-lexer.ts';

export type Expression =
  | { type: 'string' | 'name'; text: string }
  | { type: 'number'; value: number }
  | { type: 'call'; name: string; args: Expression[] }
  | { type: 'operator'; operator: string; left: Expression; right: Expression };

export type Step =
  | { type: 'extend'; column: string; value: Expression }
  | { type: 'where'; condition: Expression };

/** A table and what is done to its rows. */
export interface Leg {
  table: string;
  steps: Step[];
}

export interface Query {
  lists: ReadonlyMap<string, readonly string[]>;
  legs: Leg[];
  /** What is done to the rows of all. */
  steps: Step[];
}

/** Columns of each table that our queries read (learn.microsoft.com: tables of Azure Monitor, advanced hunting schema). */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  DnsEvents: ['Name'],
  DeviceNetworkEvents: ['RemoteUrl', 'RemoteIP', 'RemotePort'],
  CommonSecurityLog: [
    'DestinationHostName',
    'DestinationIP',
    'DestinationPort',
    'SourceIP',
    'RequestURL',
    'FileHash',
  ],
  EmailUrlInfo: ['UrlDomain', 'Url'],
  UrlClickEvents: ['Url'],
  EmailEvents: ['SenderFromAddress', 'SenderMailFromAddress', 'RecipientEmailAddress'],
  EmailAttachmentInfo: ['SHA256', 'FileName'],
  DeviceFileEvents: ['MD5', 'SHA1', 'SHA256', 'FileName'],
  DeviceProcessEvents: ['MD5', 'SHA1', 'SHA256', 'FileName'],
  DeviceImageLoadEvents: ['MD5', 'SHA1', 'SHA256'],
};
const FUNCTIONS: Readonly<Record<string, number | 'any'>> = {
  tolower: 1,
  tostring: 1,
  trim_start: 2,
  trim_end: 2,
  extract: 3,
  strcat: 'any',
  ipv4_is_in_any_range: 2,
  ipv6_is_in_any_range: 2,
};
const OPERATORS = new Set(['in', 'in~', 'endswith', 'contains', '==']);

/** Reads one query. Throws `Error` for another language, an unknown table, column or function. */
export function parseKql(text: string): Query {
  return new Parser(tokensOf(text)).query();
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  readonly #lists = new Map<string, readonly string[]>();
  /** Columns that are known where the parser is. */
  #columns = new Set<string>();

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  query(): Query {
    while (this.#take('let')) this.#let();
    const legs: Leg[] = [];
    const known: ReadonlySet<string>[] = [];
    if (this.#take('union')) {
      for (const word of ['isfuzzy', '=', 'true']) this.#want(word);
      do {
        this.#want('(');
        legs.push(this.#leg());
        known.push(this.#columns);
        this.#want(')');
      } while (this.#take(','));
    } else {
      legs.push({ table: this.#table(), steps: [] });
      known.push(this.#columns);
    }
    this.#columns = new Set(
      [...(known[0] ?? [])].filter((name) => known.every((columns) => columns.has(name))),
    );
    const steps = this.#steps();
    if (this.#at < this.#tokens.length) throw this.#wrong('the end');
    return { lists: this.#lists, legs, steps };
  }

  /** `let Name = dynamic(["a", "b"]);` */
  #let(): void {
    const name = this.#name();
    if (this.#lists.has(name)) throw new Error(`two lists ${name}`);
    for (const word of ['=', 'dynamic', '(', '[']) this.#want(word);
    const items: string[] = [];
    while (!this.#take(']')) {
      if (items.length > 0) this.#want(',');
      items.push(this.#string());
    }
    for (const word of [')', ';']) this.#want(word);
    if (new Set(items).size < items.length) throw new Error(`a duplicate in ${name}`);
    this.#lists.set(name, items);
  }

  #leg(): Leg {
    return { table: this.#table(), steps: this.#steps() };
  }

  #table(): string {
    const table = this.#name();
    const columns = Object.hasOwn(TABLES, table) ? TABLES[table] : undefined;
    if (!columns) throw new Error(`no table ${table}`);
    this.#columns = new Set(columns);
    return table;
  }

  #steps(): Step[] {
    const steps: Step[] = [];
    while (this.#take('|')) {
      if (this.#take('where')) steps.push({ type: 'where', condition: this.#either() });
      else {
        this.#want('extend');
        const column = this.#name();
        this.#want('=');
        steps.push({ type: 'extend', column, value: this.#value() });
        this.#columns.add(column);
      }
    }
    return steps;
  }

  #either(): Expression {
    let left = this.#both();
    while (this.#take('or')) left = { type: 'operator', operator: 'or', left, right: this.#both() };
    return left;
  }

  #both(): Expression {
    let left = this.#comparison();
    while (this.#take('and')) left = { type: 'operator', operator: 'and', left, right: this.#comparison() };
    return left;
  }

  #comparison(): Expression {
    const left = this.#value();
    const operator = this.#tokens[this.#at]?.text ?? '';
    if (!OPERATORS.has(operator)) return left;
    this.#at++;
    if (!operator.startsWith('in')) return { type: 'operator', operator, left, right: this.#value() };
    this.#want('(');
    const right = this.#value();
    this.#want(')');
    return { type: 'operator', operator, left, right };
  }

  #value(): Expression {
    const token = this.#tokens[this.#at++];
    if (token?.type === 'string') return { type: 'string', text: token.text };
    if (token?.type === 'number') return { type: 'number', value: Number(token.text) };
    if (token?.type !== 'name') throw this.#wrong('a value');
    if (this.#take('(')) return this.#call(token.text);
    if (!this.#columns.has(token.text) && !this.#lists.has(token.text))
      throw new Error(`no column ${token.text}`);
    return { type: 'name', text: token.text };
  }

  #call(name: string): Expression {
    const wanted = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (wanted === undefined) throw new Error(`no function ${name}`);
    const args: Expression[] = [];
    do args.push(this.#value());
    while (this.#take(','));
    this.#want(')');
    if (wanted !== 'any' && args.length !== wanted) throw new Error(`${name} wants ${wanted} arguments`);
    return { type: 'call', name, args };
  }

  #name(): string {
    const token = this.#tokens[this.#at++];
    if (token?.type !== 'name') throw this.#wrong('a name');
    return token.text;
  }

  #string(): string {
    const token = this.#tokens[this.#at++];
    if (token?.type !== 'string') throw this.#wrong('a string');
    return token.text;
  }

  #take(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.text !== text || token.type === 'string') return false;
    this.#at++;
    return true;
  }

  #want(text: string): void {
    if (!this.#take(text)) throw this.#wrong(text);
  }

  #wrong(wanted: string): Error {
    return new Error(`${wanted} is wanted, not ${this.#tokens[this.#at]?.text ?? 'the end'}`);
  }
}
