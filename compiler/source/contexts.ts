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

/** The keys whose lists unite with those of the defaults. */
const UNITED_KEYS = ['actor', 'attack', 'tags', 'references', 'allow'] as const;

/** What is passed over in a merge comes first. */
const STATUS_ORDER: readonly Status[] = ['historical', 'active', 'revoked'];

/** What a record, or a feed, says with the defaults below it: its keys beat them, lists unite. */
export function withDefaults(record: ContextSource, defaults: ContextSource): ContextSource {
  const said: Record<string, unknown> = { ...defaults, ...record };
  for (const key of UNITED_KEYS) said[key] = [...listOf(defaults[key]), ...listOf(record[key])];
  return said as ContextSource;
}

/** Joins a record's keys with the defaults, or `undefined` where a needed key is in neither. */
export function resolveContext(record: ContextSource, defaults: ContextSource): Context | undefined {
  const said = withDefaults(record, defaults);
  const { status, confidence, severity, tlp } = said;
  if (!status || confidence === undefined || !severity || !tlp) return undefined;
  return {
    reports: sorted(listOf(said.report)),
    actors: sorted(listOf(said.actor)),
    status,
    confidence,
    severity,
    tlp,
    attack: sorted(listOf(said.attack)),
    tags: sorted(listOf(said.tags)),
    references: sorted(listOf(said.references)),
    ...stated('note', said.note),
    ...stated('first_seen', said.first_seen),
    ...stated('last_seen', said.last_seen),
    ...stated('expires', said.expires),
    match: said.match ?? 'suffix',
    allow: sortedAllow(listOf(said.allow) as Allow[]),
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
    reports: sorted([...first.reports, ...second.reports]),
    actors: sorted([...first.actors, ...second.actors]),
    status: higher<Status>(STATUS_ORDER, first.status, second.status),
    confidence: Math.max(first.confidence, second.confidence),
    severity: higher<Severity>(SEVERITIES, first.severity, second.severity),
    tlp: higher<Tlp>(TLPS, first.tlp, second.tlp),
    attack: sorted([...first.attack, ...second.attack]),
    tags: sorted([...first.tags, ...second.tags]),
    references: sorted([...first.references, ...second.references]),
    ...stated('note', notes.length > 0 ? notes.join('; ') : undefined),
    ...stated('first_seen', days(first.first_seen, second.first_seen)[0]),
    ...stated('last_seen', days(first.last_seen, second.last_seen).at(-1)),
    ...stated('expires', days(first.expires, second.expires).at(-1)),
    match: first.match === 'suffix' ? 'suffix' : second.match,
    allow: sortedAllow([...first.allow, ...second.allow]),
    file: first.file >= 0 ? first.file : second.file,
    ...stated('file_name', first.file_name ?? second.file_name),
  };
}

/** Keeps one object for equal contexts, so that a million indicators share a few. */
export class ContextPool {
  readonly #contexts = new Map<string, Context>();
  /** Merged contexts by their two parts: feeds overlap in very many indicators of few contexts. */
  readonly #merged = new Map<Context, Map<Context, Context>>();

  intern(context: Context): Context {
    const key = JSON.stringify(context);
    const known = this.#contexts.get(key);
    if (known) return known;
    this.#contexts.set(key, context);
    return context;
  }

  /** The context of an indicator that is listed in both, which are interned. */
  merge(first: Context, second: Context): Context {
    if (first === second) return first;
    const known = this.#merged.get(first) ?? new Map<Context, Context>();
    this.#merged.set(first, known);
    const merged = known.get(second) ?? this.intern(mergeContexts(first, second));
    known.set(second, merged);
    return merged;
  }
}

function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

/** Without doubles, sorted by code unit. */
function sorted(list: readonly string[]): readonly string[] {
  return [...new Set(list)].sort();
}

function sortedAllow(list: readonly Allow[]): readonly Allow[] {
  const byText = new Map(list.map((allow) => [JSON.stringify(allow), allow]));
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
