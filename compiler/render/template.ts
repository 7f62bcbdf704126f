/** Runs compiled templates: pieces in order, one entry at a time, every value escaped for the target's language. */

import type { MemberViews } from './entry-view.ts';
import { HELPERS } from './helpers/helpers.ts';
import { isTrue } from './helpers/logic.ts';
import type { Escape, Language } from './languages/language.ts';
import type { View } from './view.ts';

/** What compiled templates call. */
export interface Runtime {
  /** Places too, for what stands in another call: there they give what is not escaped again. */
  helpers: Readonly<Record<string, (...args: unknown[]) => unknown>>;
  /** `{{place value}}`. */
  places: Readonly<Record<string, (value: unknown) => string>>;
  /** `{{value}}`. */
  text(value: unknown): string;
  /** `{{helper value}}`, which may hand on what a place has made. */
  escaped(value: unknown): string;
  /** `{{{value}}}`. */
  unescaped(value: unknown): string;
  /** A field of a thing; undefined for what it does not have. */
  field(thing: unknown, name: string): unknown;
  /** What `{{#if}}` asks: the empty text, 0 and the empty list are not. */
  isTrue(value: unknown): boolean;
  /** `{{#each}}` below the top: the texts of all items, or that of `{{else}}` for an empty list. */
  each(
    list: unknown,
    item: (value: unknown, index: number, size: number) => string,
    otherwise?: () => string,
  ): string;
  /** The same for the list of that name of a group, whose members need not be there at the same time. */
  members(
    group: unknown,
    name: string,
    item: (value: unknown, index: number, size: number) => string,
    otherwise?: () => string,
  ): string;
  /** What is to be kept, as one piece in memory. */
  flat(text: string): string;
  /** A text with holes, given the text with something in all of them: rendered once, and answers what it is with others. */
  holed(render: (hole: () => string) => string): (filling: string) => string;
}

/** Renders a thing: a view, or an entry and its place in the pass. */
export type Body =
  | { render(view: View, index?: number, size?: number): string; prepare?: undefined }
  /** Of rules with an identity: all but that is rendered at once, and the answer gives the text with the view's at the time. */
  | { prepare(view: View, index?: number, size?: number): () => string };

/** A piece of a template, in the order of the text. */
export type Piece =
  | ({ type: 'text' } & Body)
  | ({
      type: 'each';
      pass: string;
      /** Whether an entry's text depends on its place in the pass. */
      placed: boolean;
      /** Whether entries may name the serial of their file. */
      numbered: boolean;
      otherwise: readonly Piece[];
    } & Body)
  | { type: 'if'; pass: string; body: readonly Piece[]; otherwise: readonly Piece[] };

/** One template, compiled. */
export interface CompiledTemplate {
  pieces: readonly Piece[];
  /** How many fragments the views of its entries have: see `fragments.ts`. */
  fragments: number;
}

/** All templates of a target, compiled. */
export interface CompiledTemplates {
  /** By file name: the templates that outputs name. */
  templates: Readonly<Record<string, CompiledTemplate>>;
  /** By the text of `file:`: the paths of outputs that have several files. */
  paths: Readonly<Record<string, (view: View) => string>>;
}

/** Templates bound to what they call. */
export type TemplateFactory = (runtime: Runtime) => CompiledTemplates;

/** The entries of a pass: how many, and their texts, given what renders them. */
export interface PassSource {
  size: number;
  texts(renderer: EntryRenderer): Iterable<string>;
}

/** Renders the entries of a pass, given the view of each and its place there. */
export interface EntryRenderer {
  /** Whether an entry's text depends on its place. */
  placed: boolean;
  /** Whether entries may name the serial of their file. */
  numbered: boolean;
  render(view: View, at: number): string;
  /** For several identities, one after another: the answer gives the text with the one that the view has at the time. */
  prepare(view: View, at: number): () => string;
}

/** Renders the templates of one target. */
export class TemplateRunner {
  readonly #compiled: CompiledTemplates;

  constructor(factory: TemplateFactory, language: Language) {
    this.#compiled = factory(runtimeFor(language));
  }

  /** The text of an output, in pieces. */
  stream(template: string, view: View, passes: ReadonlyMap<string, PassSource>): Iterable<string> {
    return this.#pieces(this.#template(template), view, passes);
  }

  /** The text of an output that has one file a rule: a function that gives it with the identity of the view at the time. */
  whole(template: string, view: View): () => string {
    const texts = this.#template(template).map((piece) => prepared(piece as Body, view));
    return () => texts.map((text) => text()).join('');
  }

