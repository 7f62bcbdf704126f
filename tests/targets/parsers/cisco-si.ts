/**
 * A strict reader of Security Intelligence lists, by "Custom Lists and Feeds: Requirements", "Custom Security
 * Intelligence Lists" and "URL Lists and Feeds: URL Syntax and Matching Criteria" (Cisco Secure Firewall).
 */

import {
  address,
  anyOf,
  host,
  hostname,
  type ListRules,
  network,
  type ParsedList,
  parseList,
  requestTarget,
} from './list-grammar.ts';

const LIMITS = { bytes: 500_000_000, comments: true } as const;

/** Labels; `*` stands for a whole one. */
function dns(text: string): string | undefined {
  return hostname(text.replace(/(?<=^|\.)\*(?=\.|$)/g, 'x'));
}

/** A name, or an address with a path; IPv6 and networks belong into a list of networks. */
function url(text: string): string | undefined {
  const bare = text.replace(/^https?:\/\//, '');
  const slash = bare.indexOf('/');
  if (bare.startsWith('[')) return 'an IPv6 address';
  const name = slash < 0 ? bare : bare.slice(0, slash);
  const wrong = host(name.replace(/(?<=^|\.)\*(?=\.|$)/g, 'x'));
  if (wrong) return wrong;
  if (slash < 0) return undefined;
  return bare.slice(slash).includes('*')
    ? 'a wildcard behind the first slash'
    : requestTarget(bare.slice(slash));
}

const RULES: Readonly<Record<string, ListRules>> = {
  network: { check: (text) => (text.includes('/') ? network(text) : anyOf(address)(text)), ...LIMITS },
  dns: { check: dns, ...LIMITS },
  url: { check: url, ...LIMITS },
};

/** Reads a list of type `network`, `dns` or `url`. */
export function parseSecurityIntelligence(type: 'network' | 'dns' | 'url', text: string): ParsedList {
  return parseList(text, RULES[type] as ListRules);
}
