/**
 * What records say beside their values has mostly been said before. Here the words of each key are checked once, and each
 * sequence of them becomes a context once: a record of known words costs a few look-ups and no schema.
 */

import { Column } from '../indicators/column.ts';
import { PairTable } from '../indicators/pair-table.ts';
import type { Sink } from './collector.ts';
import { LIST_KEYS } from './context-pool.ts';
import { contextShape } from './context-schema.ts';
import { ByteTable } from './feeds/byte-table.ts';
import { parseJson } from './feeds/json.ts';
import { rawText } from './plain.ts';
import { type ContextSource, KIND_KEYS, NUMBER_KEYS } from './schema.ts';
import { isEmpty, type MapEntry, type MapNode, type Node, type ScalarNode } from './yaml-tree.ts';

type ContextKey = keyof typeof contextShape;

const KEYS = Object.keys(contextShape) as ContextKey[];
const NUMBERS: ReadonlyMap<string, number> = new Map(KEYS.map((key, number) => [key, number]));
const MATCH = 1 << KEYS.indexOf('match');

/** So much is remembered before it is forgotten again: a feed may say something new in each record. */
const MOST_WORDS = 1 << 15;
const MOST_CHARACTERS = 1 << 21;
const MOST_STATES = 1 << 17;

/** In place of the number of a context. */
const [UNASKED, NONE] = [-1, -2];
/** A key of JSON without a value. */
const NULL = /^"(\w+)":null$/;

const resolve = rawText(NUMBER_KEYS);

/** What stands under a key, checked: there is nothing to tell of it. */
export interface Said {
  number: number;
  /** The number of the key. */
  key: number;
  /** As the schema gives it, or undefined where nothing is said. */
  value: unknown;
}

/** By key, and what stands under it. */
type Words = Map<string, Said>[];

/** The number of a context key, or -1. */
export function contextKey(name: string): number {
  return NUMBERS.get(name) ?? -1;
}

/** Remembers what was said above the same defaults. */
export class ContextMemo {
  readonly #sink: Sink;
  readonly #defaults: ContextSource;
  #words: Words = [];
  #texts: Words = [];
  #lists: Words = [];
  readonly #json = new ByteTable(MOST_WORDS, MOST_CHARACTERS);
  #said: Said[] = [];
  #characters = 0;
  /** A state is what a record has said so far: a state before, and what was said then. State 0 has said nothing. */
  readonly #next = new PairTable(MOST_STATES * 2);
  #before = states();
  #last = states();
  #keys = states();
  /** The number of the context of each state, where it has been asked for. */
  #contexts = contexts();

  constructor(sink: Sink, defaults: ContextSource) {
    this.#sink = sink;
    this.#defaults = sink.contexts.withOwnLists(defaults);
    this.#forget();
  }

  /** The state at the beginning of a record. Others hold until then. */
  begin(): number {
    const full =
      this.#said.length > MOST_WORDS ||
      this.#characters > MOST_CHARACTERS ||
      this.#contexts.size > MOST_STATES;
    if (full) this.#forget();
    return 0;
  }

  /** The state after something more is said, or -1 where its key has been said before. */
  follow(state: number, said: Said): number {
    const next = this.#next.get(state, said.number);
    return next >= 0 ? next : this.#add(state, said);
  }

  /**
   * The number of the context of a record that says no more. Undefined where it lacks something, or there is
   * something to tell.
   */
  contextAt(state: number): number | undefined {
    let context = this.#contexts.at(state);
    if (context === UNASKED) {
      context = this.#resolve(state) ?? NONE;
      this.#contexts.set(state, context);
    }
    return context === NONE ? undefined : context;
  }

  /** Whether `match` has been said. */
  saysMatch(state: number): boolean {
    return (this.#keys.at(state) & MATCH) !== 0;
  }

  /** What stands under a key without quotes. `null`: it has to be read in full. */
  word(key: number, text: string): Said | null {
    return this.#words[key]?.get(text) ?? this.#learn(this.#words, key, text, 'plain');
  }

  /** What stands under a key in quotes. */
  text(key: number, text: string): Said | null {
    return this.#texts[key]?.get(text) ?? this.#learn(this.#texts, key, text, 'double-quoted');
  }

  /** A key and what stands under it, as a stretch of JSON without blanks, in ASCII. */
  json(view: DataView, from: number, to: number): Said | null {
    const known = this.#json.find(view, from, to);
    return known >= 0 ? (this.#said[known] as Said) : this.#learnJson(view, from, to);
  }

  /**
   * The number of the context of a record, where all that it says is known by then and its kinds hold texts;
   * otherwise undefined: it has to be read in full.
   */
  contextOf({ entries }: MapNode): number | undefined {
    let state = this.begin();
    let kinds = 0;
    let domains = false;
    for (const { key, value } of entries) {
      if (KIND_KEYS.has(key.text)) {
        if (key.text === 'file' || !isValues(value)) return undefined;
        kinds += 1;
        if (key.text === 'domain') domains = true;
        continue;
      }
      const said = this.#saidBy(contextKey(key.text), value);
      state = said ? this.follow(state, said) : -1;
      if (state < 0) return undefined;
    }
    return kinds > 0 && (domains || !this.saysMatch(state)) ? this.contextAt(state) : undefined;
  }

  #saidBy(key: number, node: Node): Said | null {
    if (key < 0 || node.broken || node.type === 'map' || isEmpty(node)) return null;
    if (node.type === 'scalar')
      return node.style === 'plain' ? this.word(key, node.text) : this.text(key, node.text);
    return isValues(node) ? this.#list(key, node.items as ScalarNode[]) : null;
  }

  #list(key: number, items: readonly ScalarNode[]): Said | null {
    const written = items.map(writtenItem).join();
    const known = this.#lists[key]?.get(written);
    if (known) return known;
    const texts = items.map((item) => resolve({ ...item, text: ownCopy(item.text) }, KEYS[key] as string));
    return this.#remember(this.#lists, key, ownCopy(written), this.#check(key, texts));
  }

