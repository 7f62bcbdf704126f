/**
 * What targets ask of values: a URL's scheme, a hash's algorithm. Values that answer alike are alike for every target, so
 * each value is looked at once, and a target once at each sort of values.
 */

import { KINDS, type Kind } from '../indicators/kind.ts';
import { KIND_MODULES } from '../indicators/kinds.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { TargetDefinition } from '../targets/definition.ts';

/** A sort of values. Of a field only what a target names is told; any other answer is absent. */
export interface Trait {
  kind: Kind;
  fields: Readonly<Record<string, unknown>>;
}

/** The sort of every indicator of a set. */
export interface Traits {
  /** By index: a place in `sorts`. */
  of: Uint32Array;
  sorts: readonly Trait[];
}

/** The answers that targets name, by kind and field. */
type Questions = ReadonlyMap<Kind, ReadonlyMap<string, ReadonlySet<unknown>>>;

/** The traits that these targets ask for. */
export function traitsOf(set: IndicatorSet, definitions: Iterable<TargetDefinition>): Traits {
  const questions = questionsOf(definitions);
  const sorts: Trait[] = [];
  const ids = new Map<string, number>();
  const asked = KINDS.map((kind) => questions.get(kind));
  const of = new Uint32Array(set.size);
  for (let index = 0; index < set.size; index++) {
    const fields = answers(set, index, asked[set.kindCode(index)]);
    const key = `${set.kindCode(index)} ${Object.values(fields).join('\t')}`;
    let id = ids.get(key);
    if (id === undefined) {
      id = sorts.length;
      ids.set(key, id);
      sorts.push({ kind: set.kind(index), fields });
    }
    of[index] = id;
  }
  return { of, sorts };
}

/** Always the same fields in the same order for a kind. */
function answers(
  set: IndicatorSet,
  index: number,
  asked: ReadonlyMap<string, ReadonlySet<unknown>> | undefined,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  if (!asked) return fields;
  const own = asked.size > 1 || !asked.has('subdomains') ? describe(set, index) : undefined;
  for (const [name, named] of asked) {
    const answer = name === 'subdomains' ? set.context(index).match === 'suffix' : own?.[name];
    fields[name] = named.has(answer) ? answer : undefined;
  }
  return fields;
}

function describe(set: IndicatorSet, index: number): Readonly<Record<string, unknown>> {
  return KIND_MODULES[set.kind(index)].describe(set.value(index));
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
