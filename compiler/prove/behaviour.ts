/**
 * What an engine is asked to show: that its rules fire on what was listed and stay silent on what was not. Cases say
 * what is seen; each engine knows how its input carries that (a DNS query, a TLS hello, a log event, a buffer).
 */

import { KINDS, type Kind } from '../indicators/kind.ts';
import type { EngineName } from './engine.ts';

/** One thing that is seen, once in every way the engine can see it. */
export interface Case {
  /** Its place in the list of cases. */
  id: number;
  kind: Kind;
  /**
   * What is seen: a name, an address, a URL, an e-mail address, `host:port`, a user agent, a file name or path, a
   * registry key, a mutex. For hashes and fingerprints the value listed for the stand-in, or for its near miss.
   */
  text: string;
  /** For a hash or a fingerprint: which stand-in file, TLS hello or certificate is seen. See stand-ins.ts. */
  standIn?: number;
  /** Whether a rule has to fire. */
  expect: 'match' | 'silence';
  /** What the case is, for people: `the name itself`, `one address before`. */
  about: string;
}

/** What the rules did when a case was seen in one way. */
export interface Observation {
  /** The case's id. */
  case: number;
  /** How it was seen: `DNS query`, `TLS SNI`, `ASCII`, `UTF-16`, `dns_query`, `output`. Stable words, for people. */
  carrier: string;
  /** The rules that fired, by the ids that the engine knows: sids, UUIDs, names of sets. Empty for silence. */
  rules: readonly string[];
}

/** Rules, and what is to be shown to them. */
export interface BehaviourRequest {
  /** The files to load, absolute. */
  files: readonly string[];
  cases: readonly Case[];
  /** A folder in which the engine's input and its answers are kept; a temporary one is used and removed without. */
  keep?: string;
}

/** What an engine's rules did. */
export interface BehaviourReport {
  engine: EngineName;
  version: string;
  /** How to run it again by hand on what `keep` holds. */
  command: string;
  observations: readonly Observation[];
  /** The ids of all rules that the engine loaded; those it skipped (another version's) are left out. */
  rules: readonly string[];
  /** Kinds that the engine's input cannot carry, and why. Their cases have no observations. */
  notCarried: readonly { kind: Kind; why: string }[];
  /** Rules that nothing can be shown to, and why. They are not among `rules`. */
  unseen?: readonly { rule: string; why: string }[];
  /** The products whose queries were made of every rule, and for which rules that failed. */
  conversions?: readonly { backend: string; problems: readonly { rule: string; message: string }[] }[];
}

/** The rules of an engine that has no more than one deed of each sort: those that were seen at all, in this order. */
export function deedsSeen(observations: readonly Observation[]): string[] {
  return ['drop', 'count'].filter((deed) => observations.some(({ rules }) => rules.includes(deed)));
}

/** What a report says of the kinds of the cases that are not among those that an engine's input carries. */
export function notCarriedBut(
  carried: readonly Kind[],
  cases: readonly Case[],
  why: string,
): BehaviourReport['notCarried'] {
  const kinds = KINDS.filter((kind) => !carried.includes(kind) && cases.some((one) => one.kind === kind));
  return kinds.map((kind) => ({ kind, why }));
}
