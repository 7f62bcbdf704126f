/**
 * What targets ask of values: a URL's scheme, a hash's algorithm. Values that answer alike are alike for every target, so
 * each value is looked at once, and a target once at each sort of values.
 */

import { KINDS, type Kind } from '../indicators/kind.ts';
import { KIND_MODULES } from '../indicators/kinds.ts';
import { NarrowColumn } from '../indicators/narrow-column.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { TargetDefinition } from '../targets/definition.ts';
import { allInOrder } from './order.ts';

/** A sort of values. Of a field only what a target names is told; any other answer is absent. */
export interface Trait {
  kind: Kind;
  fields: Readonly<Record<string, unknown>>;
}

/** The sort of every indicator of a set. */
export interface Traits {
  /** By index: a place in `sorts`. */
  of: NarrowColumn;
  sorts: readonly Trait[];
}

/** The one field that the context answers, and not the value. */
const SUBDOMAINS = 'subdomains';

/** The answers that targets name, by kind and field. */
type Questions = ReadonlyMap<Kind, ReadonlyMap<string, ReadonlySet<unknown>>>;

/** The traits that these targets ask for. */
export function traitsOf(set: IndicatorSet, definitions: Iterable<TargetDefinition>): Traits {
  const questions = questionsOf(definitions);
  const sorts: Trait[] = [];
  const askers = KINDS.map((kind) => new Asker(kind, questions.get(kind) ?? new Map(), sorts));
  const of = new NarrowColumn(set.size);
  for (const index of allInOrder(set))
    of.set(index, (askers[set.kindCode(index)] as Asker).sortOf(set, index));
  return { of, sorts };
}

/** Asks the values of one kind. */
class Asker {
  readonly #kind: Kind;
  readonly #names: readonly string[];
  /** For each field the answers that a target names, each with its number from 1; 0 stands for any other. */
  readonly #answers: readonly ReadonlyMap<unknown, number>[];
  readonly #describes: boolean;
  readonly #sorts: Trait[];
  /** Places in `#sorts` by the numbers of all answers as one. */
  readonly #known = new Map<number, number>();

  constructor(kind: Kind, asked: ReadonlyMap<string, ReadonlySet<unknown>>, sorts: Trait[]) {
    this.#kind = kind;
    this.#names = [...asked.keys()];
    this.#answers = Array.from(
      asked.values(),
      (named) => new Map(Array.from(named, (one, at) => [one, at + 1])),
    );
    this.#describes = this.#names.some((name) => name !== SUBDOMAINS);
    this.#sorts = sorts;
  }

  sortOf(set: IndicatorSet, index: number): number {
    const own = this.#describes ? KIND_MODULES[this.#kind].describe(set.value(index)) : undefined;
    let key = 0;
    for (let at = 0; at < this.#names.length; at++) {
      const answers = this.#answers[at] as ReadonlyMap<unknown, number>;
      const name = this.#names[at] as string;
      const answer = name === SUBDOMAINS ? set.context(index).match === 'suffix' : own?.[name];
      key = key * (answers.size + 1) + (answers.get(answer) ?? 0);
    }
    return this.#known.get(key) ?? this.#add(key);
  }

  #add(key: number): number {
    const fields: Record<string, unknown> = {};
    let rest = key;
    for (let at = this.#names.length - 1; at >= 0; at--) {
      const answers = [undefined, ...(this.#answers[at] as ReadonlyMap<unknown, number>).keys()];
      fields[this.#names[at] as string] = answers[rest % answers.length];
      rest = Math.floor(rest / answers.length);
    }
    this.#known.set(key, this.#sorts.length);
    return this.#sorts.push({ kind: this.#kind, fields }) - 1;
  }
}

function questionsOf(definitions: Iterable<TargetDefinition>): Questions {
  const questions = new Map<Kind, Map<string, Set<unknown>>>();
  for (const { outputs } of definitions)
    for (const { passes } of outputs)
      for (const { takes } of passes)
        for (const [kind, { where = {} }] of takes)
          for (const [name, named] of Object.entries(where)) {
            const ofKind = questions.get(kind) ?? new Map<string, Set<unknown>>();
            questions.set(kind, ofKind);
            const answers = ofKind.get(name) ?? new Set<unknown>();
            ofKind.set(name, answers);
            for (const one of named) answers.add(one);
          }
  return questions;
}
