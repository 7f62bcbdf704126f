/** Runs compiled templates: pieces in order, one entry at a time, every value escaped for the target's language. */

import Handlebars from './handlebars-runtime.ts';
import { HELPERS } from './helpers/helpers.ts';
import type { Language } from './languages/language.ts';
import type { View } from './view.ts';

/** The helper that every `{{ }}` is wrapped in. */
export const ESCAPE_HELPER = '__escape';

/** Handlebars' compiled form of a piece: an object with functions. */
export type Code = TemplateSpecification;

/** A piece of a template, in the order of the text. `C` is `Code`, or its JavaScript source. */
export type Piece<C = Code> =
  | { type: 'text'; code: C }
  | { type: 'each'; pass: string; code: C; otherwise: readonly Piece<C>[] }
  | { type: 'if'; pass: string; body: readonly Piece<C>[]; otherwise: readonly Piece<C>[] };

/** All templates of a target, compiled. */
export interface CompiledTemplates<C = Code> {
  /** By file name: the templates that outputs name. */
  templates: Readonly<Record<string, readonly Piece<C>[]>>;
  /** By name without `.hbs`. */
  partials: Readonly<Record<string, C>>;
  /** By the text of `file:`: the paths of outputs that have one file a rule. */
  paths: Readonly<Record<string, C>>;
}

/** The entries of a pass: how many, and their texts, given the function that renders the view of the entry `at`. */
export interface PassSource {
  size: number;
  texts(render: RenderEntry): Iterable<string>;
}

export type RenderEntry = (view: View, at: number) => string;
type Render = (view: View, data?: Readonly<Record<string, unknown>>) => string;
type Environment = typeof Handlebars;

/** Renders the templates of one target. */
export class TemplateRunner {
  readonly #compiled: CompiledTemplates;
  readonly #environment: Environment;
  readonly #renders = new Map<Code, Render>();

  constructor(compiled: CompiledTemplates, language: Language) {
    this.#compiled = compiled;
    this.#environment = environmentFor(language);
    for (const [name, code] of Object.entries(compiled.partials)) {
      this.#environment.registerPartial(name, this.#environment.template(code));
    }
  }

  /** The text of an output, in pieces. */
  stream(template: string, view: View, passes: ReadonlyMap<string, PassSource>): Iterable<string> {
    return this.#pieces(this.#compiled.templates[template] ?? [], view, passes);
  }

  /** The text of an output that has one file a rule. */
  whole(template: string, view: View): string {
    return [...this.stream(template, view, new Map())].join('');
  }

  /** The path of an output that has one file a rule. */
  path(pattern: string, view: View): string {
    return this.#render(this.#compiled.paths[pattern] as Code)(view);
  }

  *#pieces(pieces: readonly Piece[], view: View, passes: ReadonlyMap<string, PassSource>): Generator<string> {
    for (const piece of pieces) {
      if (piece.type === 'text') {
        yield this.#render(piece.code)(view);
        continue;
      }
      const source = passes.get(piece.pass) as PassSource;
      if (piece.type === 'if')
        yield* this.#pieces(source.size > 0 ? piece.body : piece.otherwise, view, passes);
      else if (source.size === 0) yield* this.#pieces(piece.otherwise, view, passes);
      else yield* source.texts(this.#renderEntry(piece.code, source.size));
    }
  }

  /** The loop over a pass is ours, so `@index`, `@first` and `@last` are as well. */
  #renderEntry(code: Code, size: number): RenderEntry {
    const render = this.#render(code);
    return (view, at) => render(view, { index: at, first: at === 0, last: at === size - 1 });
  }

  #render(code: Code): Render {
    let render = this.#renders.get(code);
    if (!render) {
      const compiled = this.#environment.template(code);
      render = (view, data) => compiled(view, { data });
      this.#renders.set(code, render);
    }
    return render;
  }
}

/** Handlebars with our helpers and nothing that depends on another target. */
function environmentFor(language: Language): Environment {
  const environment = Handlebars.create();
  for (const [name, helper] of Object.entries(HELPERS)) {
    // Handlebars passes its options as one argument more.
    environment.registerHelper(name, (...args: unknown[]) => helper.run(...args.slice(0, -1)));
  }
  for (const [name, place] of Object.entries(language.places)) {
    environment.registerHelper(
      name,
      (value: unknown) => new Handlebars.SafeString(place.escape(textOf(value))),
    );
  }
  environment.registerHelper(ESCAPE_HELPER, (value: unknown) =>
    value instanceof Handlebars.SafeString ? value.toString() : language.text.escape(textOf(value)),
  );
  return environment;
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}
