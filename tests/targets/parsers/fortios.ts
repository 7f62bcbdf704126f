/**
 * A strict reader of external threat feeds, by "Threat feeds" and "External resources file format" of the FortiOS
 * administration guide, and the limits before FortiOS 7.4.4 (10 MB, 128 × 1024 entries, 4,096 characters a line).
 */

import {
  addresses,
  type Check,
  HASH_DIGITS,
  hashOf,
  hostname,
  type ListRules,
  type ParsedList,
  parseList,
  webUrl,
} from './list-grammar.ts';

const LIMITS = { most: 131_072, bytes: 10_000_000, length: 4096, comments: true } as const;

/** A name; `*` stands for any characters, within a label as well. */
function domain(text: string): string | undefined {
  return hostname(text.replaceAll('*', 'x')) ?? (/^[*.]+$/.test(text) ? 'everything' : undefined);
}

/** A URL with its scheme; `*` at the start or the end alone. */
function category(text: string): string | undefined {
  return text.slice(1, -1).includes('*') ? 'a wildcard that is neither first nor last' : webUrl(text);
}

/** One algorithm a file: mixing them costs performance. */
function malware(text: string): Check {
  const digits = text.split('\n', 1)[0]?.split(' ', 1)[0]?.length;
  const algorithm = Object.keys(HASH_DIGITS).find(
    (name) => HASH_DIGITS[name] === digits && name !== 'sha512',
  );
  return algorithm ? hashOf(algorithm) : () => 'neither MD5, SHA-1 nor SHA-256';
}

/** Reads a feed of type `address`, `domain`, `category` or `malware`. */
export function parseThreatFeed(
  type: 'address' | 'domain' | 'category' | 'malware',
  text: string,
): ParsedList {
  const rules: Readonly<Record<string, ListRules>> = {
    address: { check: addresses, ...LIMITS },
    domain: { check: domain, ...LIMITS },
    category: { check: category, ...LIMITS },
    malware: { check: malware(text), ...LIMITS, trailing: true },
  };
  return parseList(text, rules[type] as ListRules);
}
