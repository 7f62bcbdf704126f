/**
 * What a value must match and what it must not: the same for every engine. Only what every shipped target promises is
 * said; where they differ (letter case of a path, keys below a registry key) there is no witness.
 */

import { type AddressRange, BITS, formatAddress, rangeOf } from './address.ts';
import type { KindModule } from './kind.ts';
import type { HostKind } from './read-host.ts';

/** One thing that could be seen. */
export interface Witness {
  /** The name, address, URL … as it is seen; of a network, one address. Valid as such, unless it is for text alone. */
  text: string;
  /** What it is, for people: `a deeper subdomain`. */
  about: string;
  /**
   * Where alone it can be shown; everywhere if absent. `text`: inside files that are searched, because it is no valid
   * value, so that no packet and no event can hold it (`1.192.0.2.1`). `wire`: in packets, whose readers undo the
   * spelling (`HOST.example`, `%61`); those who compare text take it as it is.
   */
  where?: 'text' | 'wire';
}

/** What a value must match, and what it must not. */
export interface Witnesses {
  /** The first is the value itself; of a network, its first address. */
  matches: readonly Witness[];
  misses: readonly Witness[];
}

/** How far the listed value reaches. */
export interface WitnessOptions {
  /** Whether a domain stands for the names below it too. */
  subdomains: boolean;
}

/**
 * Puts candidates together. What `kind` does not read is left out (a label too long, an invalid escape), unless it is for
 * text alone; so is a text that is there already. The first match stays in any case.
 */
export function collectWitnesses(
  kind: KindModule,
  matches: readonly Witness[],
  misses: readonly Witness[],
): Witnesses {
  const known = new Set<string>();
  const isNew = ({ text, where }: Witness): boolean => {
    if (known.has(text) || (where !== 'text' && !isValueOf(kind, text))) return false;
    known.add(text);
    return true;
  };
  return {
    matches: matches.filter((witness, index) => isNew(witness) || index === 0),
    misses: misses.filter(isNew),
  };
}

/** Whether a text is a value of the kind as it stands: nothing in it is rewritten but letter case. */
export function isValueOf(kind: KindModule, text: string): boolean {
  const result = kind.parse(text);
  return result.ok && result.kind === kind.kind && result.value.toLowerCase() === text.toLowerCase();
}

/** A to Z in upper case, and no other letter: engines that ignore case know ASCII alone. */
export function upperCase(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** Free text without its last character, and without blanks that would then end it. Empty for a single character. */
export function cutByOne(text: string): string {
  return Array.from(text).slice(0, -1).join('').trimEnd();
}

/** The addresses around a range, where there are any. */
export function addressesBeside({ family, first, last }: AddressRange): Witness[] {
  const beside: Witness[] = [];
  if (first > 0n) beside.push({ text: formatAddress(family, first - 1n), about: 'one address before' });
  if (last < (1n << BigInt(BITS[family])) - 1n) {
    beside.push({ text: formatAddress(family, last + 1n), about: 'one address after' });
  }
  return beside;
}

/** Other hosts that a careless comparison takes for the one of a URL or an endpoint, spelled as they are there. */
export function hostsBeside(host: string, kind: HostKind): Witness[] {
  if (kind === 'domain') {
    return [
      { text: `evil${host}`, about: 'a longer host name' },
      { text: `www.${host}`, about: 'a subdomain of the host' },
    ];
  }
  const beside = addressesBeside(rangeOf(host));
  return kind === 'ip4' ? beside : beside.map(({ text, about }) => ({ text: `[${text}]`, about }));
}
