/** What the inputs say of an indicator otherwise than before. */

import type { Context } from '../indicators/context.ts';
import type { Collection } from '../indicators/set.ts';
import type { Edit } from './difference.ts';

/** Keys of contexts as the inputs spell them. The number of a file is none: it depends on what stands before it. */
const KEYS: Readonly<Partial<Record<keyof Context, string>>> = {
  status: 'status',
  confidence: 'confidence',
  severity: 'severity',
  tlp: 'tlp',
  match: 'match',
  expires: 'expires',
  first_seen: 'first_seen',
  last_seen: 'last_seen',
  reports: 'report',
  actors: 'actor',
  attack: 'attack',
  tags: 'tags',
  references: 'references',
  note: 'note',
  file_name: 'name',
  allow: 'allow',
};

/** Compares contexts of two builds; contexts are shared by indicators, so each pair is compared once. */
export class ContextEdits {
  readonly #pairs = new WeakMap<Context, WeakMap<Context, readonly Edit[]>>();
  readonly #reports: ReadonlyMap<string, readonly Edit[]>;
  readonly #actors: ReadonlyMap<string, readonly Edit[]>;

  constructor(before: Collection, after: Collection) {
    this.#reports = editsOfEach('report', before.reports, after.reports);
    this.#actors = editsOfEach('actor', before.actors, after.actors);
  }

  /** Of the indicator itself, then of the reports and actors that it names on both sides. */
  between(before: Context, after: Context): readonly Edit[] {
    const known = this.#pairs.get(before) ?? new WeakMap<Context, readonly Edit[]>();
    this.#pairs.set(before, known);
    const found = known.get(after) ?? this.#compare(before, after);
    known.set(after, found);
    return found;
  }

  #compare(before: Context, after: Context): Edit[] {
    const own = Object.entries(KEYS).flatMap(([key, name]) => {
      const [was, is] = [wordsOf(before[key as keyof Context]), wordsOf(after[key as keyof Context])];
      return was === is ? [] : [editOf(name, was, is)];
    });
    const named = [
      ...after.reports.flatMap((id) => this.#reports.get(id) ?? []),
      ...after.actors.flatMap((id) => this.#actors.get(id) ?? []),
    ];
    return [...own, ...named];
  }
}

/** Keys and values that differ, by key; what is not given on one side is absent there. */
export function editsBetween(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Edit[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => editOf(key, before.get(key), after.get(key)));
}

function editOf(key: string, before: string | undefined, after: string | undefined): Edit {
  return { key, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

/** What differs in the reports, or actors, that both sides define, by id. */
function editsOfEach(
  what: string,
  before: ReadonlyMap<string, object>,
  after: ReadonlyMap<string, object>,
): Map<string, Edit[]> {
  const edits = new Map<string, Edit[]>();
  for (const [id, is] of after) {
    const was = before.get(id);
    if (!was) continue;
    const found = editsBetween(fieldsOf(`${what} ${id}`, was), fieldsOf(`${what} ${id}`, is));
    if (found.length > 0) edits.set(id, found);
  }
  return edits;
}

function fieldsOf(prefix: string, thing: object): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [key, value] of Object.entries(thing)) {
    const words = wordsOf(value);
    if (words !== undefined && key !== 'id') fields.set(`${prefix} ${key}`, words);
  }
  return fields;
}

/** A value as one text; undefined for what is not given. */
function wordsOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return String(value);
  if (value.length === 0) return undefined;
  return value.map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one))).join(', ');
}