  #learn(maps: Words, key: number, shared: string, style: ScalarNode['style']): Said | null {
    const text = ownCopy(shared);
    const value = resolve({ type: 'scalar', text, style, start: 0, end: 0 }, KEYS[key] as string);
    return this.#remember(maps, key, text, this.#check(key, value));
  }

  #learnJson(view: DataView, from: number, to: number): Said | null {
    const said = this.#readJson(textOf(view, from, to));
    if (said) this.#json.add(view, from, to, said.number);
    return said;
  }

  #readJson(written: string): Said | null {
    const empty = NULL.exec(written)?.[1];
    const [entry] = empty === undefined ? entriesOf(`{${written}}`) : [];
    const key = contextKey(empty ?? entry?.key.text ?? '');
    if (key < 0) return null;
    return entry && !saysNothing(entry) ? this.#saidBy(key, entry.value) : this.#newSaid(key, undefined);
  }

  #remember(maps: Words, key: number, text: string, said: Said | null): Said | null {
    if (!said) return null;
    this.#characters += text.length;
    maps[key]?.set(text, said);
    return said;
  }

  /** What is said by a value, if there is nothing to tell of it. */
  #check(key: number, value: unknown): Said | null {
    const name = KEYS[key] as ContextKey;
    const checked = contextShape[name].safeParse(value);
    if (!checked.success) return null;
    const { definitions, contexts } = this.#sink;
    if (name === 'report' || name === 'actor') {
      const ids = [checked.data as string | string[]].flat();
      if (!ids.every((id) => definitions.has(name, id))) return null;
    }
    return this.#newSaid(key, contexts.withOwnLists({ [name]: checked.data })[name]);
  }

  #newSaid(key: number, value: unknown): Said {
    const said: Said = { number: this.#said.length, key, value };
    this.#said.push(said);
    return said;
  }

  #add(state: number, said: Said): number {
    const keys = this.#keys.at(state);
    const key = 1 << said.key;
    if ((keys & key) !== 0) return -1;
    const next = this.#contexts.size;
    this.#addState(state, said.number, keys | key);
    this.#next.add(state, said.number, next);
    return next;
  }

  #addState(before: number, said: number, keys: number): void {
    this.#before.push(before);
    this.#last.push(said);
    this.#keys.push(keys);
    this.#contexts.push(UNASKED);
  }

  #resolve(state: number): number | undefined {
    const source: Record<string, unknown> = {};
    for (let at = state; at > 0; at = this.#before.at(at)) {
      const { key, value } = this.#said[this.#last.at(at)] as Said;
      if (value !== undefined) source[KEYS[key] as ContextKey] = value;
    }
    const { first_seen, last_seen, expires } = source as ContextSource;
    const outOfOrder = (later: string | undefined) =>
      first_seen !== undefined && later !== undefined && first_seen > later;
    if (outOfOrder(last_seen) || outOfOrder(expires)) return undefined;
    return this.#sink.contexts.resolve(source, this.#defaults);
  }

  #forget(): void {
    const maps = () => KEYS.map(() => new Map<string, Said>());
    [this.#words, this.#texts, this.#lists] = [maps(), maps(), maps()];
    this.#json.clear();
    this.#said = [];
    this.#characters = 0;
    this.#next.clear();
    [this.#before, this.#last, this.#keys] = [states(), states(), states()];
    this.#contexts = contexts();
    this.#addState(0, 0, 0);
  }
}

function states(): Column<Uint32Array> {
  return new Column((size) => new Uint32Array(size));
}

function contexts(): Column<Int32Array> {
  return new Column((size) => new Int32Array(size));
}

/** Texts alone: one, or a list of at least one. */
function isValues(node: Node): boolean {
  if (node.broken) return false;
  if (node.type === 'seq') return node.items.length > 0 && node.items.every(isText);
  return isText(node);
}

function isText(node: Node): boolean {
  return node.type === 'scalar' && !node.broken && !isEmpty(node);
}

/** An item as JSON, marked where it does not stand in quotes. */
function writtenItem({ text, style }: ScalarNode): string {
  return style === 'plain' ? `~${JSON.stringify(text)}` : JSON.stringify(text);
}

/** The entries of a map in JSON; none where it is no JSON. */
function entriesOf(json: string): readonly MapEntry[] {
  try {
    const node = parseJson(json);
    return node.type === 'map' ? node.entries : [];
  } catch {
    return [];
  }
}

/** Whether an entry of JSON is an empty list of context: programs write it for what is not known. */
export function saysNothing({ key, value }: MapEntry): boolean {
  return value.type === 'seq' && value.items.length === 0 && LIST_KEYS.has(key.text);
}

const decoder = new TextDecoder();

function textOf(view: DataView, from: number, to: number): string {
  return decoder.decode(new Uint8Array(view.buffer, view.byteOffset + from, to - from));
}

/** A copy that does not keep the large text alive that it was cut from. */
function ownCopy(text: string): string {
  return ` ${text}`.slice(1);
}
