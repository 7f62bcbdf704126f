/** A reader of the EQL that detection rules here use, after Elastic's EQL syntax reference, and a model that runs it. */

import { BlockList, isIPv4 } from 'node:net';

/** An event by dotted names of ECS. */
export type EcsEvent = Readonly<Record<string, string | number>>;

type Test = (event: EcsEvent) => boolean;

const TOKEN =
  /\s*(?:("(?:[^"\\\p{Cc}]|\\(?:["\\nrt]|u\{[0-9a-f]{2,8}\}))*")|(\?[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)|(in~|==|[:(),])|([A-Za-z]+)|(\d+))/uy;

/** The test that a query is. Throws `Error` for what it cannot read. */
export function readEql(query: string): Test {
  const reader = new Reader(tokensOf(query));
  reader.expect('any');
  reader.expect('where');
  const test = reader.or();
  reader.end();
  return test;
}

function tokensOf(query: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < query.length) {
    const at = TOKEN.lastIndex;
    const [, ...groups] = TOKEN.exec(query) ?? [];
    const token = groups.find((group) => group !== undefined);
    if (token === undefined) throw new Error(`not EQL from here: ${query.slice(at, at + 40)}`);
    tokens.push(token);
  }
  return tokens;
}

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  expect(token: string): void {
    const found = this.#next();
    if (found !== token) throw new Error(`\`${token}\` is missing before \`${found}\``);
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw new Error(`more than a query: ${this.#tokens[this.#at]}`);
  }

  or(): Test {
    const tests = [this.#and()];
    while (this.#skip('or')) tests.push(this.#and());
    return (event) => tests.some((test) => test(event));
  }

  #and(): Test {
    const tests = [this.#test()];
    while (this.#skip('and')) tests.push(this.#test());
    return (event) => tests.every((test) => test(event));
  }

  #test(): Test {
    if (this.#skip('(')) {
      const inner = this.or();
      this.expect(')');
      return inner;
    }
    if (this.#skip('cidrMatch')) return this.#cidrMatch();
    const field = this.#field();
    const operator = this.#next();
    if (operator === '==') {
      const literal = this.#literal();
      return (event) => event[field] === literal;
    }
    if (operator !== ':' && operator !== 'in' && operator !== 'in~')
      throw new Error(`no operator: ${operator}`);
    const compare = COMPARISONS[operator];
    const list = this.#list();
    return (event) => event[field] !== undefined && list.some((one) => compare(one, String(event[field])));
  }

  #cidrMatch(): Test {
    this.expect('(');
    const field = this.#field();
    const networks: string[] = [];
    while (this.#skip(',')) networks.push(this.#text());
    this.expect(')');
    if (networks.length === 0) throw new Error('cidrMatch without a network');
    const tests = networks.map(networkTest);
    return (event) => event[field] !== undefined && tests.some((test) => test(String(event[field])));
  }

  #list(): string[] {
    const list: string[] = [];
    this.expect('(');
    do list.push(this.#text());
    while (this.#skip(','));
    this.expect(')');
    return list;
  }

  #field(): string {
    const token = this.#next();
    if (!token.startsWith('?')) throw new Error(`not an optional field: ${token}`);
    return token.slice(1);
  }

  #literal(): string | number {
    return /^\d/.test(this.#tokens[this.#at] ?? '') ? Number(this.#next()) : this.#text();
  }

  #text(): string {
    const token = this.#next();
    if (!token.startsWith('"')) throw new Error(`not a string: ${token}`);
    return token
      .slice(1, -1)
      .replace(/\\(?:u\{([0-9a-f]+)\}|(.))/gu, (_, code?: string, one?: string) =>
        code ? String.fromCodePoint(Number.parseInt(code, 16)) : (ESCAPES[one as string] as string),
      );
  }

  #skip(token: string): boolean {
    const found = this.#tokens[this.#at] === token;
    if (found) this.#at++;
    return found;
  }

  #next(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new Error('the query ends too early');
    return token;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', n: '\n', r: '\r', t: '\t' };

/** How a listed text and one of an event compare. */
const COMPARISONS: Readonly<Record<':' | 'in' | 'in~', (listed: string, seen: string) => boolean>> = {
  in: (listed, seen) => listed === seen,
  'in~': (listed, seen) => listed.toLowerCase() === seen.toLowerCase(),
  ':': (listed, seen) => {
    const pattern = listed
      .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${pattern}$`, 'is').test(seen);
  },
};

function networkTest(network: string): (address: string) => boolean {
  const [, base = '', length = ''] = /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(network) ?? [];
  if (base === '') throw new Error(`${network} is no network`);
  const list = new BlockList();
  list.addSubnet(base, Number(length), isIPv4(base) ? 'ipv4' : 'ipv6');
  return (address) => list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}
