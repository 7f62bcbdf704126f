/** From context keys to a `Context`: what a record says beats the defaults, lists unite. */

import {
  type Allow,
  type Context,
  SEVERITIES,
  type Severity,
  type Status,
  TLPS,
  type Tlp,
} from '../indicators/context.ts';
import { ListPool } from './list-pool.ts';
import type { ContextSource } from './schema.ts';

/** The keys that every indicator has in the end. */
export const NEEDED_KEYS = ['status', 'confidence', 'severity', 'tlp'] as const;

/** The keys whose lists unite with those of the defaults. */
const UNITED_KEYS = ['actor', 'attack', 'tags', 'references', 'allow'] as const;

/** The keys that a context has where they are said. */
const STATED_KEYS = ['note', 'first_seen', 'last_seen', 'expires'] as const;

const NO_ALLOW: readonly Allow[] = [];

/** What is passed over in a merge comes first. */
const STATUS_ORDER: readonly Status[] = ['historical', 'active', 'revoked'];

/** What a record, or a feed, says with the defaults below it: its keys beat them, lists unite. */
export function withDefaults(record: ContextSource, defaults: ContextSource): ContextSource {
  const said: Record<string, unknown> = { ...defaults, ...record };
  for (const key of UNITED_KEYS) said[key] = [...listOf(defaults[key]), ...listOf(record[key])];
  return said as ContextSource;
}

/** Joins a record's keys with the defaults, or `undefined` where a needed key is in neither. */
export function resolveContext(
  record: ContextSource,
  defaults: ContextSource,
  lists = new ListPool(),
): Context | undefined {
  const status = record.status ?? defaults.status;
  const confidence = record.confidence ?? defaults.confidence;
  const severity = record.severity ?? defaults.severity;
  const tlp = record.tlp ?? defaults.tlp;
  if (!status || confidence === undefined || !severity || !tlp) return undefined;
  const united = (key: 'actor' | 'attack' | 'tags' | 'references') =>
    lists.unite(lists.of(defaults[key]), lists.of(record[key]));
  const context: Context = {
    reports: lists.of(record.report ?? defaults.report),
    actors: united('actor'),
    status,
    confidence,
    severity,
    tlp,
    attack: united('attack'),
    tags: united('tags'),
    references: united('references'),
    match: record.match ?? defaults.match ?? 'suffix',
    allow: unitedAllow(listOf(defaults.allow) as Allow[], listOf(record.allow) as Allow[]),
    file: -1,
  };
  for (const key of STATED_KEYS) state(context, key, record[key] ?? defaults[key]);
  return context;
}

/**
 * The context of an indicator that is listed twice. `revoked` wins, then `active`; the highest confidence and severity,
 * the strictest TLP; lists unite. The seen days span both; of two last days the later counts; `suffix` wins.
 */
export function mergeContexts(first: Context, second: Context, lists = new ListPool()): Context {
  const united = (one: readonly string[], other: readonly string[]) =>
    one === other ? one : lists.unite(lists.of(one), lists.of(other));
  const context: Context = {
    reports: united(first.reports, second.reports),
    actors: united(first.actors, second.actors),
    status: higher<Status>(STATUS_ORDER, first.status, second.status),
    confidence: Math.max(first.confidence, second.confidence),
    severity: higher<Severity>(SEVERITIES, first.severity, second.severity),
    tlp: higher<Tlp>(TLPS, first.tlp, second.tlp),
    attack: united(first.attack, second.attack),
    tags: united(first.tags, second.tags),
    references: united(first.references, second.references),
    match: first.match === 'suffix' ? 'suffix' : second.match,
    allow: unitedAllow(first.allow, second.allow),
    file: first.file >= 0 ? first.file : second.file,
  };
  state(context, 'note', bothNotes(first.note, second.note));
  state(context, 'first_seen', earlier(first.first_seen, second.first_seen));
  state(context, 'last_seen', later(first.last_seen, second.last_seen));
  state(context, 'expires', later(first.expires, second.expires));
  state(context, 'file_name', first.file_name ?? second.file_name);
  return context;
}

function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

/** Without doubles, in an order of its own. */
function unitedAllow(first: readonly Allow[], second: readonly Allow[]): readonly Allow[] {
  if (first.length + second.length === 0) return NO_ALLOW;
  const byText = new Map([...first, ...second].map((allow) => [JSON.stringify(allow), allow]));
  return [...byText.keys()].sort().map((key) => byText.get(key) as Allow);
}

function higher<T>(order: readonly T[], first: T, second: T): T {
  return first === second || order.indexOf(first) >= order.indexOf(second) ? first : second;
}

function bothNotes(first: string | undefined, second: string | undefined): string | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return first === second ? first : `${first}; ${second}`;
}

function earlier(first: string | undefined, second: string | undefined): string | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return first <= second ? first : second;
}

function later(first: string | undefined, second: string | undefined): string | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return first >= second ? first : second;
}

/** Sets a key that is left out where there is nothing to say. */
function state<K extends (typeof STATED_KEYS)[number] | 'file_name'>(
  context: Context,
  key: K,
  value: string | undefined,
): void {
  if (value !== undefined) context[key] = value;
}
