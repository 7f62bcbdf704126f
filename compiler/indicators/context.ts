/** What is known about an indicator beside its value. Contexts are interned: equal ones are one object. */

/** In use now, was in use, or taken back by its source. */
export const STATUSES = ['active', 'historical', 'revoked'] as const;
export type Status = (typeof STATUSES)[number];

/** Sigma's five words, lowest first. */
export const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** TLP 2.0, loosest first. */
export const TLPS = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const;
export type Tlp = (typeof TLPS)[number];

/** `suffix`: the name and all below it. `exact`: the name alone. Only domains use it. */
export type Match = 'suffix' | 'exact';

/** Accepts a guard's hit on the record, with a reason and an owner. */
export interface Allow {
  guard: string;
  reason: string;
  owner: string;
  /** YYYY-MM-DD; no override after that day. */
  until?: string;
}

/** All that is known of an indicator beside its value. */
export interface Context {
  /** Ids, sorted. */
  reports: readonly string[];
  /** Ids, sorted. */
  actors: readonly string[];
  status: Status;
  /** 0 to 100. */
  confidence: number;
  severity: Severity;
  tlp: Tlp;
  /** ATT&CK technique ids, sorted. */
  attack: readonly string[];
  tags: readonly string[];
  references: readonly string[];
  note?: string;
  /** Dates are YYYY-MM-DD. */
  first_seen?: string;
  last_seen?: string;
  expires?: string;
  match: Match;
  allow: readonly Allow[];
  /** Hashes of one file share its number; -1 elsewhere. */
  file: number;
  /** The name given to that file, where there is one. */
  file_name?: string;
}

/** A report that indicators come from. */
export interface Report {
  id: string;
  title: string;
  author: string;
  /** YYYY-MM-DD. */
  published: string;
  notice?: string;
  url?: string;
}

/** Who uses indicators: a group, an organization or a person. */
export interface Actor {
  id: string;
  name: string;
  aliases: readonly string[];
  kind: 'group' | 'organization' | 'person';
  /** Ids of other actors. */
  linked_to: readonly string[];
}
