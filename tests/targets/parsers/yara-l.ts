/**
 * A reader of the YARA-L 2.0 that rules here use, after Google's reference of the language, and a model that runs it:
 * sections in their order, at most seven `in`, of which two with `cidr`.
 */

import { BlockList, isIPv4 } from 'node:net';

/** An event by names of the Unified Data Model; a repeated field has one of its values. */
export type UdmEvent = Readonly<Record<string, string | number>>;

/** The values of a column of a data table, by `table.column`. */
export type Columns = ReadonlyMap<string, readonly string[]>;

export interface Rule {
  name: string;
  meta: ReadonlyMap<string, string>;
  /** The columns it looks up. */
  columns: readonly string[];
  matches(event: UdmEvent, columns: Columns): boolean;
}

/** The fields that rules here may compare. */
const FIELDS = new Set([
  'metadata.event_type',
  'network.dns.questions.name',
  'network.tls.client.server_name',
  'network.tls.client.ja3',
  'network.tls.server.ja3s',
  'network.tls.server.certificate.sha1',
  'network.tls.server.certificate.sha256',
  'network.http.user_agent',
  'network.email.from',
  'network.email.to',
  'target.hostname',
  'target.ip',
  'target.port',
  'target.url',
  'principal.ip',
  'target.registry.registry_key',
  'target.file.names',
  ...['target.file', 'target.process.file', 'principal.process.file'].flatMap((file) =>
    ['full_path', 'md5', 'sha1', 'sha256'].map((field) => `${file}.${field}`),
  ),
]);

const SECTIONS =
  /^rule ([a-z][a-z0-9_]{0,254}) \{\n {2}meta:\n((?: {4}.+\n)+)\n {2}events:\n((?: {4}.+\n)+)\n {2}outcome:\n {4}\$risk_score = (\d+)\n\n {2}condition:\n {4}\$event\n\}\n$/;

const RISK: Readonly<Record<string, string>> = {
  Info: '10',
  Low: '35',
  Medium: '65',
  High: '85',
  Critical: '95',
};

/** A rule of a file of its own. Throws `Error` for what is none. */
export function readRule(text: string): Rule {
  const [, name, metaLines = '', events = '', risk] = SECTIONS.exec(text) ?? [];
  if (name === undefined) throw new Error('not the sections of a rule');
  const meta = readMeta(metaLines);
  if (RISK[meta.get('severity') ?? ''] !== risk)
    throw new Error(`a risk score of ${risk} for ${meta.get('severity')}`);
  const reader = new EventsReader(events);
  const test = reader.all();
  if (reader.ins > 7) throw new Error(`${reader.ins} times \`in\``);
  if (reader.cidrs > 2) throw new Error(`${reader.cidrs} times \`in cidr\``);
  return { name, meta, columns: reader.columns, matches: test };
}

function readMeta(lines: string): Map<string, string> {
  const meta = new Map<string, string>();
  for (const line of lines.slice(0, -1).split('\n')) {
    const [, key = '', value] = /^ {4}([a-z_]+) = "((?:[^"\\\p{Cc}]|\\["\\])*)"$/u.exec(line) ?? [];
    if (value === undefined) throw new Error(`not a line of meta: ${line}`);
    if (meta.has(key)) throw new Error(`${key} twice`);
    meta.set(key, value.replace(/\\(.)/g, '$1'));
  }
  if (!/^mr_[0-9a-f-]{36}$/.test(meta.get('rule_id') ?? '')) throw new Error('no rule_id');
  for (const key of ['author', 'description', 'rule_name']) if (!meta.get(key)) throw new Error(`no ${key}`);
  return meta;
}

type Test = (event: UdmEvent, columns: Columns) => boolean;

