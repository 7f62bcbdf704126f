/**
 * A strict reader of external dynamic lists, by "Formatting Guidelines for an External Dynamic List" and "Guidelines
 * for URL Category Exceptions" (docs.paloaltonetworks.com), and the least capacity that Palo Alto Networks documents.
 */

import {
  addresses,
  hostname,
  type ListRules,
  type ParsedList,
  parseList,
  siteAddress,
} from './list-grammar.ts';

const MOST = 50_000;
const LENGTH = 255;

/** `name`, `*.name`, `^name`: a wildcard stands in front alone. */
function domain(text: string): string | undefined {
  if (/[*^]/.test(text.replace(/^(?:\*\.|\^)/, ''))) return 'a wildcard that is not the first token';
  if (text.includes('/')) return 'a URL in a list of domains';
  return hostname(text.replace(/^(?:\*\.|\^)/, ''));
}

/** A wildcard is the only character of its token. */
function url(text: string): string | undefined {
  if (/^https?:/i.test(text)) return 'a scheme';
  const tokens = text.split(/[./?&=;+]/);
  if (tokens.some((token) => /[*^]/.test(token) && token.length > 1)) return 'a wildcard inside a token';
  return siteAddress(text);
}

const RULES: Readonly<Record<string, ListRules>> = {
  ip: { check: addresses, most: MOST, trailing: true },
  domain: { check: domain, most: MOST, length: LENGTH },
  url: { check: url, most: MOST, length: LENGTH, caseless: true },
};

/** Reads a list of type `ip`, `domain` or `url`. */
export function parseExternalDynamicList(type: 'ip' | 'domain' | 'url', text: string): ParsedList {
  return parseList(text, RULES[type] as ListRules);
}
