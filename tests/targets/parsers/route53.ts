/**
 * A strict reader of domain lists for Route 53 Resolver DNS Firewall, by "Managing your own domain lists" (Developer Guide),
 * `ImportFirewallDomains` (API Reference) and its quota: one domain a line, of `A-Z a-z 0-9 - .` and an optional `*` in
 * front, 1 to 255 characters, at most 250,000 in a file.
 */

import { hostname, type ParsedList, parseList } from './list-grammar.ts';

const MOST = 250_000;
const LENGTH = 255;

function domain(text: string): string | undefined {
  if (text.includes('_')) return 'an underscore';
  // `*host.example` is a specification by the letter, and would match evilhost.example.
  if (text.startsWith('*') && !text.startsWith('*.')) return 'a wildcard that is part of a label';
  return hostname(text.replace(/^\*\./, ''));
}

export function parseDomainList(text: string): ParsedList {
  return parseList(text, { check: domain, most: MOST, length: LENGTH, caseless: true });
}

/** The names, each with how far the list reaches: alone, or with all below it. */
export function reachOf(entries: readonly string[]): Map<string, 'alone' | 'below' | 'both'> {
  const reach = new Map<string, 'alone' | 'below' | 'both'>();
  for (const entry of entries) {
    const below = entry.startsWith('*.');
    const name = below ? entry.slice(2) : entry;
    reach.set(name, reach.has(name) ? 'both' : below ? 'below' : 'alone');
  }
  return reach;
}
