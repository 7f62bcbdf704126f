/**
 * A strict reader of AdGuard's DNS filtering rules, of what blocklists of names need: comments, `||name^` and `|name^`.
 * After https://adguard-dns.io/kb/general/dns-filtering-syntax/.
 */

import { hostname } from './list-grammar.ts';

export interface DnsRule {
  name: string;
  /** Whether it blocks the names below as well. */
  subdomains: boolean;
  /** Whether it blocks a name, as the documentation says of each of its signs. */
  blocks(name: string): boolean;
}

/** The rules, and what is wrong: `line: what is wrong`. */
export interface ParsedRules {
  rules: DnsRule[];
  problems: string[];
}

export function parseAdguard(text: string): ParsedRules {
  const rules: DnsRule[] = [];
  const problems: string[] = [];
  const seen = new Set<string>();
  if (text !== '' && !text.endsWith('\n')) problems.push('the last line has no end');
  for (const [at, line] of text.split('\n').entries()) {
    if (line === '' || /^[!#]/.test(line)) continue;
    const [, start, name = ''] = /^(\|\|?)([^|^]*)\^$/.exec(line) ?? [];
    const wrong =
      start === undefined ? wrongRule(line) : (hostname(name) ?? (seen.has(line) && 'a duplicate'));
    if (wrong) problems.push(`${at + 1}: ${wrong}`);
    seen.add(line);
    if (start !== undefined) rules.push({ name, subdomains: start === '||', blocks: matcherOf(line) });
  }
  return { rules, problems };
}

/** What makes a line that is no rule for a name another rule, or none. */
function wrongRule(line: string): string {
  if (line.startsWith('@@')) return 'an exception';
  if (/^\/.*\//.test(line)) return 'a regular expression';
  if (line.includes('$')) return 'a modifier';
  if (line.includes('*')) return 'a wildcard';
  if (!line.endsWith('^') && !line.endsWith('|')) return 'no end of the name';
  return 'not a rule for a name';
}

/** `||`: where a name or a label begins; `|`: where the name begins or ends; `^`: where it ends; `*`: anything. */
function matcherOf(pattern: string): (name: string) => boolean {
  const source = pattern.replace(/^\|\||\||\^|\*|[^|^*]+/g, (sign, at: number) => {
    if (sign === '||') return '(?:^|\\.)';
    if (sign === '|') return at === 0 ? '^' : '$';
    if (sign === '^') return '$';
    return sign === '*' ? '.*' : sign.replace(/[.\\+?()[\]{}$/-]/g, '\\$&');
  });
  const expression = new RegExp(source, 'i');
  return (name) => expression.test(name);
}