  /** The text of one entry of a pass, as if it were the only one. */
  entry(template: string, pass: string, view: View): string {
    const piece = eachOf(this.#template(template), pass);
    return piece ? prepared(piece, view, 0, 1)() : '';
  }

  /** How many fragments the views of entries have in a template. */
  fragments(template: string): number {
    return this.#compiled.templates[template]?.fragments ?? 0;
  }

  #template(name: string): readonly Piece[] {
    return this.#compiled.templates[name]?.pieces ?? [];
  }

  /** The path of a file of an output that has several. */
  path(pattern: string, view: View): string {
    return (this.#compiled.paths[pattern] as (view: View) => string)(view);
  }

  *#pieces(pieces: readonly Piece[], view: View, passes: ReadonlyMap<string, PassSource>): Generator<string> {
    for (const piece of pieces) {
      if (piece.type === 'text') {
        yield prepared(piece, view)();
        continue;
      }
      const source = passes.get(piece.pass) as PassSource;
      if (source.size === 0) yield* this.#pieces(piece.otherwise, view, passes);
      else if (piece.type === 'if') yield* this.#pieces(piece.body, view, passes);
      else yield* source.texts(rendererOf(piece, source.size));
    }
  }
}

function prepared(body: Body, view: View, index?: number, size?: number): () => string {
  return body.prepare ? body.prepare(view, index, size) : () => body.render(view, index, size);
}

function rendererOf(piece: Piece & { type: 'each' }, size: number): EntryRenderer {
  const { placed, numbered } = piece;
  return {
    placed,
    numbered,
    render: piece.prepare
      ? (view, at) => piece.prepare(view, at, size)()
      : (view, at) => piece.render(view, at, size),
    prepare: (view, at) => prepared(piece, view, at, size),
  };
}

/** The piece that renders the entries of a pass. */
function eachOf(pieces: readonly Piece[], pass: string): (Piece & { type: 'each' }) | undefined {
  for (const piece of pieces) {
    if (piece.type === 'text') continue;
    if (piece.type === 'each' && piece.pass === pass) return piece;
    const inner = eachOf([...(piece.type === 'if' ? piece.body : []), ...piece.otherwise], pass);
    if (inner) return inner;
  }
  return undefined;
}

/** What a place of the language made: written as it is. */
class Escaped {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

function runtimeFor(language: Language): Runtime {
  const helpers: Record<string, (...args: unknown[]) => unknown> = {};
  const places: Record<string, (value: unknown) => string> = {};
  for (const [name, helper] of Object.entries(HELPERS)) helpers[name] = helper.run;
  for (const [name, place] of Object.entries(language.places)) {
    const write = writerOf(place);
    places[name] = write;
    helpers[name] = (value) => new Escaped(write(value));
  }
  const text = writerOf(language.text);
  const escaped = (value: unknown) => (value instanceof Escaped ? value.text : text(value));
  return { helpers, places, text, escaped, unescaped: textOf, field, isTrue, each, members, flat, holed };
}

/** Writes values at a place. A rule says the same value several times, one after another: the last is remembered. */
function writerOf(place: Escape): (value: unknown) => string {
  const { plain } = place;
  let last: unknown;
  let written = '';
  return (value) => {
    if (value === last && value !== undefined) return written;
    const text = textOf(value);
    written = plain?.test(text) ? text : place.escape(text);
    last = value;
    return written;
  };
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

/** Names are checked against the vocabulary when a template is loaded; views inherit what they share. */
function field(thing: unknown, name: string): unknown {
  const value = (thing as Record<string, unknown> | null | undefined)?.[name];
  // What every object inherits is no field.
  return typeof value === 'function' || name === '__proto__' ? undefined : value;
}

const each: Runtime['each'] = (list, item, otherwise) => {
  if (!Array.isArray(list) || list.length === 0) return otherwise ? otherwise() : '';
  let text = '';
  for (let index = 0; index < list.length; index++) text += item(list[index], index, list.length);
  return text;
};

const members: Runtime['members'] = (group, name, item, otherwise) => {
  const { $members } = group as { $members?: (name: string) => MemberViews };
  if (!$members) return each(field(group, name), item, otherwise);
  const list = $members(name);
  if (list.size === 0) return otherwise ? otherwise() : '';
  let text = '';
  for (let index = 0; index < list.size; index++) text += item(list.at(index), index, list.size);
  return text;
};

/** Engines keep what was joined as a tree of its parts until someone looks at a character. */
function flat(text: string): string {
  // The answer is used, so that the question is asked: the empty text has no first character.
  return text.charCodeAt(0) >= 0 ? text : '';
}

/** What no language writes as it is. */
const HOLE = '\0';

const holed: Runtime['holed'] = (render) => {
  let holes = 0;
  const parts = render(() => {
    holes += 1;
    return HOLE;
  }).split(HOLE);
  if (parts.length === holes + 1) return (filling) => parts.join(filling);
  // A language of a project's own may write it all the same.
  return (filling) => render(() => filling);
};
