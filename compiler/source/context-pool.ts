/** Contexts, each once: equal ones are one object, so that a million indicators share those that are said. */

import { type Allow, type Context, SEVERITIES, STATUSES, TLPS } from '../indicators/context.ts';
import { mergeContexts, resolveContext } from './contexts.ts';
import { ListPool } from './list-pool.ts';
import type { ContextSource } from './schema.ts';

/** The keys that hold words, or one of them. */
const WORD_KEYS = ['report', 'actor', 'attack', 'tags', 'references'] as const;

/** The keys that hold one or a list. */
export const LIST_KEYS: ReadonlySet<string> = new Set([...WORD_KEYS, 'allow']);

/** Keeps one object for equal contexts. */
export class ContextPool {
  readonly #lists = new ListPool();
  readonly #contexts = new Map<string, Context>();
  readonly #allow = new Map<string, number>();
  /** The last two that were merged, and what they gave: feeds overlap in very many indicators of few contexts. */
  #last: { first: Context; second: Context; merged: Context } | undefined;

  intern(context: Context): Context {
    const lists = this.#lists;
    return this.#intern({
      ...context,
      reports: lists.of(context.reports),
      actors: lists.of(context.actors),
      attack: lists.of(context.attack),
      tags: lists.of(context.tags),
      references: lists.of(context.references),
    });
  }

  /** The same with lists of the pool: worth the while where they hold for many records. */
  withOwnLists(source: ContextSource): ContextSource {
    const own: Record<string, unknown> = { ...source };
    for (const key of WORD_KEYS) if (source[key] !== undefined) own[key] = this.#lists.of(source[key]);
    return own as ContextSource;
  }

  /** What a record and the defaults below it give, or `undefined` where a needed key is in neither. */
  resolve(record: ContextSource, defaults: ContextSource): Context | undefined {
    const resolved = resolveContext(record, defaults, this.#lists);
    return resolved && this.#intern(resolved);
  }

  /** The context of an indicator that is listed in both, which are of the pool. */
  merge(first: Context, second: Context): Context {
    if (first === second) return first;
    if (this.#last?.first === first && this.#last.second === second) return this.#last.merged;
    const merged = this.#intern(mergeContexts(first, second, this.#lists));
    this.#last = { first, second, merged };
    return merged;
  }

  /** The lists of the context are of the pool. */
  #intern(context: Context): Context {
    const key = this.#keyOf(context);
    const known = this.#contexts.get(key);
    if (known) return known;
    this.#contexts.set(key, context);
    return context;
  }

  /** A text that only equal contexts have. */
  #keyOf(context: Context): string {
    const { reports, actors, attack, tags, references, note, file_name } = context;
    const { status, severity, tlp, match, confidence } = context;
    const words = 2 * (8 * (8 * STATUSES.indexOf(status) + SEVERITIES.indexOf(severity)) + TLPS.indexOf(tlp));
    const lists = this.#lists;
    const numbers = `${128 * (words + (match === 'exact' ? 1 : 0)) + confidence},${lists.numberOf(tags)},${lists.numberOf(reports)},${lists.numberOf(actors)},${lists.numberOf(attack)},${lists.numberOf(references)},${this.#allowNumber(context.allow)},${context.file}`;
    const days = `${context.first_seen ?? ''},${context.last_seen ?? ''},${context.expires ?? ''}`;
    // Texts of users come last, the length of the one before the other.
    const texts = note === undefined && file_name === undefined ? '' : textKey(note, file_name);
    return `${numbers},${days}${texts}`;
  }

  #allowNumber(allow: readonly Allow[]): number {
    if (allow.length === 0) return 0;
    const text = JSON.stringify(allow);
    const number = this.#allow.get(text) ?? this.#allow.size + 1;
    this.#allow.set(text, number);
    return number;
  }
}

function textKey(note: string | undefined, name: string | undefined): string {
  return `,${note?.length ?? ''},${note ?? ''}${name === undefined ? '' : `,${name}`}`;
}
