/** Contexts, each once: equal ones have one number, so that a million indicators share those that are said. */

import { type Allow, type Context, SEVERITIES, STATUSES, TLPS } from '../indicators/context.ts';
import { PairTable } from '../indicators/pair-table.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import { mergeContexts, resolveContext } from './contexts.ts';
import { ListPool } from './list-pool.ts';
import type { ContextSource } from './schema.ts';

/** The keys that hold words, or one of them. */
const WORD_KEYS = ['report', 'actor', 'attack', 'tags', 'references'] as const;

/** The keys that hold one or a list. */
export const LIST_KEYS: ReadonlySet<string> = new Set([...WORD_KEYS, 'allow']);

/** Finds the number of a context among those of a set of indicators, where equal ones have one number. */
export class ContextPool {
  readonly #set: IndicatorSet;
  readonly #lists = new ListPool();
  /** Texts of contexts by number. */
  readonly #texts = new Map<string, number>();
  /** From what is said of a context, key by key, to the node that stands for it. */
  readonly #steps = new PairTable();
  #nodes = 0;
  /** The number of the context at a node that is the last of one. */
  readonly #numbers = new Map<number, number>();
  /** The last two that were merged, and what they gave: feeds overlap in very many indicators of few contexts. */
  #last = { first: -1, second: -1, merged: -1 };

  constructor(set: IndicatorSet) {
    this.#set = set;
  }

  /** The context of a number. */
  at(number: number): Context {
    return this.#set.contextTable[number] as Context;
  }

  /** The number of a context. */
  intern(context: Context): number {
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

  /** The number of what a record and the defaults below it give, or `undefined` where a needed key is in neither. */
  resolve(record: ContextSource, defaults: ContextSource): number | undefined {
    const resolved = resolveContext(record, defaults, this.#lists);
    return resolved && this.#intern(resolved);
  }

  /** The number of the context of an indicator that is listed with both. */
  merge(first: number, second: number): number {
    if (first === second) return first;
    if (this.#last.first === first && this.#last.second === second) return this.#last.merged;
    const merged = this.#intern(mergeContexts(this.at(first), this.at(second), this.#lists));
    this.#last = { first, second, merged };
    return merged;
  }

  /** The lists of the context are of the pool. */
  #intern(context: Context): number {
    const lists = this.#lists;
    const { status, severity, tlp, match, confidence } = context;
    const words = 8 * (8 * STATUSES.indexOf(status) + SEVERITIES.indexOf(severity)) + TLPS.indexOf(tlp);
    // What differs least between contexts comes first, so that most of the way is known.
    let node = this.#step(0, context.file + 1);
    node = this.#step(node, this.#allowNumber(context.allow));
    node = this.#step(node, lists.numberOf(context.references));
    node = this.#step(node, lists.numberOf(context.reports));
    node = this.#step(node, lists.numberOf(context.actors));
    node = this.#step(node, lists.numberOf(context.attack));
    node = this.#step(node, this.#textNumber(context.file_name));
    node = this.#step(node, this.#textNumber(context.first_seen));
    node = this.#step(node, this.#textNumber(context.expires));
    node = this.#step(node, 256 * words + 2 * confidence + (match === 'exact' ? 1 : 0));
    node = this.#step(node, lists.numberOf(context.tags));
    node = this.#step(node, this.#textNumber(context.last_seen));
    node = this.#step(node, this.#textNumber(context.note));
    const known = this.#numbers.get(node);
    if (known !== undefined) return known;
    const number = this.#set.addContext(context);
    this.#numbers.set(node, number);
    return number;
  }

  /** The number of what is said after something else is: the same for the same two. */
  #step(before: number, said: number): number {
    const known = this.#steps.get(before, said);
    if (known >= 0) return known;
    this.#nodes += 1;
    this.#steps.add(before, said, this.#nodes);
    return this.#nodes;
  }

  #textNumber(text: string | undefined): number {
    if (text === undefined) return 0;
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const number = this.#texts.size + 1;
    this.#texts.set(text, number);
    return number;
  }

  #allowNumber(allow: readonly Allow[]): number {
    return allow.length === 0 ? 0 : this.#textNumber(JSON.stringify(allow));
  }
}
