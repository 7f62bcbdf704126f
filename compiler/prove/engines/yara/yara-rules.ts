/** The rules that a YARA source defines. Both engines tell the rules that match; neither lists the others. */

import { readFile } from 'node:fs/promises';

/** Comments, strings, regular expressions, words, and single characters. A division is taken for an expression. */
const TOKEN = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|\/(?:[^/\\\n]|\\.)+\/[is]*|\w+|[^\s\w]/g;

/**
 * The rules of some files by name, each with its id: the first `id` of its meta section where that is a string, else
 * the name. Private rules are left out, since engines do not report them.
 */
export async function ruleIds(files: readonly string[]): Promise<Map<string, string>> {
  const sources = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return new Map(sources.flatMap(readRules));
}

/** Exported for its test. Expects a source that compiles. */
export function readRules(source: string): [name: string, id: string][] {
  const tokens = (source.match(TOKEN) ?? []).filter((token) => !/^\/[/*]/.test(token));
  const rules: [string, string][] = [];
  let depth = 0;
  for (const [at, token] of tokens.entries()) {
    if (token === '{') depth++;
    else if (token === '}') depth--;
    else if (token === 'rule' && depth === 0 && !isPrivate(tokens, at)) {
      const name = tokens[at + 1] as string;
      rules.push([name, metaId(tokens, at) ?? name]);
    }
  }
  return rules;
}

/** `private` and `global` stand before `rule`, in any order. */
function isPrivate(tokens: readonly string[], at: number): boolean {
  return tokens[at - 1] === 'private' || (tokens[at - 1] === 'global' && tokens[at - 2] === 'private');
}

/** The `id` of the rule that begins at a token, as it is written between its quotes. */
function metaId(tokens: readonly string[], at: number): string | undefined {
  const meta = tokens.indexOf('{', at) + 1;
  if (tokens[meta] !== 'meta') return undefined;
  for (let next = meta + 2; tokens[next + 1] === '='; next += 3) {
    // A negative number is two tokens.
    if (tokens[next] === 'id' && tokens[next + 2]?.startsWith('"')) return tokens[next + 2]?.slice(1, -1);
    if (tokens[next + 2] === '-') next++;
  }
  return undefined;
}
