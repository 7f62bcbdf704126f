/** From context keys to a `Context`: what a record says beats the defaults, lists unite. Equal contexts are one object. */

import {
  type Allow,
  type Context,
  SEVERITIES,
  type Severity,
  type Status,
  TLPS,
  type Tlp,
} from '../indicators/context.ts';
import type { ContextSource } from './schema.ts';

/** The keys that every indicator has in the end. */
export const NEEDED_KEYS = ['status', 'confidence', 'severity', 'tlp'] as const;

/** What is passed over in a merge comes first. */
const STATUS_ORDER: readonly Status[] = ['historical', 'active', 'revoked'];

/** Joins a record's keys with the defaults, or `undefined` where a needed key is in neither. */
export function resolveContext(record: ContextSource, defaults: ContextSource): Context | undefined {
  const said = { ...defaults, ...record };
  const { status, confidence, severity, tlp } = said;
  if (!status || confidence === undefined || !severity || !tlp) return undefined;
  const united = (key: 'actor' | 'attack' | 'tags' | 'references') =>
    unite(listOf(defaults[key]), listOf(record[key]));
  return {
    reports: unite(listOf(said.report), []),
    actors: united('actor'),
    status,
    confidence,
    severity,
    tlp,
    attack: united('attack'),
    tags: united('tags'),
    references: united('references'),
    ...stated('note', said.note),
    ...stated('first_seen', said.first_seen),
    ...stated('last_seen', said.last_seen),
    ...stated('expires', said.expires),
    match: said.match ?? 'suffix',
    allow: uniteAllow(listOf(defaults.allow) as Allow[], listOf(record.allow) as Allow[]),
    file: -1,
  };
}

/**
 * The context of an indicator that is listed twice. `revoked` wins, then `active`; the highest confidence and severity,
 * the strictest TLP; lists unite. The seen days span both; of two last days the later counts; `suffix` wins.
 */
export function mergeContexts(first: Context, second: Context): Context {
  const notes = [...new Set([first.note, second.note])].filter((note) => note !== undefined);
  return {
    reports: unite(first.reports, second.reports),
    actors: unite(first.actors, second.actors),
    status: higher<Status>(STATUS_ORDER, first.status, second.status),
    confidence: Math.max(first.confidence, second.confidence),
    severity: higher<Severity>(SEVERITIES, first.severity, second.severity),
    tlp: higher<Tlp>(TLPS, first.tlp, second.tlp),
    attack: unite(first.attack, second.attack),
    tags: unite(first.tags, second.tags),
    references: unite(first.references, second.references),
    ...stated('note', notes.length > 0 ? notes.join('; ') : undefined),
    ...stated('first_seen', days(first.first_seen, second.first_seen)[0]),
    ...stated('last_seen', days(first.last_seen, second.last_seen).at(-1)),
    ...stated('expires', days(first.expires, second.expires).at(-1)),
    match: first.match === 'suffix' ? 'suffix' : second.match,
    allow: uniteAllow(first.allow, second.allow),
    file: first.file >= 0 ? first.file : second.file,
    ...stated('file_name', first.file_name ?? second.file_name),
  };
}

/** Keeps one object for equal contexts, so that a million indicators share a few. */
export class ContextPool {
  readonly #contexts = new Map<string, Context>();

  intern(context: Context): Context {
    const key = JSON.stringify(context);
    const known = this.#contexts.get(key);
    if (known) return known;
    this.#contexts.set(key, context);
    return context;
  }
}

function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

/** Both lists without doubles, sorted by code unit. */
function unite(first: readonly string[], second: readonly string[]): readonly string[] {
  return [...new Set([...first, ...second])].sort();
}

function uniteAllow(first: readonly Allow[], second: readonly Allow[]): readonly Allow[] {
  const byText = new Map([...first, ...second].map((allow) => [JSON.stringify(allow), allow]));
  return [...byText.keys()].sort().map((key) => byText.get(key) as Allow);
}

function higher<T>(order: readonly T[], first: T, second: T): T {
  return order.indexOf(first) >= order.indexOf(second) ? first : second;
}

/** The days that are said, earliest first. */
function days(first: string | undefined, second: string | undefined): string[] {
  return [first, second].filter((day) => day !== undefined).sort();
}

/** A key that is left out where there is nothing to say. */
function stated<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