const TOKEN =
  /\s*(?:\$event\.([a-z0-9_.]+)|("(?:[^"\\]|\\["\\])*"|`[^`]*`)|%([a-z0-9_]+\.[a-z0-9_]+)|(re\.capture|and|or|in|cidr|nocase|[(),=])|(\d+))/y;

type Token = { type: 'field' | 'text' | 'column' | 'word' | 'number'; text: string };

class EventsReader {
  ins = 0;
  cidrs = 0;
  readonly columns: string[] = [];
  readonly #tokens: Token[] = [];
  #at = 0;

  constructor(text: string) {
    const source = text.trimEnd();
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < source.length) {
      const at = TOKEN.lastIndex;
      const groups = TOKEN.exec(source)?.slice(1) ?? [];
      const type = groups.findIndex((group) => group !== undefined);
      if (type < 0) throw new Error(`not YARA-L from here: ${source.slice(at, at + 40)}`);
      const name = (['field', 'text', 'column', 'word', 'number'] as const)[type] as Token['type'];
      this.#tokens.push({ type: name, text: groups[type] as string });
    }
  }

  /** Lines of the section hold together: all must be true. */
  all(): Test {
    const tests: Test[] = [];
    while (this.#at < this.#tokens.length) tests.push(this.#or());
    if (tests.length === 0) throw new Error('no events');
    return (event, columns) => tests.every((test) => test(event, columns));
  }

  #or(): Test {
    const tests = [this.#and()];
    while (this.#skip('or')) tests.push(this.#and());
    return (event, columns) => tests.some((test) => test(event, columns));
  }

  #and(): Test {
    const tests = [this.#test()];
    while (this.#skip('and')) tests.push(this.#test());
    return (event, columns) => tests.every((test) => test(event, columns));
  }

  #test(): Test {
    if (this.#skip('(')) {
      const inner = this.#or();
      this.#word(')');
      return inner;
    }
    const value = this.#value();
    if (this.#skip('=')) return this.#equals(value);
    this.#word('in');
    this.ins++;
    const isCidr = this.#skip('cidr');
    if (isCidr) this.cidrs++;
    const column = this.#take('column');
    this.columns.push(column);
    const fold = foldBy(this.#skip('nocase'));
    return (event, columns) => {
      const [seen, listed] = [value(event), columns.get(column)];
      if (!listed) throw new Error(`no column ${column}`);
      if (isCidr) return seen !== '' && listed.some((network) => contains(network, seen));
      return listed.some((one) => fold(one) === fold(seen));
    };
  }

  #equals(value: (event: UdmEvent) => string): Test {
    const literal = this.#tokens[this.#at]?.type === 'number' ? this.#take('number') : this.#string('"');
    const fold = foldBy(this.#skip('nocase'));
    return (event) => fold(value(event)) === fold(literal);
  }

  /** A field, or what a regular expression captures of it: the empty text where there is nothing. */
  #value(): (event: UdmEvent) => string {
    if (!this.#skip('re.capture')) {
      const field = this.#field();
      return (event) => String(event[field] ?? '');
    }
    this.#word('(');
    const field = this.#field();
    this.#word(',');
    const pattern = new RegExp(this.#string('`'));
    this.#word(')');
    return (event) => pattern.exec(String(event[field] ?? ''))?.[1] ?? '';
  }

  #field(): string {
    const field = this.#take('field');
    if (!FIELDS.has(field)) throw new Error(`no field ${field}`);
    return field;
  }

  #string(quote: string): string {
    const token = this.#take('text');
    if (!token.startsWith(quote)) throw new Error(`not in ${quote}: ${token}`);
    const inner = token.slice(1, -1);
    return quote === '`' ? inner : inner.replace(/\\(.)/g, '$1');
  }

  #take(type: Token['type']): string {
    const token = this.#tokens[this.#at++];
    if (token?.type !== type) throw new Error(`a ${type} is missing before ${token?.text ?? 'the end'}`);
    return token.text;
  }

  #word(text: string): void {
    if (!this.#skip(text))
      throw new Error(`\`${text}\` is missing before ${this.#tokens[this.#at]?.text ?? 'the end'}`);
  }

  #skip(text: string): boolean {
    const token = this.#tokens[this.#at];
    const found = token?.type === 'word' && token.text === text;
    if (found) this.#at++;
    return found;
  }
}

function foldBy(nocase: boolean): (text: string) => string {
  return nocase ? (text) => text.toLowerCase() : (text) => text;
}

function contains(network: string, address: string): boolean {
  const [, base = '', length = ''] = /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(network) ?? [];
  if (base === '') throw new Error(`${network} is no network`);
  const list = new BlockList();
  list.addSubnet(base, Number(length), isIPv4(base) ? 'ipv4' : 'ipv6');
  return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}
