/** Words of the Kusto Query Language: as much of it as our queries use, and everything else is refused. */

export type Token =
  | { type: 'name' | 'symbol'; text: string }
  | { type: 'string'; text: string }
  | { type: 'number'; text: string };

const SPACE = /(?:\s|\/\/[^\n]*(?:\n|$))*/y;
const TOKEN =
  /(?<name>[A-Za-z_][A-Za-z0-9_]*~?)|(?<number>\d+)|@"(?<verbatim>(?:[^"\n]|"")*)"|"(?<string>(?:[^"\\\n]|\\[\\"'tnr])*)"|(?<symbol>[=!]~|==|!=|[=(),;|[\]])/y;
const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };

/** All words of a query. Throws `Error` for what is none. */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  let at = skipSpace(query, 0);
  while (at < query.length) {
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(query)?.groups;
    if (!groups) throw new Error(`not KQL: ${query.slice(at, at + 40)}`);
    tokens.push(tokenFrom(groups));
    at = skipSpace(query, TOKEN.lastIndex);
  }
  return tokens;
}

/** The text that one string literal stands for. */
export function stringToken(literal: string): string {
  const [token, ...others] = tokensOf(literal);
  if (token?.type !== 'string' || others.length > 0) throw new Error(`not one string: ${literal}`);
  return token.text;
}

function skipSpace(query: string, from: number): number {
  SPACE.lastIndex = from;
  SPACE.exec(query);
  return SPACE.lastIndex;
}

function tokenFrom({ name, number, verbatim, string, symbol }: Record<string, string | undefined>): Token {
  if (name !== undefined) return { type: 'name', text: name };
  if (number !== undefined) return { type: 'number', text: number };
  if (verbatim !== undefined) return { type: 'string', text: verbatim.replaceAll('""', '"') };
  if (symbol !== undefined) return { type: 'symbol', text: symbol };
  return {
    type: 'string',
    text: (string as string).replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter),
  };
}
