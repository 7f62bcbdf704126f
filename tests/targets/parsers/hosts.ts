/** A strict reader of hosts files after hosts(5): an address, blanks, names; `#` begins a comment. */

import { isIP } from 'node:net';
import { hostname } from './list-grammar.ts';

/** The names, each with its addresses in order, and what is wrong: `line: what is wrong`. */
export interface ParsedHosts {
  names: Map<string, string[]>;
  problems: string[];
}

export function parseHosts(text: string): ParsedHosts {
  const names = new Map<string, string[]>();
  const problems: string[] = [];
  if (text !== '' && !text.endsWith('\n')) problems.push('the last line has no end');
  for (const [at, line] of text.split('\n').entries()) {
    const tell = (what: string) => problems.push(`${at + 1}: ${what}`);
    if (/[^\P{Cc}\t]/u.test(line)) tell('a control character');
    const [entry = ''] = line.split('#', 1);
    if (entry === '' && (line === '' || line.startsWith('#'))) continue;
    if (line !== line.trim()) tell('a blank at an end');
    const [address = '', ...listed] = entry.trim().split(/[ \t]+/);
    if (isIP(address) === 0) tell('no address');
    if (listed.length === 0) tell('no name');
    for (const name of listed) {
      const wrong = hostname(name);
      if (wrong) tell(wrong);
      const known = names.get(name) ?? [];
      // Of two addresses of a family most readers take the first, some both.
      if (known.some((other) => isIP(other) === isIP(address)))
        tell(`a second IPv${isIP(address)} address of ${name}`);
      names.set(name, [...known, address]);
    }
  }
  return { names, problems };
}
